//! Small looks at bytes and characters that the scanners share. Scanning goes byte by byte; a character is decoded only where case or
//! white space outside ASCII matters.

/// The character that begins at `at`.
pub(crate) fn char_at(text: &str, at: usize) -> Option<char> {
    text.get(at..).and_then(|rest| rest.chars().next())
}

/// Whether the byte is white space that `str::trim` removes as well.
pub(crate) fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0b | 0x0c)
}

/// The first byte at or after `at` that is not white space, at most `end`.
pub(crate) fn skip_blanks(text: &str, mut at: usize, end: usize) -> usize {
    let bytes = text.as_bytes();
    while at < end {
        if is_blank(bytes[at]) {
            at += 1;
        } else if bytes[at] < 0x80 {
            break;
        } else {
            match char_at(text, at) {
                Some(c) if c.is_whitespace() => at += c.len_utf8(),
                _ => break,
            }
        }
    }
    at
}

/// Whether the character begins a word as a sentence's first word does.
pub(crate) fn is_upper(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_uppercase() } else { c.is_uppercase() }
}

/// Whether the character is a lower-case letter.
pub(crate) fn is_lower(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_lowercase() } else { c.is_lowercase() }
}

/// Bytes that belong to a word: ASCII letters and everything outside ASCII (umlauts and the like).
pub(crate) fn is_word_byte(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte >= 0x80
}

/// End of the word that begins at `at`.
pub(crate) fn word_end(bytes: &[u8], mut at: usize, end: usize) -> usize {
    while at < end && is_word_byte(bytes[at]) {
        at += 1;
    }
    at
}

/// Lower-cases a short word into `buffer` (ASCII, and Ä Ö Ü); `None` where it does not fit.
pub(crate) fn lower<'a>(word: &[u8], buffer: &'a mut [u8; 24]) -> Option<&'a [u8]> {
    let out = buffer.get_mut(..word.len())?;
    for (to, from) in out.iter_mut().zip(word) {
        *to = from.to_ascii_lowercase();
    }
    // Ä, Ö, Ü are C3 84, C3 96, C3 9C; their lower case is 0x20 above.
    for at in 1..out.len() {
        if out[at - 1] == 0xc3 && matches!(out[at], 0x84 | 0x96 | 0x9c) {
            out[at] += 0x20;
        }
    }
    Some(out)
}
