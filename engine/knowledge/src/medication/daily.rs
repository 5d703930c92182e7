//! The daily amount, where it can be computed from what is stated.
//!
//! Pieces a day times what is in one piece. Not computed: when needed (`b. B.`), not every day (`1x wöchentlich`), while it is tapered, in
//! drops or spoons, per kilogram, square metre or hour (a patch), and wherever a part is missing. Where each time of day has its own amount
//! (`200 mg morgens, 400 mg abends`; `morgens 1 Tbl., abends ½ Tbl.`) the sum is taken; of insulin the units of the day.

use befund_core::Language;

use super::amount::{Amount, Per};
use super::piece::{self, Value};
use super::schedule::{Rhythm, Schedule};
use super::words::{Form, Unit};

/// What is known of one entry.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Regimen {
    /// What is in one piece.
    pub strength: Option<Amount>,
    /// How many at once: count and form.
    pub count: Option<(Option<f64>, Form)>,
    /// How much at once, where it is said apart from the strength.
    pub dose: Option<Amount>,
    pub schedule: Option<Schedule>,
    /// What is taken at each time of day, where each has its own: amounts of one unit, or pieces.
    pub by_time: Option<ByTime>,
    /// It is insulin: a scheme counts units.
    pub insulin: bool,
    /// The dose goes down step by step.
    pub tapers: bool,
}

/// The sum over the times of day.
#[derive(Clone, Copy, Debug)]
pub(super) enum ByTime {
    Amount(f64, Unit),
    Pieces(f64),
}

impl Regimen {
    /// Amount a day and its unit.
    pub fn daily(&self) -> Option<(f64, String)> {
        let schedule = self.schedule.unwrap_or_default();
        if schedule.prn || self.tapers {
            return None;
        }
        let by_day = |amount: &&Amount| matches!(amount.per, Per::Day | Per::FullDay);
        if let Some(Amount { value: Some(value), unit, .. }) =
            [&self.strength, &self.dose].into_iter().flatten().find(by_day)
            && schedule.rhythm != Rhythm::NotDaily
        {
            return Some((round(*value), unit.as_str().to_owned()));
        }
        if schedule.rhythm != Rhythm::NotDaily {
            match self.by_time {
                Some(ByTime::Amount(sum, unit)) => return Some((round(sum), unit.as_str().to_owned())),
                Some(ByTime::Pieces(pieces)) => {
                    let Amount { value, unit, per: Per::Nothing | Per::Dose } = self.strength? else { return None };
                    return Some((round(value? * pieces), unit.as_str().to_owned()));
                }
                None => {}
            }
        }
        let pieces = schedule.pieces_a_day()?;
        let insulin = self.insulin && self.strength.is_none_or(|amount| amount.per == Per::Ml);
        if let (Some(_), Some(unit)) = (schedule.doses, schedule.doses_unit.or(insulin.then_some(Unit::Iu))) {
            return Some((round(pieces), unit.as_str().to_owned()));
        }
        let (each, amount) = self.at_once()?;
        let factor = if schedule.doses.is_some() { pieces } else { pieces * each };
        let value = amount.value? * factor;
        Some((round(value), amount.unit.as_str().to_owned()))
    }

    /// How many pieces at once, and what is in one.
    fn at_once(&self) -> Option<(f64, Amount)> {
        let countable = |amount: &Amount| {
            matches!(amount.per, Per::Nothing | Per::Dose)
                && matches!(amount.unit, Unit::Mg | Unit::G | Unit::Ug | Unit::Iu)
        };
        if let Some(dose) = self.dose {
            return countable(&dose).then_some((1.0, dose));
        }
        let strength = self.strength.filter(countable)?;
        match self.count {
            None => Some((1.0, strength)),
            Some((Some(count), Form::Piece | Form::Puff | Form::Patch)) => Some((count, strength)),
            Some(_) => None,
        }
    }
}

/// The most a day that the words of a schedule allow as an amount: `b. B. max. 3 mg/d`.
pub(crate) fn most_amount_a_day(schedule: &str) -> Option<(f64, &'static str)> {
    read(schedule).most_amount
}

/// The most pieces a day that the words of a schedule allow, for a drug taken when needed: `b. B.; max. 4x/d` is 4.
pub(crate) fn most_a_day(schedule: &str) -> Option<f64> {
    let read = read(schedule);
    let most = read.most?;
    Some(most * read.each.unwrap_or(1.0))
}

/// All schedules in the words, taken together.
pub(crate) fn read(words: &str) -> Schedule {
    let pieces = piece::pieces(words, befund_core::Span::new(0, words.len()), Language::De);
    pieces
        .iter()
        .filter_map(|piece| match piece.value {
            Value::Schedule(schedule) => Some(schedule),
            _ => None,
        })
        .fold(Schedule::default(), Schedule::and)
}

/// Rids a product of the tails of binary fractions (0.1 * 3).
fn round(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}
