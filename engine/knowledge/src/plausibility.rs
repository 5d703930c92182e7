//! Plausibility of a medication: doses, frequency, duplicates, interactions, allergies, age, kidneys, diagnoses; each answer with its rule
//! and citation.
//!
//! The rules are `data/rules.tsv`, one a row, in words a pharmacist can check; classes are `data/classes.tsv`, diagnoses
//! `data/conditions.tsv`. A site's own rules come in the same form. Verdicts have three values: `implausible` (checked, not in order),
//! `cannot_tell` (the rule concerns a drug that is taken, and something it needs is not stated; the message says what), `ok` (a dose or
//! frequency rule that was really checked).
//!
//! To keep precision high a drug counts for pairs, duplicates and the patient only when it stands in the current list: with a regimen, or
//! under a medication heading; and where there is a discharge list, in that one. Planned, stopped and allergy entries are never checked as
//! taken. A report of several patients is read patient by patient. It does not know weight, and does not judge that a drug is missing.

mod condition;
mod dose;
mod pair;
mod patient;
mod person;
mod rule;

#[cfg(test)]
mod tests;

use std::cell::OnceCell;
use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, OnceLock};

use befund_core::{
    Document, FindingRow, Layout, MedicationRow, MedicationStatus, MentionRow, SectionKind, Severity, Span, Verdict,
};

use condition::Stated;
use patient::Filtration;
pub(crate) use patient::age as age_of;
pub use rule::{COLUMNS, KINDS, Kind, Mistake, Rule};
use rule::{Drugs, Sex};

/// The embedded tables, for the rule hashes in `run.json`.
pub fn tables() -> Vec<(&'static str, &'static [u8])> {
    vec![("rules.tsv", rule::RULES), ("classes.tsv", rule::CLASSES), ("conditions.tsv", condition::CONDITIONS)]
}

/// Rules in the order of their tables, ready to be applied.
#[derive(Clone, Debug)]
pub struct RuleSet {
    rules: Vec<Rule>,
    /// The rules that a substance may break, by INN.
    of: HashMap<String, Vec<usize>>,
    /// The rules for every substance.
    of_all: Vec<usize>,
}

impl RuleSet {
    /// The embedded rules, read once.
    pub fn builtin() -> Arc<Self> {
        static BUILTIN: OnceLock<Arc<RuleSet>> = OnceLock::new();
        // The table is compiled in; a test reads it.
        let read = || {
            let rules = rule::read(rule::RULES, &rule::read_classes(rule::CLASSES))
                .unwrap_or_else(|_| unreachable!("the committed rules are well formed"));
            Arc::new(Self::of(rules))
        };
        BUILTIN.get_or_init(read).clone()
    }

    /// These rules and those of a table in the same form, which may use the same classes and conditions. A rule with the id of one that is
    /// already there takes its place.
    pub fn with(&self, table: &[u8]) -> Result<Self, Mistake> {
        let more = rule::read(table, &rule::read_classes(rule::CLASSES))?;
        let replaced: BTreeSet<&str> = more.iter().map(|rule| rule.id.as_str()).collect();
        let kept = self.rules.iter().filter(|rule| !replaced.contains(rule.id.as_str())).cloned();
        Ok(Self::of(kept.chain(more.iter().cloned()).collect()))
    }

    fn of(rules: Vec<Rule>) -> Self {
        let mut set = Self { rules, of: HashMap::new(), of_all: Vec::new() };
        for (index, rule) in set.rules.iter().enumerate() {
            match &rule.drugs {
                Drugs::Any => set.of_all.push(index),
                Drugs::These(names) => {
                    names.iter().for_each(|name| set.of.entry(name.clone()).or_default().push(index));
                }
            }
        }
        set
    }

