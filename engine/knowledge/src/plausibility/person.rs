//! Rules about the patient: age, sex, function of the kidneys, diagnoses, and reasons that are not stated.

use befund_core::Verdict;

use super::condition;
use super::rule::{Kind, Rule};
use super::{Case, Entry, Finding, Fits};

/// Checks the current list against a rule; one finding for each substance.
pub(super) fn check<'r>(rule: &'r Rule, case: &Case, findings: &mut Vec<Finding<'r>>) {
    let mut seen = Vec::new();
    for entry in case.entries.iter().filter(|entry| entry.current && !entry.is_local()) {
        let Some(substance) = entry.substances.iter().find(|inn| rule.drugs.has(inn)) else { continue };
        if rule.is_other_route(entry) || seen.contains(substance) {
            continue;
        }
        seen.push(*substance);
        let Some((verdict, detail)) = answer(rule, case, entry) else { continue };
        let message = match verdict {
            Verdict::Implausible => format!("{substance}{detail}: {}", rule.message),
            _ => format!("{substance}: {detail} ({})", rule.message),
        };
        findings.push(Finding { rule, verdict, message, mention_ids: vec![entry.row.mention_id] });
    }
}

fn answer(rule: &Rule, case: &Case, entry: &Entry) -> Option<(Verdict, String)> {
    if case.is_lifted(rule, entry) {
        return None;
    }
    let fits = match case.fits(rule) {
        Fits::No => return None,
        Fits::CannotTell(what) => return Some((Verdict::CannotTell, what)),
        Fits::Yes(detail) => detail,
    };
    match rule.kind {
        Kind::Condition => {
            let stated = &case.conditions().affirmed;
            let found = rule.with.as_ref()?.conditions.iter().find(|index| stated.contains_key(index))?;
            Some((Verdict::Implausible, format!(", {}{fits}", condition::name(*found))))
        }
        Kind::Indication => {
            let with = rule.with.as_ref()?;
            let conditions = case.conditions();
            let reason = entry.row.indication.is_some()
                || with.conditions.iter().any(|index| conditions.mentioned.contains_key(index))
                || case.takes_any(&with.drugs);
            (!reason && case.has_diagnoses).then_some((Verdict::Implausible, fits))
        }
        _ => Some((Verdict::Implausible, fits)),
    }
}
