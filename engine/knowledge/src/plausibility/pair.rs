//! Rules about two entries: duplicates, interactions, allergies.

use std::collections::{BTreeSet, HashMap};

use befund_core::{MedicationStatus, Verdict};

use super::rule::Rule;
use super::{Case, Entry, Finding, Fits};
use crate::medication::{Rhythm, read_schedule};

/// Earlier entries of a substance that a later one is compared with.
const COMPARED: usize = 8;

/// The same substance twice in one list. A fixed dose beside one when needed, doses at other times of the day, and other days of the week are
/// one regimen written in two lines, not a duplicate; so are the steps of a taper, which follow one another.
pub(super) fn duplicates<'r>(rule: &'r Rule, case: &Case, findings: &mut Vec<Finding<'r>>) {
    let listed = |entry: &&Entry| {
        let place = entry.is_headed || entry.begins_its_line;
        entry.current && entry.in_list && place && entry.row.schedule.is_some() && !entry.is_local()
    };
    let mut earlier: HashMap<&str, Vec<&Entry>> = HashMap::new();
    for second in case.entries.iter().filter(listed) {
        for substance in second.substances.iter().copied().filter(|inn| rule.drugs.has(inn)) {
            let others = earlier.entry(substance).or_default();
            if let Some(first) =
                others.iter().find(|first| first.list == second.list && !belongs_together(first, second))
            {
                let message = format!("{substance}: {}", rule.message);
                let mention_ids = vec![first.row.mention_id, second.row.mention_id];
                findings.push(Finding { rule, verdict: Verdict::Implausible, message, mention_ids });
            }
            if others.len() < COMPARED {
                others.push(second);
            }
        }
    }
}

fn belongs_together(first: &Entry, second: &Entry) -> bool {
    let schedule = |entry: &Entry| entry.row.schedule.as_deref().map(read_schedule).unwrap_or_default();
    let (one, other) = (schedule(first), schedule(second));
    let apart = match (first.row.doses, second.row.doses) {
        (Some(a), Some(b)) => a.iter().zip(b).all(|(a, b)| *a == 0.0 || b == 0.0),
        _ => false,
    };
    let other_route = first.row.route.is_some() && second.row.route.is_some() && first.row.route != second.row.route;
    let slow = |entry: &Entry| {
        let name = entry.row.drug.to_lowercase();
        ["depot", "ret", "prolong", " sr", " xr", " er", "long"].iter().any(|word| name.contains(word))
    };
    slow(first) != slow(second)
        || one.prn != other.prn
        || one.rhythm == Rhythm::NotDaily
        || other.rhythm == Rhythm::NotDaily
        || apart
        || other_route
        || first.row.duration.is_some() != second.row.duration.is_some()
}

/// Two substances of one class, both with a regimen in the current list; one finding for each pair of substances.
pub(super) fn classes<'r>(rule: &'r Rule, case: &Case, findings: &mut Vec<Finding<'r>>) {
    let taken: Vec<(&str, &Entry)> = case
        .entries
        .iter()
        .filter(|entry| entry.current && entry.has_regimen() && !entry.is_local() && !rule.is_other_route(entry))
        .flat_map(|entry| entry.substances.iter().map(move |inn| (*inn, entry)))
        .filter(|(inn, _)| rule.drugs.has(inn))
        .take(4 * COMPARED)
        .collect();
    let mut seen = BTreeSet::new();
    for (index, (a, first)) in taken.iter().enumerate() {
        for (b, second) in &taken[index + 1..] {
            let pair = if a < b { (*a, *b) } else { (*b, *a) };
            let apart = first.row.mention_id != second.row.mention_id;
            // What is taken when needed beside a fixed dose is a rescue, not a duplicate.
            let rescue = first.row.prn != second.row.prn;
            if a == b || !apart || rescue || case.is_lifted(rule, first) || !seen.insert(pair) {
                continue;
            }
            let message = format!("{a} and {b}: {}", rule.message);
            let mention_ids = vec![first.row.mention_id, second.row.mention_id];
            findings.push(Finding { rule, verdict: Verdict::Implausible, message, mention_ids });
        }
    }
}

/// Two drugs of the current list from the two sides of the rule; one finding for each pair of substances.
pub(super) fn interactions<'r>(rule: &'r Rule, case: &Case, findings: &mut Vec<Finding<'r>>) {
    let Some(with) = &rule.with else { return };
    let Fits::Yes(_) = case.fits(rule) else { return };
    // A few entries of each substance are enough: one finding is given for each pair of substances.
    let side = |has: &dyn Fn(&str) -> bool| {
        let mut entries: Vec<(&str, &Entry)> = Vec::new();
        let mut n_of: HashMap<&str, usize> = HashMap::new();
        for entry in case.entries.iter().filter(|entry| entry.current && !entry.is_local()) {
            for inn in entry.substances.iter().copied().filter(|inn| has(inn)) {
                let n = n_of.entry(inn).or_default();
                *n += 1;
                if *n <= 2 {
                    entries.push((inn, entry));
                }
            }
        }
        entries
    };
    let (left, right) = (side(&|inn| rule.drugs.has(inn)), side(&|inn| with.drugs.contains(inn)));
    let mut seen = BTreeSet::new();
    for (a, first) in &left {
        for (b, second) in &right {
            let pair = if a < b { (*a, *b) } else { (*b, *a) };
            let same = a == b || first.row.mention_id == second.row.mention_id;
            if same || case.is_lifted(rule, first) || case.is_lifted(rule, second) || !seen.insert(pair) {
                continue;
            }
            let message = format!("{a} with {b}: {}", rule.message);
            let mut mention_ids = vec![first.row.mention_id, second.row.mention_id];
            mention_ids.sort_unstable();
            findings.push(Finding { rule, verdict: Verdict::Implausible, message, mention_ids });
        }
    }
}

/// A drug of the current list against the allergies; for `*` the very substance, for classes any two of them.
pub(super) fn allergies<'r>(rule: &'r Rule, case: &Case, findings: &mut Vec<Finding<'r>>) {
    let Some(with) = &rule.with else { return };
    let same_only = rule.drugs == super::rule::Drugs::Any;
    let mut seen = BTreeSet::new();
    let mut allergens = BTreeSet::new();
    for allergy in case.entries.iter().filter(|entry| entry.row.status == MedicationStatus::Allergy) {
        // The same allergy named again says nothing new.
        if !allergens.insert(&allergy.substances) {
            continue;
        }
        for given in case.entries.iter().filter(|entry| entry.current) {
            let clash = allergy.substances.iter().find_map(|a| {
                let hit = given.substances.iter().find(|b| {
                    if same_only { a == *b } else { a != *b && rule.drugs.has(a) && with.drugs.contains(**b) }
                })?;
                Some((*a, *hit))
            });
            let Some((a, b)) = clash.filter(|pair| seen.insert(*pair)) else { continue };
            // The same substance on both sides is the business of the rule for the very substance.
            if !same_only && given.substances.iter().any(|inn| allergy.substances.contains(inn)) {
                continue;
            }
            let message = if same_only {
                format!("{b}: {}", rule.message)
            } else {
                format!("{b}, allergy to {a}: {}", rule.message)
            };
            findings.push(Finding {
                rule,
                verdict: Verdict::Implausible,
                message,
                mention_ids: vec![given.row.mention_id, allergy.row.mention_id],
            });
        }
    }
}
