//! Dose and frequency rules: an entry's amount against a limit.

use befund_core::Verdict;

use super::rule::{Kind, Limit, Rule};
use super::{Case, Entry, Finding, Fits};
use crate::medication::{Rhythm, most_a_day, most_amount_a_day, read_schedule};

/// Checks every active entry that the rule concerns.
pub(super) fn check<'r>(rule: &'r Rule, case: &Case, findings: &mut Vec<Finding<'r>>) {
    for entry in &case.entries {
        let [substance] = entry.substances[..] else { continue };
        // A bare mention says nothing that could be checked, and a combination does not say how much of which.
        if !entry.is_active() || !rule.drugs.has(substance) || !entry.has_regimen() || entry.is_local() {
            continue;
        }
        if rule.is_other_route(entry) || case.is_lifted(rule, entry) {
            continue;
        }
        let answer = match rule.kind {
            Kind::NotDaily => not_daily(entry),
            Kind::MaxSingle => rule.limit.and_then(|limit| single(entry, limit)),
            Kind::MinDaily => rule.limit.and_then(|limit| least(entry, limit)),
            _ => rule.limit.and_then(|limit| daily(entry, limit)),
        };
        let Some((verdict, detail)) = answer.and_then(|answer| for_patient(rule, case, answer)) else { continue };
        if verdict == Verdict::CannotTell && !entry.current {
            continue;
        }
        let message = format!(
            "{substance}: {}",
            if verdict == Verdict::Implausible { format!("{}{detail}", rule.message) } else { detail }
        );
        findings.push(Finding { rule, verdict, message, mention_ids: vec![entry.row.mention_id] });
    }
}

type Answer = (Verdict, String);

/// A rule for some patients asks whether this is one; where that is not stated, only a broken limit is worth a word.
fn for_patient(rule: &Rule, case: &Case, answer: Answer) -> Option<Answer> {
    match case.fits(rule) {
        Fits::No => None,
        Fits::Yes(detail) => Some((answer.0, format!("{}{detail}", answer.1))),
        Fits::CannotTell(what) if answer.0 == Verdict::Implausible => {
            Some((Verdict::CannotTell, format!("{what}{}", answer.1)))
        }
        Fits::CannotTell(_) => None,
    }
}

/// `value` of `unit` in the unit of the limit.
fn convert(value: f64, unit: &str, to: &str) -> Option<f64> {
    let grams = |unit: &str| match unit {
        "g" => Some(1.0),
        "mg" => Some(1e-3),
        "µg" => Some(1e-6),
        "ng" => Some(1e-9),
        _ => None,
    };
    if unit == to {
        return Some(value);
    }
    Some(value * grams(unit)? / grams(to)?)
}

fn compare(value: f64, limit: Limit, what: &str) -> Answer {
    let amount = format!("{} {}", number(value), limit.unit);
    let most = format!("{} {}", number(limit.value), limit.unit);
    if value > limit.value * (1.0 + 1e-9) {
        (Verdict::Implausible, format!(" ({amount}{what}, limit {most})"))
    } else {
        (Verdict::Ok, format!("{amount}{what} is within {most}"))
    }
}

/// A number without needless digits.
fn number(value: f64) -> String {
    format!("{}", (value * 1e4).round() / 1e4)
}

fn cannot_tell(what: &str) -> Option<Answer> {
    Some((Verdict::CannotTell, format!("the dose cannot be checked, {what}")))
}

fn daily(entry: &Entry, limit: Limit) -> Option<Answer> {
    let row = entry.row;
    if let (Some(value), Some(unit)) = (row.daily_value, row.daily_unit.as_deref()) {
        return match convert(value, unit, limit.unit) {
            Some(value) => Some(compare(value, limit, " a day")),
            None => cannot_tell("its unit cannot be compared"),
        };
    }
    let schedule = row.schedule.as_deref().map(read_schedule).unwrap_or_default();
    if schedule.rhythm == Rhythm::NotDaily {
        return None;
    }
    if let Some((most, unit)) = row.schedule.as_deref().and_then(most_amount_a_day) {
        return convert(most, unit, limit.unit).map(|most| compare(most, limit, " a day at most"));
    }
    // A taper has no one amount a day.
    let tapers = row.flags.iter().any(|flag| flag == "tapering");
    let Some(strength) = row.strength_value else { return cannot_tell("the strength is not stated") };
    let Some(unit) = row.strength_unit.as_deref() else { return cannot_tell("the unit of the strength is not stated") };
    let Some(piece) = convert(strength, unit, limit.unit) else { return cannot_tell("its unit cannot be compared") };
    if let Some(most) = row.schedule.as_deref().and_then(most_a_day) {
        return Some(compare(piece * most, limit, " a day at most"));
    }
    if piece > limit.value {
        return Some(compare(piece, limit, " at once"));
    }
    if tapers {
        return None;
    }
    cannot_tell(if row.prn { "the most a day is not stated" } else { "how often it is taken is not stated" })
}

/// Too little a day: only where the amount is stated and taken regularly.
fn least(entry: &Entry, limit: Limit) -> Option<Answer> {
    let (value, unit) = (entry.row.daily_value?, entry.row.daily_unit.as_deref()?);
    let value = convert(value, unit, limit.unit)?;
    let amount = format!("{} {} a day", number(value), limit.unit);
    let least = format!("{} {}", number(limit.value), limit.unit);
    Some(if value < limit.value * (1.0 - 1e-9) {
        (Verdict::Implausible, format!(" ({amount}, usually at least {least})"))
    } else {
        (Verdict::Ok, format!("{amount} is not below {least}"))
    })
}

fn single(entry: &Entry, limit: Limit) -> Option<Answer> {
    let row = entry.row;
    let (value, unit) = (row.strength_value?, row.strength_unit.as_deref()?);
    let most = row.doses.map_or(1.0, |doses| doses.into_iter().fold(1.0, f64::max));
    Some(compare(convert(value * most, unit, limit.unit)?, limit, " at once"))
}

/// Taken once a week, not daily.
fn not_daily(entry: &Entry) -> Option<Answer> {
    let row = entry.row;
    if matches!(row.route.as_deref(), Some("intravenous" | "intrathecal")) {
        return None;
    }
    let schedule = row.schedule.as_deref().map(read_schedule).unwrap_or_default();
    match schedule.rhythm {
        Rhythm::Daily => Some((Verdict::Implausible, " (the schedule is daily)".to_owned())),
        Rhythm::NotDaily => Some((Verdict::Ok, "not taken daily".to_owned())),
        Rhythm::Unsaid => Some((Verdict::CannotTell, "how often it is taken is not stated".to_owned())),
    }
}