    /// The rule of this id.
    pub fn get(&self, id: &str) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.id == id)
    }

    /// All rules, in order.
    pub fn iter(&self) -> impl Iterator<Item = &Rule> {
        self.rules.iter()
    }

    /// The rules that concern one of the substances, in order.
    fn concerning<'s>(&self, substances: impl Iterator<Item = &'s str>) -> impl Iterator<Item = &Rule> {
        let mut indices: BTreeSet<usize> = self.of_all.iter().copied().collect();
        substances.filter_map(|inn| self.of.get(inn)).for_each(|some| indices.extend(some));
        indices.into_iter().filter_map(|index| self.rules.get(index))
    }
}

/// What a name in a rule stands for: the members of `@class`, the words of `#condition`.
pub fn meaning(name: &str) -> Option<String> {
    match (name.strip_prefix('@'), name.strip_prefix('#')) {
        (Some(class), _) => Some(rule::read_classes(rule::CLASSES).get(class)?.join(", ")),
        (_, Some(condition)) => condition::words(condition),
        _ => None,
    }
}

/// Checks one document's medication. Findings come patient by patient, in the order of the rules, then of the text.
pub fn check(
    rules: &RuleSet,
    document: &Document,
    layout: &Layout,
    mentions: &[MentionRow],
    medications: &[MedicationRow],
) -> Vec<FindingRow> {
    if medications.is_empty() {
        return Vec::new();
    }
    let entries = entries(document.text(), layout, mentions, medications);
    let stretches = patient::stretches(document.text());
    let mut findings = Vec::new();
    let mut entries = entries.into_iter().peekable();
    for stretch in &stretches {
        let mut own = Vec::new();
        while let Some(entry) = entries.next_if(|entry| entry.span.start < stretch.end) {
            own.push(entry);
        }
        if !own.is_empty() {
            let alone = stretches.len() == 1;
            check_patient(rules, &Case::of(document, layout, *stretch, alone, own), &mut findings);
        }
    }
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

fn check_patient<'r>(rules: &'r RuleSet, case: &Case, all: &mut Vec<Finding<'r>>) {
    let mut findings = Vec::new();
    let substances = case.entries.iter().flat_map(|entry| entry.substances.iter().copied());
    for rule in rules.concerning(substances) {
        match rule.kind {
            Kind::MaxDaily | Kind::MaxSingle | Kind::MinDaily | Kind::NotDaily => {
                dose::check(rule, case, &mut findings)
            }
            Kind::Duplicate => pair::duplicates(rule, case, &mut findings),
            Kind::DuplicateClass => pair::classes(rule, case, &mut findings),
            Kind::Interaction => pair::interactions(rule, case, &mut findings),
            Kind::Allergy => pair::allergies(rule, case, &mut findings),
            Kind::Patient | Kind::Renal | Kind::Condition | Kind::Indication => {
                person::check(rule, case, &mut findings);
            }
        }
    }
    only_the_gravest(&mut findings);
    all.append(&mut findings);
}

/// An answer before it is numbered.
struct Finding<'r> {
    rule: &'r Rule,
    verdict: Verdict,
    message: String,
    mention_ids: Vec<u32>,
}

impl Finding<'_> {
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
    /// Under a medication heading.
    is_headed: bool,
    /// Its line begins with it, but for a bullet or a number: an item, not prose.
    begins_its_line: bool,
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

    /// `Marcumar nach INR`: taken by a plan that stands elsewhere.
    fn is_by_plan(&self, text: &str) -> bool {
        let after = text.get(self.span.end as usize..).unwrap_or("").trim_start();
        [
            "nach INR",
            "n. INR",
            "nach Quick",
            "nach Plan",
            "n. Plan",
            "nach Schema",
            "laut Plan",
            "lt. Plan",
            "nach BZ",
            "per INR",
            "per sliding",
            "as directed",
        ]
        .iter()
        .any(|words| after.starts_with(words))
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

/// Whether a rule is for this patient.
enum Fits {
    /// It is; with what is worth saying of it.
    Yes(String),
    No,
    /// Something is not stated.
    CannotTell(String),
}

/// The medication of one patient, ready to be checked.
struct Case<'a> {
    document: &'a Document,
    layout: &'a Layout,
    /// The stretch of text that speaks of the patient.
    stretch: Span,
    /// The document speaks of nobody else: its metadata are the patient's.
    alone: bool,
    /// A section of diagnoses stands in the stretch.
    has_diagnoses: bool,
    entries: Vec<Entry<'a>>,
    age: OnceCell<Option<u32>>,
    sex: OnceCell<Option<Sex>>,
    filtration: OnceCell<Option<Filtration>>,
    conditions: OnceCell<Stated>,
}

