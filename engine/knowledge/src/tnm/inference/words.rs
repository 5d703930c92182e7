//! What the linear model sees of a report: its words and pairs of words, sizes in classes, no stage codes.
//!
//! A figure beside letters (pT2, 3b, A1), Roman numerals and single letters are left out, so that a description is judged and not a code.
//! A number before cm or mm is the class of a size; of the sizes near a word for a tumour the largest is told once more, as every border
//! below and above it. `scripts/train/stage_inference.py` reads alike, and a test compares.

use std::borrow::Cow;

/// A feature of a text before hashing.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Word<'t> {
    /// Byte of the text.
    pub at: u32,
    /// In small letters.
    pub text: Cow<'t, str>,
}

/// The words of a text in order, and what is said of the largest size.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Words<'t> {
    pub words: Vec<Word<'t>>,
    pub sizes: Vec<Word<'t>>,
}

/// Borders of the classes of sizes, in cm.
const SIZES_CM: [f64; 14] = [0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 10.0, 12.0, 15.0];
const TUMOUR: [&str; 7] = ["tumor", "tumour", "lesion", "carcinoma", "neoplasm", "mass", "nodule"];
/// Pieces between a word for a tumour and its size.
const REACH: usize = 14;
/// Larger ones are specimens.
const LARGEST_CM: f64 = 30.0;

/// A run of letters or a number.
struct Piece<'t> {
    start: usize,
    end: usize,
    text: Cow<'t, str>,
    is_number: bool,
}

fn pieces(text: &str) -> Vec<Piece<'_>> {
    let bytes = text.as_bytes();
    let run = |from: usize, of: fn(&u8) -> bool| from + bytes[from..].iter().take_while(|byte| of(byte)).count();
    let mut found = Vec::new();
    let mut start = 0;
    while start < bytes.len() {
        let is_number = bytes[start].is_ascii_digit();
        if !is_number && !bytes[start].is_ascii_alphabetic() {
            start += 1;
            continue;
        }
        let mut end = run(start, if is_number { u8::is_ascii_digit } else { u8::is_ascii_alphabetic });
        if is_number
            && matches!(bytes.get(end), Some(b'.' | b','))
            && bytes.get(end + 1).is_some_and(u8::is_ascii_digit)
        {
            end = run(end + 1, u8::is_ascii_digit);
        }
        let piece = &text[start..end];
        let has_capitals = piece.bytes().any(|byte| byte.is_ascii_uppercase());
        let text = if has_capitals { Cow::Owned(piece.to_ascii_lowercase()) } else { Cow::Borrowed(piece) };
        found.push(Piece { start, end, text, is_number });
        start = end;
    }
    found
}

/// Reads a text.
pub(super) fn words(text: &str) -> Words<'_> {
    let pieces = pieces(text);
    let mut found = Words::default();
    let mut largest = (0.0, 0_u32);
    let mut tumour: Option<usize> = None;
    let mut skip = false;
    for (i, piece) in pieces.iter().enumerate() {
        let before = i.checked_sub(1).map(|i| &pieces[i]);
        let glued = before.is_some_and(|before| is_code_with(before, piece))
            || pieces.get(i + 1).is_some_and(|after| is_code_with(piece, after));
        let at = piece.start as u32;
        if !piece.is_number {
            let code = is_code(&piece.text);
            skip = !glued && code && &*piece.text != "cm" && piece.text.ends_with(['t', 'n', 'm']);
            if !glued && !code {
                if TUMOUR.iter().any(|word| piece.text.starts_with(word)) {
                    tumour = Some(i);
                }
                found.words.push(Word { at, text: piece.text.clone() });
            }
            continue;
        }
        if std::mem::take(&mut skip) || glued {
            continue;
        }
        let value: f64 = piece.text.replace(',', ".").parse().unwrap_or(f64::INFINITY);
        let text = match parts_of_a_cm(&pieces[i + 1..pieces.len().min(i + 7)]) {
            Some(parts) => {
                let cm = value / parts;
                if tumour.is_some_and(|tumour| i - tumour < REACH) && cm <= LARGEST_CM && cm > largest.0 {
                    largest = (cm, at);
                }
                Cow::Owned(format!("s{}", size_class(cm)))
            }
            None if value <= 20.0 && value.fract() == 0.0 => Cow::Owned((value as u32).to_string()),
            None => Cow::Borrowed("#"),
        };
        found.words.push(Word { at, text });
    }
    if largest.0 > 0.0 {
        let above = size_class(largest.0);
        let border = |i: usize| Cow::Owned(format!("{}{i}", if i < above { '>' } else { '<' }));
        found.sizes = (0..SIZES_CM.len()).map(|i| Word { at: largest.1, text: border(i) }).collect();
    }
    found
}

