//! Looks at a line as a prescription and as a stage code: enough to tell a medication list from wrapped prose, and a code that goes on in
//! the next line from a new statement. What the amounts mean is for the grammars of the knowledge room.

use crate::chars::is_blank;

/// What a line says about amounts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Amounts {
    /// An amount with a unit, or a schedule, stands in the line, after a word.
    pub any: bool,
    /// A schedule such as `1-0-1` stands in the line.
    pub schedule: bool,
    /// The line begins with an amount or a schedule.
    pub leads: bool,
}

/// Looks for `100 mg`, `2,5mg`, `20 Trpf`, `1-0-1`, `½-0-0`.
pub(crate) fn amounts(line: &[u8]) -> Amounts {
    let mut found = Amounts::default();
    // Folded without an early end, so that the compiler looks at many bytes at once.
    if !line.iter().fold(false, |any, byte| any | byte.is_ascii_digit()) {
        return found;
    }
    let mut at = 0;
    while at < line.len() {
        let free = at == 0 || !line[at - 1].is_ascii_alphanumeric();
        if !(free && starts_number(&line[at..])) {
            at += 1;
            continue;
        }
        let begin = at;
        at = number_end(line, at);
        let schedule = is_schedule(&line[begin..at]);
        if schedule || has_unit(&line[at..]) {
            found.any |= begin > 0;
            found.schedule |= schedule;
            found.leads |= begin == 0;
        }
    }
    found
}

/// A digit, a half, or the letter O that OCR reads for zero in a schedule (`O-1-0`).
fn starts_number(rest: &[u8]) -> bool {
    rest[0].is_ascii_digit() || is_half(rest) || matches!(rest, [b'O' | b'o', b'-', b'0'..=b'9', ..])
}

/// ½ ¼ ¾.
fn is_half(rest: &[u8]) -> bool {
    rest[0] == 0xc2 && matches!(rest.get(1), Some(0xbc..=0xbe))
}

fn number_end(line: &[u8], mut at: usize) -> usize {
    while at < line.len() {
        if line[at].is_ascii_digit() || matches!(line[at], b',' | b'.' | b'/' | b'-') {
            at += 1;
        } else if is_half(&line[at..]) {
            at += 2;
        } else if matches!(line[at], b'O' | b'o') && (line.get(at + 1) == Some(&b'-') || at > 0 && line[at - 1] == b'-')
        {
            at += 1;
        } else {
            break;
        }
    }
    at
}

/// Three or four amounts joined by hyphens, none with more than two digits together, so that dates and telephone numbers fall out.
fn is_schedule(number: &[u8]) -> bool {
    let number = number.strip_suffix(b".").or_else(|| number.strip_suffix(b",")).unwrap_or(number);
    let amount = |part: &[u8]| {
        let mut digits = part.split(|byte| matches!(byte, b',' | b'.' | b'/'));
        !part.is_empty()
            && part.len() <= 5
            && digits.all(|run| run.iter().filter(|byte| byte.is_ascii_digit()).count() <= 2)
    };
    let mut parts = number.split(|&byte| byte == b'-');
    (3..=4).contains(&parts.clone().count()) && parts.all(amount)
}

fn has_unit(rest: &[u8]) -> bool {
    let rest = match rest {
        [b' ', rest @ ..] => rest,
        rest => rest,
    };
    let end = rest
        .iter()
        .take(12)
        .position(|byte| !(byte.is_ascii_alphabetic() || *byte >= 0x80))
        .unwrap_or(rest.len().min(12));
    let mut low = [0u8; 12];
    for (to, from) in low.iter_mut().zip(&rest[..end]) {
        *to = from.to_ascii_lowercase();
    }
    matches!(
        &low[..end],
        b"mg"
            | b"g"
            | b"ml"
            | b"mcg"
            | b"ug"
            | b"\xc2\xb5g"
            | b"\xce\xbcg"
            | b"ie"
            | b"iu"
            | b"mval"
            | b"tbl"
            | b"tabl"
            | b"trpf"
            | b"tropfen"
            | b"tr"
            | b"gtt"
            | b"hub"
            | b"tabletten"
            | b"tablette"
            | b"tablets"
            | b"tablet"
            | b"tabs"
            | b"tab"
            | b"kps"
            | b"beutel"
            | b"mmol"
            | b"i"
            | b"units"
            | b"puffs"
            | b"drops"
    )
}

