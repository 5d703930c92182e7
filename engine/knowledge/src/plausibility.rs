//! Plausibility of a medication: doses, frequency, duplicates, interactions, allergies, age; each answer with its rule and citation.
//!
//! The rules are `data/rules.tsv`, one a row, in words a pharmacist can check; classes are `data/classes.tsv`. Verdicts have three values:
//! `implausible` (checked, not in order), `cannot_tell` (the rule concerns a drug that is taken, and something it needs is not stated; the message
//! says what), `ok` (a dose or frequency rule that was really checked).
//!
//! To keep precision high a drug counts for pairs, duplicates and age only when it stands in the current list: with a regimen, or under a
//! medication heading; and where there is a discharge list, in that one. Planned, stopped and allergy entries are never checked as taken. It does
//! not know renal function, diagnoses or weight, and does not judge that a drug is missing.

mod age;
mod dose;
mod pair;
mod rule;

#[cfg(test)]
mod tests;

use std::cell::OnceCell;
use std::collections::HashMap;
use std::sync::OnceLock;

use befund_core::{
    Document, FindingRow, Layout, MedicationRow, MedicationStatus, MentionRow, SectionKind, Severity, Span, Verdict,
};

pub(crate) use age::of as age_of;
use rule::{Kind, Rule};

/// The embedded tables, for the rule hashes in `run.json`.
pub fn tables() -> Vec<(&'static str, &'static [u8])> {
    vec![("rules.tsv", rule::RULES), ("classes.tsv", rule::CLASSES)]
}

/// Checks one document's medication. Findings come in the order of the rules, then of the text.
pub fn check(
    document: &Document,
    layout: &Layout,
    mentions: &[MentionRow],
    medications: &[MedicationRow],
) -> Vec<FindingRow> {
    if medications.is_empty() {
        return Vec::new();
    }
    let case = Case::of(document, layout, mentions, medications);
    let mut findings = Vec::new();
    for rule in rules() {
        match rule.kind {
            Kind::MaxDaily | Kind::MaxSingle | Kind::NotDaily => dose::check(rule, &case, &mut findings),
            Kind::Duplicate => pair::duplicates(rule, &case, &mut findings),
            Kind::Interaction => pair::interactions(rule, &case, &mut findings),
            Kind::Allergy => pair::allergies(rule, &case, &mut findings),
            Kind::Age => age::check(rule, &case, &mut findings),
        }
    }
    only_the_gravest(&mut findings);
    findings
        .into_iter()
        .enumerate()
        .map(|(index, finding)| FindingRow {
            finding_id: index as u32,
            rule_id: finding.rule.id.clone(),
            verdict: finding.verdict,
            severity: finding.severity(),
            message: finding.message,
            mention_ids: finding.mention_ids,
            citation: finding.rule.citation.clone(),
        })
        .collect()
}

/// The embedded rules, read once.
fn rules() -> &'static [Rule] {
    static RULES: OnceLock<Vec<Rule>> = OnceLock::new();
    // The table is compiled in; a test reads it.
    RULES.get_or_init(|| {
        rule::read(rule::RULES, rule::CLASSES).unwrap_or_else(|_| unreachable!("the committed rules are well formed"))
    })
}

/// An answer before it is numbered.
struct Finding {
    rule: &'static Rule,
    verdict: Verdict,
    message: String,
    mention_ids: Vec<u32>,
}

impl Finding {
    /// What is in order or cannot be told is for information.
    fn severity(&self) -> Severity {
        if self.verdict == Verdict::Implausible { self.rule.severity } else { Severity::Info }
    }
}

/// One entry with what the rules ask of it.
struct Entry<'a> {
    row: &'a MedicationRow,
    /// INNs, one for each substance; empty where the drug is not known.
    substances: Vec<&'a str>,
    span: Span,
    /// Section of the document by index, to tell one list from another.
    list: Option<usize>,
    /// Under a medication heading, or in a document without sections.
    in_list: bool,
    /// Taken now, and in the list that counts.
    current: bool,
}

