//! What is counted over the whole dataset, for the tiles and the plots.

use std::collections::{BTreeMap, BTreeSet};

use befund_core::{Assertion, Label, RelationType, Severity, Subject, Temporality, Verdict};

use super::words::{category, holds_now, mention, name_of, stated_stage, text};
use crate::read::{ReadDocument, ReadMention, ReadRelation};

/// Counts of two kinds that are shown in one bar: stated and derived, implausible and cannot tell.
pub(super) type Two = [u64; 2];

#[derive(Default)]
pub(super) struct Figures {
    pub(super) languages: BTreeMap<String, u64>,
    pub(super) n_documents: u64,
    pub(super) n_faults: u64,
    /// Statements that are affirmed and current, and all others.
    pub(super) statements: Two,
    /// Current statements by category, such as T2.
    pub(super) categories: [BTreeMap<String, u64>; 3],
    /// Current statements by stage group: stated, or derived where none is stated.
    pub(super) stages: BTreeMap<String, Two>,
    /// Documents by drug and event of a pair that holds now.
    pub(super) pairs: BTreeMap<(String, String), u64>,
    /// Pairs that hold now, and all others.
    pub(super) n_pairs: Two,
    pub(super) medications: BTreeMap<String, u64>,
    /// Implausible and cannot tell, by severity.
    pub(super) severities: BTreeMap<String, Two>,
    /// Implausible and cannot tell, by rule.
    pub(super) rules: BTreeMap<String, Two>,
    /// Implausible, cannot tell and ok.
    pub(super) verdicts: [u64; 3],
}

impl Figures {
    pub(super) fn add(&mut self, document: &ReadDocument) {
        self.n_documents += 1;
        if !document.is_ok {
            self.n_faults += 1;
            return;
        }
        *self.languages.entry(text(&document.row, "language").to_owned()).or_default() += 1;
        self.add_statements(document);
        self.add_pairs(document);
        for row in &document.medications {
            *self.medications.entry(text(row, "status").to_owned()).or_default() += 1;
        }
        for row in &document.findings {
            let Some(verdict) = verdict(text(row, "verdict")) else { continue };
            self.verdicts[verdict] += 1;
            if verdict < 2 {
                self.severities.entry(text(row, "severity").to_owned()).or_default()[verdict] += 1;
                self.rules.entry(text(row, "rule_id").to_owned()).or_default()[verdict] += 1;
            }
        }
    }

    fn add_statements(&mut self, document: &ReadDocument) {
        for row in &document.tnm {
            if !holds_now(row) {
                self.statements[1] += 1;
                continue;
            }
            self.statements[0] += 1;
            for (counts, column) in self.categories.iter_mut().zip(["t", "n", "m"]) {
                if !category(row, column).is_empty() {
                    *counts.entry(main_category(column, text(row, column))).or_default() += 1;
                }
            }
            match (stated_stage(row), text(row, "derived_stage")) {
                (stated, _) if !stated.is_empty() => self.stages.entry(main_stage(&stated)).or_default()[0] += 1,
                (_, "") => {}
                (_, derived) => self.stages.entry(main_stage(derived)).or_default()[1] += 1,
            }
        }
    }

    fn add_pairs(&mut self, document: &ReadDocument) {
        // Cases are counted, not mentions: a pair counts once a document.
        let mut seen = BTreeSet::new();
        for (relation, drug, event) in pairs(document) {
            if pair_holds_now(relation, event) {
                self.n_pairs[0] += 1;
                seen.insert((name_of(drug), name_of(event)));
            } else {
                self.n_pairs[1] += 1;
            }
        }
        for pair in seen {
            *self.pairs.entry(pair).or_default() += 1;
        }
    }
}

/// The relations `causes` of a document with their drug and event.
pub(super) fn pairs(document: &ReadDocument) -> impl Iterator<Item = (&ReadRelation, &ReadMention, &ReadMention)> {
    let causes = document.relations.iter().filter(|relation| relation.kind == RelationType::Causes);
    causes.filter_map(|relation| {
        let (drug, event) = (mention(document, relation.head)?, mention(document, relation.tail)?);
        (event.label == Label::Ade).then_some((relation, drug, event))
    })
}

/// Whether the text says that the patient has the event now.
pub(super) fn pair_holds_now(relation: &ReadRelation, event: &ReadMention) -> bool {
    relation.assertion == Assertion::Affirmed
        && event.assertion == Assertion::Affirmed
        && event.temporality == Temporality::Current
        && event.subject == Subject::Patient
}

/// 0 implausible, 1 cannot tell, 2 ok.
pub(super) fn verdict(name: &str) -> Option<usize> {
    match Verdict::parse(name)? {
        Verdict::Implausible => Some(0),
        Verdict::CannotTell => Some(1),
        Verdict::Ok => Some(2),
    }
}

/// Order of a finding: implausible by severity, then what could not be told, then what is in order.
pub(super) fn gravity(verdict_name: &str, severity_name: &str) -> u8 {
    let mut severities = Severity::ALL.iter().rev();
    let severity = severities.position(|severity| severity.as_str() == severity_name).unwrap_or(Severity::ALL.len());
    match verdict(verdict_name) {
        Some(0) => severity as u8,
        Some(1) => 10,
        _ => 11,
    }
}

/// Categories without subdivisions: T2, N1, M0. A range or anything else is counted apart.
fn main_category(column: &str, value: &str) -> String {
    let letter = column.to_uppercase();
    let range = value.contains(['-', '/']);
    let known = ["is", "X", "0", "1", "2", "3", "4", "+"];
    match known.iter().find(|known| !range && value.starts_with(**known)) {
        Some(known) => format!("{letter}{known}"),
        None if !range && column == "t" && value == "a" => "Ta".into(),
        None => format!("{letter} other"),
    }
}

/// Stage groups without subdivisions: II, FIGO III.
fn main_stage(stage: &str) -> String {
    let (system, group) = stage.rsplit_once(' ').unwrap_or(("", stage));
    let roman: String = group.chars().take_while(|letter| matches!(letter, 'I' | 'V' | '0')).collect();
    let main = if roman.is_empty() { group } else { &roman };
    format!("{system} {main}").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn subdivisions_count_under_their_category_and_ranges_apart() {
        let cases = [("t", "2a", "T2"), ("t", "is", "Tis"), ("t", "a", "Ta"), ("n", "1mi", "N1"), ("n", "+", "N+")];
        for (column, value, category) in cases.into_iter().chain([("t", "2-3", "T other"), ("m", "X", "MX")]) {
            assert_eq!(main_category(column, value), category);
        }
        let stages = [("IIIB", "III"), ("IVC", "IV"), ("0is", "0"), ("okk", "okk"), ("FIGO IIA1", "FIGO II")];
        for (stage, main) in stages.into_iter().chain([("Ann Arbor IIIBS", "Ann Arbor III")]) {
            assert_eq!(main_stage(stage), main);
        }
    }

    #[test]
    fn the_gravest_finding_comes_first() {
        let order = [
            ("implausible", "contraindicated"),
            ("implausible", "major"),
            ("implausible", "minor"),
            ("implausible", "info"),
            ("cannot_tell", "major"),
            ("ok", "info"),
        ];
        assert!(order.map(|(verdict, severity)| gravity(verdict, severity)).is_sorted());
    }
}
