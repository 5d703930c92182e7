//! The daily amount, where it can be computed from what is stated.
//!
//! Pieces a day times what is in one piece. Not computed: when needed (`b. B.`), not every day (`1x wöchentlich`), in drops or spoons, per
//! kilogram or square metre, and wherever a part is missing. A patch that gives so much an hour gives 24 times that a day.

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
}

impl Regimen {
    /// Amount a day and its unit.
    pub fn daily(&self) -> Option<(f64, String)> {
        let schedule = self.schedule.unwrap_or_default();
        if schedule.prn {
            return None;
        }
        // `25 µg/h`: the patch gives it around the clock, however often it is changed.
        if let Some(Amount { value: Some(value), unit, per: Per::Hour }) = self.strength {
            return Some((round(value * 24.0), unit.as_str().to_owned()));
        }
        if let Some(Amount { value: Some(value), unit, per: Per::Day }) = self.strength
            && schedule.rhythm != Rhythm::NotDaily
        {
            return Some((round(value), unit.as_str().to_owned()));
        }
        let pieces = schedule.pieces_a_day()?;
        if let (Some(_), Some(unit)) = (schedule.doses, schedule.doses_unit) {
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
            matches!(amount.per, Per::Nothing | Per::Dose) && !matches!(amount.unit, Unit::Percent | Unit::Ml | Unit::L)
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
