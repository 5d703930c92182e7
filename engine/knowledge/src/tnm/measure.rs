//! Columns of a statement that have no mention of their own: Breslow thickness, Clark level, ISUP grade group.
//!
//! They are read from the text around the statement (Breslow 1970; Clark 1969; ISUP 2014 consensus). "WHO/ISUP" grades kidney tumours and
//! is a grade, not a grade group.

use std::sync::LazyLock;

use regex::Regex;

use super::number;

static BRESLOW: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?i)breslow[^0-9\n]{0,40}?(\d{1,2}(?:[.,]\d{1,2})?) ?mm|(\d{1,2}(?:[.,]\d{1,2})?) ?mm[^.\n]{0,24}breslow",
    )
    .ok()
});
static CLARK: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i:clark)(?i:'?s|[- :=(]|level|lvl|stufe)*(IV|V|I{1,3}|[1-5])\b|\b(?i:level) (IV|V|I{1,3}|[1-5]) (?i:nach |by |according to )?(?i:clark)").ok()
});
static ISUP: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)(who ?/ ?)?(?:isup|grade group|gradgruppe)(?:[- :=(]|grad(?:e|ing|uierung)?|group|gruppe|[0-9]{4}|score)*?([1-5])\b[^+0-9]?").ok()
});

static PSA: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)\bi?PSA\b[^0-9\n<>]{0,30}(\d{1,4}(?:[.,]\d{1,3})?) ?(?:ng|µg|ug|mcg|\u{3bc}g) ?/ ?m?l").ok()
});

/// The first prostate-specific antigen of a text in ng/ml (µg/l is the same).
pub(crate) fn psa_ng_ml(text: &str) -> Option<f64> {
    number::decimal(PSA.as_ref()?.captures(text)?.get(1)?.as_str())
}

/// Values found in a stretch of text.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Measures {
    /// Breslow thickness in millimetres.
    pub breslow_mm: Option<f64>,
    /// Clark level as a Roman numeral.
    pub clark: Option<String>,
    /// ISUP grade group, 1 to 5.
    pub isup: Option<u32>,
}

/// Reads `text`, the neighbourhood of a statement.
pub(crate) fn read(text: &str) -> Measures {
    let breslow_mm = BRESLOW
        .as_ref()
        .and_then(|pattern| pattern.captures(text))
        .and_then(|found| found.get(1).or_else(|| found.get(2)))
        .and_then(|part| number::decimal(part.as_str()));
    let clark = CLARK
        .as_ref()
        .and_then(|pattern| pattern.captures(text))
        .and_then(|found| found.get(1).or_else(|| found.get(2)))
        .and_then(|part| part.as_str().parse().ok().or_else(|| number::roman(part.as_str())))
        .and_then(|level: u32| ["I", "II", "III", "IV", "V"].get(level as usize - 1).map(|roman| (*roman).to_owned()));
    let isup = ISUP
        .as_ref()
        .and_then(|pattern| pattern.captures_iter(text).find(|found| found.get(1).is_none()))
        .and_then(|found| found.get(2)?.as_str().parse().ok());
    Measures { breslow_mm, clark, isup }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn melanoma_and_prostate_measures_are_read_in_both_languages() {
        let german = read("Malignes Melanom, Tumordicke nach Breslow: 1,25 mm, Clark-Level IV, pT2a");
        assert_eq!((german.breslow_mm, german.clark.as_deref()), (Some(1.25), Some("IV")));
        let english = read("Breslow thickness 0.8 mm, Clark's level 3");
        assert_eq!((english.breslow_mm, english.clark.as_deref()), (Some(0.8), Some("III")));
        assert_eq!(read("Level II nach Clark, 0,4 mm (Breslow)").breslow_mm, Some(0.4));
        assert_eq!(read("Gleason 3+4=7a, ISUP-Gradgruppe 2").isup, Some(2));
        assert_eq!(read("ISUP grade group 4").isup, Some(4));
        assert_eq!(read("WHO/ISUP grade 3").isup, None);
        assert_eq!(psa_ng_ml("PSA initial: 7,8 ng/ml"), Some(7.8));
        assert_eq!(psa_ng_ml("PSA was 12 ng/mL"), Some(12.0));
        assert_eq!(psa_ng_ml("PSA am 12.03. bestimmt"), None);
    }
}
