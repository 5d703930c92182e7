//! Amounts: `47,5 mg`, `1.000 mg`, `1,5 Mio IE`, `5/12,5 mg`, `25 µg/h`, `100 IE/ml`, `1,5 g/m²`, and the laboratory values that look like them.

use super::lex::Tokens;
use super::words::{Meaning, Unit};

/// What an amount is counted per.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Per {
    Nothing,
    Ml,
    Hour,
    Day,
    /// `/24 h`: how patches and pumps are labelled.
    FullDay,
    Kg,
    SquareMetre,
    Minute,
    Dose,
    /// A concentration in blood or urine: no amount of a drug.
    Laboratory,
}

impl Per {
    fn suffix(self) -> &'static str {
        match self {
            Self::Nothing | Self::Laboratory => "",
            Self::Ml => "/ml",
            Self::Hour => "/h",
            Self::Day | Self::FullDay => "/d",
            Self::Kg => "/kg",
            Self::SquareMetre => "/m²",
            Self::Minute => "/min",
            Self::Dose => "/dose",
        }
    }
}

/// An amount of substance or volume.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Amount {
    /// `None` for the two or three numbers of a combination (`5/12,5 mg`) and for a range.
    pub value: Option<f64>,
    pub unit: Unit,
    pub per: Per,
}

impl Amount {
    /// The unit as the columns carry it.
    pub fn unit_name(self) -> String {
        format!("{}{}", self.unit.as_str(), self.per.suffix())
    }

    /// Whether it says how much is given at once rather than what is in one tablet.
    pub fn is_dose(self) -> bool {
        match self.per {
            Per::Kg | Per::SquareMetre | Per::Day | Per::Minute => true,
            // Patches are labelled in µg an hour or mg in 24 hours; pumps run in mg or units.
            Per::Hour => !matches!(self.unit, Unit::Ug),
            Per::FullDay => !matches!(self.unit, Unit::Mg | Unit::Ug),
            _ => self.unit.is_volume(),
        }
    }
}

/// Reads an amount at `index`; gives it with the token after it.
pub(super) fn read(tokens: &Tokens, index: usize) -> Option<(Amount, usize)> {
    let mut value = Some(tokens.number(index)?);
    let mut at = index + 1;
    // `5/12,5 mg`, `5-10 mg`, `160/12,5/5 mg`, `1000 mg/880 IE` (the last by its first half).
    while (tokens.is_sign(at, '/') || tokens.is_sign(at, '-') || tokens.is_sign(at, '–'))
        && tokens.number(at + 1).is_some()
        && at < index + 5
    {
        value = None;
        at += 2;
    }
    // `500 - 1.000 mg` was read above; `1 000 mg` keeps its blank.
    if tokens.meaning(at) == Meaning::Million {
        value = value.map(|value| value * 1e6);
        at += 1;
        // `3 MioE`: the unit is glued on.
        if tokens.is_any(at - 1, &["mioe", "mioie"]) {
            return Some((Amount { value, unit: Unit::Iu, per: Per::Nothing }, at));
        }
        if tokens.is_sign(at, '.') {
            at += 1;
        }
    }
    let (unit, mut at) = unit(tokens, at)?;
    let mut per = Per::Nothing;
    if tokens.is_sign(at, '/') || tokens.is_word(at, "pro") && tokens.gap_before(at) <= 1 {
        let slash = tokens.is_sign(at, '/');
        if let Some((found, next)) = denominator(tokens, at + 1, unit)
            && (slash || !matches!(found, Per::Day | Per::FullDay | Per::Dose))
        {
            per = found;
            at = next;
        }
    }
    // `16 mg/12,5 mg`, `500 mg/400 IE`: two substances.
    if per == Per::Nothing && tokens.is_sign(at, '/') && tokens.number(at + 1).is_some() {
        let other =
            self::unit(tokens, at + 2).filter(|(unit, _)| matches!(unit, Unit::G | Unit::Mg | Unit::Ug | Unit::Iu));
        (value, at) = other.map_or((value, at), |(_, next)| (None, next));
    }
    if unit == Unit::Mg && tokens.is_sign(at, '%') {
        per = Per::Laboratory;
        at += 1;
    }
    Some((Amount { value, unit, per }, at))
}

/// The unit at `at`.
fn unit(tokens: &Tokens, at: usize) -> Option<(Unit, usize)> {
    if tokens.is_sign(at, '%') {
        return Some((Unit::Percent, at + 1));
    }
    if let Meaning::Unit(unit) = tokens.meaning(at) {
        return Some((unit, at + 1));
    }
    // `18u`: a small letter is a unit only where it is glued on.
    if tokens.is_word(at, "u") && tokens.touches_left(at) {
        return Some((Unit::Iu, at + 1));
    }
    let (short, next) = tokens.pointed(at)?;
    matches!(short, "ie" | "iu").then_some((Unit::Iu, next))
}

/// What stands after the slash.
fn denominator(tokens: &Tokens, at: usize, unit: Unit) -> Option<(Per, usize)> {
    // `21 mg/24 h`, `mg/24h`, `µg/72 h`.
    if let Some(number) = tokens.number(at) {
        return match tokens.meaning(at + 1) {
            Meaning::Hour if number == 24.0 => Some((Per::FullDay, at + 2)),
            Meaning::Unit(Unit::Ml) => Some((Per::Ml, at + 2)),
            _ => None,
        };
    }
    if tokens.is_word(at, "m") && (tokens.is_sign(at + 1, '²') || tokens.number(at + 1) == Some(2.0)) {
        return Some((Per::SquareMetre, past_rate(tokens, at + 2)));
    }
    let per = match (tokens.meaning(at), unit) {
        (Meaning::Unit(Unit::Ml), Unit::Mg | Unit::G | Unit::Iu | Unit::Mmol | Unit::Mval) => Per::Ml,
        (Meaning::Unit(Unit::Kg), _) => Per::Kg,
        (Meaning::Hour, _) => Per::Hour,
        (Meaning::Day | Meaning::Daily, _) => Per::Day,
        (Meaning::Form(_), _) => Per::Dose,
        (Meaning::Unit(_), _) => Per::Laboratory,
        _ => match tokens.word(at)? {
            "min" => Per::Minute,
            "qm" => Per::SquareMetre,
            "Dosis" | "dose" | "ED" => Per::Dose,
            "dl" | "dL" | "DL" | "L" | "nl" | "µl" | "ul" | "mL" | "mol" | "mmol" | "pl" | "fl" | "cmm" | "Tsd"
            | "Crea" => Per::Laboratory,
            _ => return None,
        },
    };
    let mut next = at + 1;
    // `mg/kg KG`, `mg/kg/d`.
    if per == Per::Kg && tokens.is_any(next, &["kg", "kgkg", "body", "bw"]) {
        next += 1;
    }
    if matches!(per, Per::Kg | Per::SquareMetre) {
        next = past_rate(tokens, next);
    }
    Some((per, next))
}

/// Behind `/d`, `/h`, `/min`.
fn past_rate(tokens: &Tokens, mut at: usize) -> usize {
    while tokens.is_sign(at, '/')
        && (matches!(tokens.meaning(at + 1), Meaning::Day | Meaning::Hour) || tokens.is_word(at + 1, "min"))
    {
        at += 2;
    }
    at
}