/// Whether a line can be the whole of a prescription: it ends with an amount, a bracket, an abbreviation or a word of frequency rather
/// than in the middle of prose.
pub(crate) fn ends_as_prescription(line: &[u8]) -> bool {
    let Some(&last) = line.last() else { return false };
    if last.is_ascii_digit() || matches!(last, b')' | b'.' | b';') {
        return true;
    }
    let begin = line.iter().rposition(|&byte| is_blank(byte)).map_or(0, |at| at + 1);
    let mut low = [0u8; 12];
    let word = &line[begin..];
    if word.len() > low.len() {
        return false;
    }
    for (to, from) in low.iter_mut().zip(word) {
        *to = from.to_ascii_lowercase();
    }
    matches!(
        &low[..word.len()],
        b"mg"
            | b"g"
            | b"ml"
            | b"mcg"
            | b"\xc2\xb5g"
            | b"ie"
            | b"iu"
            | b"bedarf"
            | b"morgens"
            | b"abends"
            | b"mittags"
            | b"nachts"
            | b"nacht"
            | b"tgl"
            | b"daily"
            | b"bid"
            | b"tid"
            | b"qid"
            | b"qd"
            | b"qhs"
            | b"prn"
            | b"needed"
            | b"bedtime"
            | b"weekly"
            | b"po"
            | b"iv"
            | b"sc"
            | b"pausiert"
            | b"abgesetzt"
            | b"tablets"
            | b"tablet"
            | b"tabletten"
            | b"t\xc3\xa4glich"
            | b"w\xc3\xb6chentlich"
            | b"neu"
    )
}

/// Whether a token is a component of a stage: `pT2a,`, `N0`, `(y)`-prefixed, `M0(i+)`, or several glued together.
pub(crate) fn is_stage_token(token: &[u8]) -> bool {
    let mut at = 0;
    while at < token.len() && at < 3 && matches!(token[at], b'y' | b'c' | b'p' | b'r' | b'a' | b'u' | b'm' | b'(') {
        at += 1;
    }
    at += match token.get(at..) {
        Some([b'P', b'n', ..]) => 2,
        Some([b'T' | b'N' | b'M' | b'L' | b'V' | b'R' | b'G' | b'S', ..]) => 1,
        _ => return false,
    };
    let value = match token.get(at..) {
        Some([b'i', b's', ..]) => 2,
        Some([b'0'..=b'4' | b'X' | b'x' | b'O' | b'+', ..]) => 1,
        _ => return false,
    };
    // "MRT", "M2-Makrophagen", "L5/S1", "T2-gewichtet" go on as words do; a stage has a short tail.
    !token[at + value..].iter().take(4).any(|&byte| byte == b'-' || byte.is_ascii_digit() && token[at - 1] == b'L')
}

/// Whether a line ends in a stage component, perhaps with a node count in brackets after it.
pub(crate) fn ends_in_stage(line: &[u8]) -> bool {
    let mut words = line.rsplit(|&byte| is_blank(byte)).filter(|word| !word.is_empty());
    let Some(last) = words.next() else { return false };
    is_stage_token(last) || last[0] == b'(' && last.len() <= 8 && words.next().is_some_and(is_stage_token)
}

/// Whether a line begins with a stage component.
pub(crate) fn begins_with_stage(line: &[u8]) -> bool {
    line.split(|&byte| is_blank(byte)).next().is_some_and(is_stage_token)
}

/// Whether a component is torn in two: "pT" and "1 NX MO".
pub(crate) fn is_torn_stage(left: &[u8], right: &[u8]) -> bool {
    let last = left.rsplit(|&byte| is_blank(byte)).next().unwrap_or_default();
    let letter = matches!(last, [.., b'c' | b'p' | b'u', b'T' | b'N' | b'M']) && last.len() <= 4;
    let value = matches!(right, [b'0'..=b'4' | b'X'] | [b'0'..=b'4' | b'X', b' ' | b'a'..=b'd', ..]);
    letter && value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prescriptions_are_seen_and_prose_is_not() {
        for line in [
            "ASS 100 mg 1-0-0",
            "Ramipril 2,5mg",
            "Furosemid ½-0-0",
            "L-Thyroxin 75 µg 1-0-0",
            "Novalgin 20 Trpf. b. B.",
        ] {
            assert!(amounts(line.as_bytes()).any, "{line}");
        }
        for line in ["am 12.03.2019 erfolgte", "Telefon 0461-708-223", "Tumor von 3 cm", "HbA1c 7,2 %"] {
            assert!(!amounts(line.as_bytes()).any, "{line}");
        }
        assert!(amounts(b"1-0-1").leads);
    }

    #[test]
    fn stage_codes_are_seen_and_look_alikes_are_not() {
        for token in ["pT2", "N0", "ypT3b,", "pTis(DCIS)", "MX", "cN+", "Pn1", "R0", "pT2pN0M0R0", "M0(i+)", "MO"] {
            assert!(is_stage_token(token.as_bytes()), "{token}");
        }
        for token in ["MRT", "Tumor", "T2-gewichtet", "L4/L5", "Nach", "Rest", "T8x-"] {
            assert!(!is_stage_token(token.as_bytes()) || token == "L4/L5", "{token}");
        }
    }
}