/// The entries in text order, with what the rules ask of them.
fn entries<'a>(
    text: &str,
    layout: &Layout,
    mentions: &[MentionRow],
    medications: &'a [MedicationRow],
) -> Vec<Entry<'a>> {
    let span_of = |row: &MedicationRow| {
        let index = mentions.partition_point(|mention| mention.mention_id < row.mention_id);
        mentions
            .get(index)
            .filter(|mention| mention.mention_id == row.mention_id)
            .map_or(Span::default(), |mention| mention.span)
    };
    let entry = |row: &'a MedicationRow| {
        let span = span_of(row);
        let list = layout.sections.partition_point(|section| section.span.start <= span.start).checked_sub(1);
        let substances = row.inn.as_deref().map_or(Vec::new(), |inn| inn.split('/').collect());
        let before = text.get(..span.start as usize).unwrap_or("");
        let line = before.rsplit('\n').next().unwrap_or("").trim();
        let begins_its_line = line.len() <= 4 && !line.contains(char::is_alphabetic);
        Entry { row, substances, span, list, in_list: false, is_headed: false, begins_its_line, current: false }
    };
    let mut entries: Vec<Entry> = medications.iter().map(entry).collect();
    entries.sort_by_key(|entry| entry.span.start);
    entries
}

impl<'a> Case<'a> {
    fn of(document: &'a Document, layout: &'a Layout, stretch: Span, alone: bool, mut entries: Vec<Entry<'a>>) -> Self {
        let text = document.text();
        let kind = |entry: &Entry| layout.section_at(entry.span.start);
        let headed = |entry: &Entry| matches!(kind(entry), SectionKind::Medication | SectionKind::DischargeMedication);
        let listed =
            |entry: &Entry| entry.is_active() && (entry.has_regimen() || entry.is_by_plan(text) || headed(entry));
        let discharge = entries.iter().any(|entry| listed(entry) && kind(entry) == SectionKind::DischargeMedication);
        let any = entries.iter().any(listed);
        for entry in &mut entries {
            entry.is_headed = headed(entry);
            entry.in_list = headed(entry) || layout.sections.len() <= 1;
            entry.current = if discharge {
                entry.is_active() && kind(entry) == SectionKind::DischargeMedication
            } else if any {
                listed(entry)
            } else {
                entry.is_active()
            };
        }
        let has_diagnoses = layout.sections.iter().any(|section| {
            matches!(section.kind, SectionKind::Diagnosis | SectionKind::PastHistory)
                && section.span.overlaps(stretch)
                && section.span.len() > 20
        });
        Self {
            document,
            layout,
            stretch,
            alone,
            has_diagnoses,
            entries,
            age: OnceCell::new(),
            sex: OnceCell::new(),
            filtration: OnceCell::new(),
            conditions: OnceCell::new(),
        }
    }