impl Entry<'_> {
    fn is_active(&self) -> bool {
        self.row.status == MedicationStatus::Active
    }

    /// Whether a strength or schedule is stated.
    fn has_regimen(&self) -> bool {
        self.row.strength_value.is_some() || self.row.schedule.is_some()
    }

    /// Whether it acts on the skin, in the eye or the nose only.
    fn is_local(&self) -> bool {
        let route = self.row.route.as_deref();
        let form = self.row.form.as_deref().unwrap_or("").to_lowercase();
        matches!(route, Some("topical" | "ophthalmic" | "nasal"))
            || ["salbe", "creme", "gel", "augen", "nasen", "ointment", "cream", "eye", "nasal", "lotion"]
                .iter()
                .any(|word| form.contains(word))
    }
}

/// A document's medication, ready to be checked.
struct Case<'a> {
    text: &'a str,
    document: &'a Document,
    entries: Vec<Entry<'a>>,
    age: OnceCell<Option<u32>>,
}

impl<'a> Case<'a> {
    fn of(document: &'a Document, layout: &Layout, mentions: &[MentionRow], medications: &'a [MedicationRow]) -> Self {
        let span_of = |row: &MedicationRow| {
            let index = mentions.partition_point(|mention| mention.mention_id < row.mention_id);
            mentions
                .get(index)
                .filter(|mention| mention.mention_id == row.mention_id)
                .map_or(Span::default(), |mention| mention.span)
        };
        let mut entries: Vec<Entry> = medications
            .iter()
            .map(|row| {
                let span = span_of(row);
                let list = layout.sections.partition_point(|section| section.span.start <= span.start).checked_sub(1);
                Entry {
                    row,
                    substances: row.inn.as_deref().map_or(Vec::new(), |inn| inn.split('/').collect()),
                    span,
                    list,
                    in_list: false,
                    current: false,
                }
            })
            .collect();
        let kind = |entry: &Entry| layout.section_at(entry.span.start);
        let headed = |entry: &Entry| matches!(kind(entry), SectionKind::Medication | SectionKind::DischargeMedication);
        let listed = |entry: &Entry| entry.is_active() && (entry.has_regimen() || headed(entry));
        let discharge = entries.iter().any(|entry| listed(entry) && kind(entry) == SectionKind::DischargeMedication);
        let any = entries.iter().any(listed);
        for entry in &mut entries {
            entry.in_list = headed(entry) || layout.sections.len() <= 1;
            entry.current = if discharge {
                entry.is_active() && kind(entry) == SectionKind::DischargeMedication
            } else if any {
                listed(entry)
            } else {
                entry.is_active()
            };
        }
        Self { text: document.text(), document, entries, age: OnceCell::new() }
    }

    /// The patient's age in years: metadata `age`, else the text.
    fn age(&self) -> Option<u32> {
        *self.age.get_or_init(|| age::of(self.document, self.text))
    }
}

/// Of several dose rules that one entry breaks only the gravest answers; of several that it keeps, one.
fn only_the_gravest(findings: &mut Vec<Finding>) {
    let rank = |finding: &Finding| match finding.verdict {
        Verdict::Implausible => 10 + finding.rule.severity as u32,
        Verdict::CannotTell => 5,
        Verdict::Ok => 1,
    };
    let key = |finding: &Finding| finding.mention_ids.first().copied().filter(|_| finding.rule.kind == Kind::MaxDaily);
    let mut best: HashMap<u32, (u32, usize)> = HashMap::new();
    for (index, finding) in findings.iter().enumerate() {
        if let Some(mention) = key(finding) {
            let entry = best.entry(mention).or_insert((rank(finding), index));
            if rank(finding) > entry.0 {
                *entry = (rank(finding), index);
            }
        }
    }
    let mut index = 0;
    findings.retain(|finding| {
        let keep = key(finding).is_none_or(|mention| best.get(&mention).is_some_and(|(_, kept)| *kept == index));
        index += 1;
        keep
    });
}
