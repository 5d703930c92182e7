//! Tells German from English by function words and umlauts.
//!
//! Clinical text is full of Latin, brand names and numbers that say nothing about the language, so only words that belong to one of the two
//! are counted. Words that both languages have ("in", "an", "am", "die", "was", "so") are left out or weigh little.

use befund_core::Language;

use crate::chars::{is_word_byte, lower};

/// Reading stops when one language leads by this many words: the rest of the document would hardly change the answer.
const ENOUGH: u32 = 48;
/// No more than this is read: a document without a single function word is not worth more.
const MOST_BYTES: usize = 1 << 20;

/// The language of a document; `Unknown` where fewer than two words speak, or both sides speak alike.
pub(crate) fn detect(text: &str) -> Language {
    let bytes = text.as_bytes();
    let end = bytes.len().min(MOST_BYTES);
    let (mut german, mut english, mut at) = (0u32, 0u32, 0usize);
    let mut buffer = [0u8; 24];
    while at < end && german.abs_diff(english) < ENOUGH {
        if !is_word_byte(bytes[at]) {
            at += 1;
            continue;
        }
        let begin = at;
        let mut umlaut = false;
        while at < end && is_word_byte(bytes[at]) {
            umlaut |= is_umlaut(bytes, at);
            at += 1;
        }
        german += u32::from(umlaut);
        let word = &bytes[begin..at];
        if word.len() < 2 || word.len() > 12 {
            continue;
        }
        if let Some(word) = lower(word, &mut buffer) {
            german += u32::from(is_german(word));
            english += u32::from(is_english(word));
        }
    }
    match (german, english) {
        (g, e) if g + e < 2 || g == e => Language::Unknown,
        (g, e) if g > e => Language::De,
        _ => Language::En,
    }
}

/// Whether a document is typed without capitals: fewer than one letter in two hundred, of at least forty, at its beginning.
pub(crate) fn is_in_small_letters(text: &str) -> bool {
    let head = &text.as_bytes()[..text.len().min(4096)];
    let count = |is: fn(&u8) -> bool| head.iter().filter(|byte| is(byte)).count();
    let (capitals, small) = (count(u8::is_ascii_uppercase), count(u8::is_ascii_lowercase));
    small >= 40 && 200 * capitals < small
}

/// Ä, ä, Ö, ö, Ü, ü, ß.
fn is_umlaut(bytes: &[u8], at: usize) -> bool {
    bytes[at] == 0xc3 && matches!(bytes.get(at + 1), Some(0x84 | 0xa4 | 0x96 | 0xb6 | 0x9c | 0xbc | 0x9f))
}

fn is_german(word: &[u8]) -> bool {
    match word.len() {
        2 => matches!(word, b"im" | b"zu" | b"ab" | b"er" | b"es" | b"um" | b"wo" | b"ob"),
        3 => matches!(
            word,
            b"der"
                | b"das"
                | b"den"
                | b"dem"
                | b"des"
                | b"und"
                | b"mit"
                | b"von"
                | b"vom"
                | b"zur"
                | b"zum"
                | b"bei"
                | b"ist"
                | b"ein"
                | b"auf"
                | b"aus"
                | b"als"
                | b"wir"
                | b"sie"
                | b"tgl"
                | b"ggf"
                | b"bzw"
                | b"pro"
        ),
        4 => matches!(
            word,
            b"eine" | b"nach" | b"kein" | b"wird" | b"sich" | b"auch" | b"oder" | b"sind" | b"dass" | b"beim" | b"ohne"
        ),
        5 => matches!(
            word,
            b"einer" | b"einem" | b"einen" | b"keine" | b"nicht" | b"wurde" | b"durch" | b"unter" | b"sowie" | b"links"
        ),
        6 => {
            matches!(word, b"rechts" | b"keinen" | b"wurden" | b"werden" | b"wegen" | b"befund" | b"bedarf" | b"anhalt")
        }
        _ => matches!(word, b"diagnose" | b"diagnosen" | b"zustand" | b"verlauf" | b"patientin" | b"anamnese"),
    }
}

fn is_english(word: &[u8]) -> bool {
    match word.len() {
        2 => matches!(
            word,
            b"of" | b"is" | b"to" | b"no" | b"or" | b"by" | b"he" | b"on" | b"at" | b"it" | b"as" | b"be"
        ),
        3 => matches!(
            word,
            b"the" | b"and" | b"for" | b"are" | b"not" | b"was" | b"has" | b"had" | b"she" | b"his" | b"her" | b"who"
        ),
        4 => matches!(
            word,
            b"with" | b"were" | b"from" | b"this" | b"that" | b"have" | b"been" | b"left" | b"into" | b"than"
        ),
        5 => matches!(word, b"right" | b"which" | b"there" | b"daily" | b"after" | b"lymph" | b"tumor"),
        7 => matches!(word, b"without" | b"history" | b"margins" | b"patient" | b"reports"),
        _ => matches!(word, b"specimen" | b"received" | b"diagnosis" | b"denies" | b"tablet" | b"carcinoma"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn function_words_tell_the_language() {
        assert_eq!(detect("Der Patient wurde mit Verdacht auf Pneumonie aufgenommen."), Language::De);
        assert_eq!(detect("The specimen is received in formalin and labeled with the name."), Language::En);
        assert_eq!(detect("Übelkeit, Müdigkeit"), Language::De);
    }

    #[test]
    fn too_little_text_is_unknown() {
        for text in ["", "ASS 100 mg 1-0-1", "pT2 pN0 M0", "\0\0\0"] {
            assert_eq!(detect(text), Language::Unknown, "{text:?}");
        }
    }

    #[test]
    fn a_german_letter_with_latin_and_english_names_is_german() {
        let text = "Z. n. Roux-en-Y Gastric Bypass (Mount Sinai School of Medicine). Die Patientin kam zur Kontrolle, kein Anhalt für Rezidiv.";
        assert_eq!(detect(text), Language::De);
    }
}