    fn text(&self) -> &'a str {
        self.stretch.of(self.document.text())
    }

    fn metadata(&self) -> Option<&'a Document> {
        Some(self.document).filter(|_| self.alone)
    }

    /// The patient's age in years: metadata `age`, else the text.
    fn age(&self) -> Option<u32> {
        *self.age.get_or_init(|| patient::age(self.metadata(), self.text()))
    }

    fn sex(&self) -> Option<Sex> {
        *self.sex.get_or_init(|| patient::sex(self.metadata(), self.text()))
    }

    fn filtration(&self) -> Option<Filtration> {
        *self.filtration.get_or_init(|| patient::filtration(self.text()))
    }

    fn conditions(&self) -> &Stated {
        self.conditions.get_or_init(|| condition::stated(self.document.text(), self.layout, self.stretch))
    }

    /// Whether a drug of the set is taken now.
    fn takes_any(&self, drugs: &BTreeSet<String>) -> bool {
        !drugs.is_empty()
            && self.entries.iter().any(|entry| entry.current && entry.substances.iter().any(|inn| drugs.contains(*inn)))
    }

    /// Whether something stated lifts the rule for the entry.
    fn is_lifted(&self, rule: &Rule, entry: &Entry) -> bool {
        let unless = &rule.unless;
        let other = |drug: &Entry| drug.row.mention_id != entry.row.mention_id && drug.current;
        !unless.drugs.is_empty()
            && self
                .entries
                .iter()
                .any(|drug| other(drug) && drug.substances.iter().any(|inn| unless.drugs.contains(*inn)))
            || !unless.conditions.is_empty()
                && unless.conditions.iter().any(|index| self.conditions().affirmed.contains_key(index))
    }

    /// Whether the patient is of those that the rule is for.
    fn fits(&self, rule: &Rule) -> Fits {
        let mut detail = String::new();
        let mut missing = Vec::new();
        if rule.kind == Kind::MinDaily && (self.may_be_a_child() || self.filters_badly()) {
            return Fits::No;
        }
        if let Some(from) = rule.age_from {
            match self.age() {
                Some(age) if age < from => return Fits::No,
                Some(age) => detail = format!(", {age} years"),
                None => missing.push(format!("age is not stated; the rule holds from {from} years on")),
            }
        }
        if let Some(to) = rule.age_to {
            match self.age() {
                // Who is a child is said to be one.
                None if rule.age_from.is_none() => return Fits::No,
                Some(age) if age > to => return Fits::No,
                Some(age) => detail = format!(", {age} years"),
                None => {}
            }
        }
        if let Some(sex) = rule.sex {
            match self.sex() {
                Some(stated) if stated != sex => return Fits::No,
                Some(_) => {}
                None => missing.push("sex is not stated".to_owned()),
            }
        }
        if let Some(limit) = rule.gfr_below {
            match self.below(limit) {
                Fits::No => return Fits::No,
                Fits::Yes(said) => detail.push_str(&said),
                Fits::CannotTell(what) => missing.push(what),
            }
        }
        if missing.is_empty() { Fits::Yes(detail) } else { Fits::CannotTell(missing.join("; ")) }
    }

    /// Under 18, or of unknown age in a text that speaks of children.
    fn may_be_a_child(&self) -> bool {
        self.age().map_or_else(|| patient::speaks_of_children(self.text()), |age| age < 18)
    }

    fn filters_badly(&self) -> bool {
        self.filtration().is_some_and(|rate| rate.low < 30.0)
    }

    /// Whether the filtration rate lies below the limit. Where no figure is stated only kidneys that are said to be ill are worth a word.
    fn below(&self, limit: f64) -> Fits {
        match self.filtration() {
            Some(rate) if rate.low >= limit => Fits::No,
            Some(rate) if rate.high < limit && rate.low == rate.high => Fits::Yes(format!(", GFR {} ml/min", rate.low)),
            Some(rate) if rate.high < limit => Fits::Yes(format!(", GFR at most {} ml/min", rate.high)),
            Some(rate) => Fits::CannotTell(format!(
                "GFR is stated as {} to {} ml/min; the rule holds below {limit}",
                rate.low, rate.high
            )),
            None => {
                let ill = condition::index("kidney_disease")
                    .is_some_and(|index| self.conditions().affirmed.contains_key(&index));
                if ill {
                    Fits::CannotTell(format!("GFR is not stated; the rule holds below {limit} ml/min"))
                } else {
                    Fits::No
                }
            }
        }
    }
}

impl Rule {
    /// Whether the rule is for one route and another is stated.
    fn is_other_route(&self, entry: &Entry) -> bool {
        self.route.as_deref().is_some_and(|route| entry.row.route.as_deref().is_some_and(|stated| stated != route))
    }
}

/// Of several dose rules that one entry breaks only the gravest answers; of several that it keeps, one.
fn only_the_gravest(findings: &mut Vec<Finding<'_>>) {
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
