//! Dose and frequency rules: an entry's amount against a limit.

use befund_core::Verdict;

use super::rule::{Kind, Limit, Rule};
use super::{Case, Entry, Finding};
use crate::medication::{Rhythm, most_a_day, read_schedule};

/// Checks every active entry that the rule concerns.
pub(super) fn check(rule: &'static Rule, case: &Case, findings: &mut Vec<Finding>) {
    for entry in &case.entries {
        let [substance] = entry.substances[..] else { continue };
        // A bare mention says nothing that could be checked, and a combination does not say how much of which.
        if !entry.is_active() || !rule.drugs.has(substance) || !entry.has_regimen() || entry.is_local() {
            continue;
        }
        if rule.route.as_deref().is_some_and(|route| entry.row.route.as_deref().is_some_and(|stated| stated != route)) {
            continue;
        }
        let answer = match rule.kind {
            Kind::NotDaily => not_daily(entry),
            Kind::MaxSingle => rule.limit.and_then(|limit| single(entry, limit)),
            _ => rule.limit.and_then(|limit| daily(entry, limit)),
        };
        let Some((verdict, detail)) = answer.and_then(|answer| by_age(rule, case, answer)) else { continue };
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

/// A rule for the old asks the age; where it is not stated, only a broken limit is worth a word.
fn by_age(rule: &Rule, case: &Case, answer: Answer) -> Option<Answer> {
    let Some(from) = rule.age_from else { return Some(answer) };
    match case.age() {
        Some(age) if age < from => None,
        Some(_) => Some(answer),
        None if answer.0 == Verdict::Implausible => {
            Some((Verdict::CannotTell, format!("age is not stated; from {from} years on the dose would be too high")))
        }
        None => None,
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
    let Some(strength) = row.strength_value else { return cannot_tell("the strength is not stated") };
    let Some(unit) = row.strength_unit.as_deref() else { return cannot_tell("the unit of the strength is not stated") };
    let Some(piece) = convert(strength, unit, limit.unit) else { return cannot_tell("its unit cannot be compared") };
    if let Some(most) = row.schedule.as_deref().and_then(most_a_day) {
        return Some(compare(piece * most, limit, " a day at most"));
    }
    if piece > limit.value {
        return Some(compare(piece, limit, " at once"));
    }
    cannot_tell(if row.prn { "the most a day is not stated" } else { "how often it is taken is not stated" })
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