/// Whether letters and a figure stand together without a gap: pT2, A1, but not 3cm.
fn is_code_with(left: &Piece<'_>, right: &Piece<'_>) -> bool {
    let of_size = |piece: &Piece<'_>| matches!(&*piece.text, "cm" | "mm" | "x");
    left.end == right.start && left.is_number != right.is_number && !of_size(left) && !of_size(right)
}

/// A letter, a Roman numeral, or a stage letter with its prefix or an X: t, iiia, pt, nx.
fn is_code(word: &str) -> bool {
    if matches!(word, "no" | "to") {
        return false;
    }
    let numeral = word.trim_end_matches(['a', 'b', 'c']);
    if word.len() == 1
        || !numeral.is_empty() && word.len() - numeral.len() <= 1 && numeral.trim_matches(['i', 'v', 'x']).is_empty()
    {
        return true;
    }
    let bare = word.trim_start_matches(['y', 'r', 'a']);
    let axis = bare.strip_prefix(['p', 'c']);
    match axis.unwrap_or(bare).as_bytes() {
        [b't' | b'n' | b'm'] => axis.is_some(),
        [b't' | b'n' | b'm', b'x' | b'o'] => true,
        _ => false,
    }
}

/// 1 for cm, 10 for mm, where a size goes on to its unit: "2.3 x 1.1 cm".
fn parts_of_a_cm(after: &[Piece<'_>]) -> Option<f64> {
    for piece in after {
        match &*piece.text {
            "cm" => return Some(1.0),
            "mm" => return Some(10.0),
            "x" | "by" | "to" | "in" => {}
            _ if piece.is_number => {}
            _ => return None,
        }
    }
    None
}

/// How many borders lie below a size.
fn size_class(cm: f64) -> usize {
    SIZES_CM.iter().filter(|border| cm > **border).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (String, usize) {
        let found = words(text);
        let joined: Vec<&str> = found.words.iter().map(|word| &*word.text).collect();
        (joined.join(" "), found.sizes.iter().filter(|word| word.text.starts_with('>')).count())
    }

    #[test]
    fn codes_are_not_seen() {
        assert_eq!(read("pT2a pN1 (0/12), stage IIIB, block A1: pN 0, MX, NO tumor").0, "0 12 stage block no tumor");
        assert_eq!(read("T 3 N 0 at 12 o'clock to C").0, "at 12 clock to");
    }

    #[test]
    fn sizes_are_classes_and_the_largest_of_the_tumour_is_told_by_its_borders() {
        let largest = read("Tumor 2.3 x 1,1 x 0.4 cm in the specimen of 400 mm");
        assert_eq!(largest, ("tumor s4 s2 s0 in the specimen of s14 mm".into(), 4));
        assert_eq!(read("lesion 30mm"), ("lesion s5 mm".into(), 5));
        assert_eq!(read("a specimen of 9 cm"), ("specimen of s11".into(), 0));
        assert_eq!(read("mass of 450 cm, 21 slides"), ("mass of s14 # slides".into(), 0));
    }
}
