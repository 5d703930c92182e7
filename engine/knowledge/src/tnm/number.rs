//! Numbers as reports write them: digits, words, decimal commas, Roman numerals.

const WORDS: [(&str, u32); 58] = [
    ("none", 0),
    ("zero", 0),
    ("o", 0),
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
    ("einer", 1),
    ("einem", 1),
    ("einen", 1),
    ("eines", 1),
    ("eine", 1),
    ("zwei", 2),
    ("drei", 3),
    ("vier", 4),
    ("fünf", 5),
    ("sechs", 6),
    ("sieben", 7),
    ("acht", 8),
    ("neun", 9),
    ("zehn", 10),
    ("elf", 11),
    ("zwölf", 12),
    ("keiner", 0),
    ("keinem", 0),
    ("thirteen", 13),
    ("fourteen", 14),
    ("fifteen", 15),
    ("sixteen", 16),
    ("seventeen", 17),
    ("eighteen", 18),
    ("nineteen", 19),
    ("twenty", 20),
    ("twenty-one", 21),
    ("twenty-two", 22),
    ("twenty-three", 23),
    ("twenty-four", 24),
    ("twenty-five", 25),
    ("twenty-six", 26),
    ("twenty-seven", 27),
    ("twenty-eight", 28),
    ("twenty-nine", 29),
    ("dreizehn", 13),
    ("vierzehn", 14),
    ("fünfzehn", 15),
    ("sechzehn", 16),
    ("siebzehn", 17),
    ("achtzehn", 18),
    ("neunzehn", 19),
    ("zwanzig", 20),
];

/// A count in digits or a word up to twenty-nine.
pub(crate) fn count(text: &str) -> Option<u32> {
    if let Ok(number) = text.parse() {
        return Some(number);
    }
    let lower = text.to_lowercase();
    WORDS
        .iter()
        .find(|(word, _)| *word == lower)
        .map(|(_, number)| *number)
        .or_else(|| lower.starts_with("kein").then_some(0))
}

/// "1,2" or "1.2".
pub(crate) fn decimal(text: &str) -> Option<f64> {
    text.replace(',', ".").parse().ok()
}

/// "III" to "3"; `None` for anything but I to V.
pub(crate) fn roman(text: &str) -> Option<u32> {
    match text.to_ascii_uppercase().as_str() {
        "I" => Some(1),
        "II" => Some(2),
        "III" => Some(3),
        "IV" => Some(4),
        "V" => Some(5),
        _ => None,
    }
}

/// A Roman number whose ones a scanner may have taken for small letters: `il` for II.
pub(crate) fn scanned_roman(text: &str) -> Option<u32> {
    roman(&text.replace(['l', 'i'], "I"))
}

/// A number, or the letter l or I for one.
pub(crate) fn scanned(text: &str) -> Option<u32> {
    if matches!(text, "l" | "I") { Some(1) } else { text.parse().ok() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_read_in_digits_and_words_of_both_languages() {
        assert_eq!(count("014"), Some(14));
        assert_eq!(count("Zwölf"), Some(12));
        assert_eq!(count("keinem"), Some(0));
        assert_eq!(count("two"), Some(2));
        assert_eq!(count("many"), None);
        assert_eq!(decimal("1,25"), Some(1.25));
        assert_eq!(roman("iii"), Some(3));
        assert_eq!((scanned_roman("il"), scanned_roman("Ill"), scanned("l")), (Some(2), Some(3), Some(1)));
    }
}
