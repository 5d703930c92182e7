//! What a run found, in the few figures a department asks for first. A sink that counts what passes through to the real one.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use befund_core::{Assertion, Failure, Fault, MedicationStatus, RelationType, Rows, Sink, Temporality, Verdict};

/// Figures over all documents written in this run.
#[derive(Clone, Debug, Default)]
pub struct Summary {
    /// Documents by language code ("" where unknown).
    pub languages: BTreeMap<&'static str, u64>,
    /// Stage statements that hold now: affirmed and current.
    pub statements: u64,
    /// Of all statements, those negated, suspected, defined, planned or past.
    pub statements_not_current: u64,
    /// Current statements by T category.
    pub t: BTreeMap<String, u64>,
    /// Current statements with at least one positive node category (N1 and up).
    pub node_positive: u64,
    /// Affirmed drug-event pairs by drug and event, as normalised where a name is known.
    pub pairs: BTreeMap<(String, String), u64>,
    /// Drug-event pairs that the text negates, suspects or warns of.
    pub pairs_not_affirmed: u64,
    /// Medication entries by status.
    pub medications: BTreeMap<&'static str, u64>,
    /// Implausible findings by rule.
    pub implausible: BTreeMap<String, u64>,
    /// Faults by kind.
    pub faults: BTreeMap<&'static str, u64>,
}

impl Summary {
    fn add(&mut self, rows: &Rows) {
        if let Some(fault) = &rows.row.fault {
            *self.faults.entry(fault.kind.as_str()).or_default() += 1;
            return;
        }
        *self.languages.entry(rows.row.language.code().unwrap_or("")).or_default() += 1;
        for statement in &rows.tnm {
            if statement.assertion != Assertion::Affirmed || statement.temporality != Temporality::Current {
                self.statements_not_current += 1;
                continue;
            }
            self.statements += 1;
            if let Some(t) = &statement.t {
                *self.t.entry(format!("T{t}")).or_default() += 1;
            }
            let positive = statement.n.as_deref().is_some_and(|n| n.starts_with(['1', '2', '3', '+']));
            self.node_positive += u64::from(positive);
        }
        for relation in rows.relations.iter().filter(|relation| relation.kind == RelationType::Causes) {
            if relation.assertion == Assertion::Affirmed {
                let key = (name_of(rows, relation.head), name_of(rows, relation.tail));
                *self.pairs.entry(key).or_default() += 1;
            } else {
                self.pairs_not_affirmed += 1;
            }
        }
        for entry in &rows.medications {
            *self.medications.entry(MedicationStatus::as_str(entry.status)).or_default() += 1;
        }
        for finding in rows.findings.iter().filter(|finding| finding.verdict == Verdict::Implausible) {
            *self.implausible.entry(finding.rule_id.clone()).or_default() += 1;
        }
    }
}

fn name_of(rows: &Rows, mention_id: u32) -> String {
    let Some(mention) = rows.mentions.get(mention_id as usize) else { return String::new() };
    let written = || rows.document.as_ref().map_or("", |document| mention.span.of(document.text()));
    mention.name.clone().unwrap_or_else(|| written().split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase())
}

/// Told of each fault as it is written down.
pub(crate) type OnFault = Box<dyn FnMut(&Fault) + Send>;

/// Counts rows on their way to another sink.
pub(crate) struct Counted {
    pub(crate) inner: Box<dyn Sink>,
    pub(crate) summary: Arc<Mutex<Summary>>,
    pub(crate) on_fault: OnFault,
}

impl Sink for Counted {
    fn write(&mut self, rows: Rows) -> Result<(), Failure> {
        if let Some(fault) = &rows.row.fault {
            (self.on_fault)(fault);
        }
        self.summary.lock().unwrap_or_else(PoisonError::into_inner).add(&rows);
        self.inner.write(rows)
    }

    fn close(self: Box<Self>) -> Result<(), Failure> {
        self.inner.close()
    }
}
