//! Reads rule tables. A row with a mistake is refused with its line and the reason; no rule is dropped in silence.
//!
//! A table is text with tabs. Its first line names the columns, in any order; those that a table does not need may be left out. What each
//! column means is written once, in `COLUMNS`, and shown by `befund rules columns`.

use std::collections::{BTreeSet, HashMap};
use std::fmt;

use befund_core::Severity;

use super::condition;

/// The rules.
pub(super) const RULES: &[u8] = include_bytes!("../../data/rules.tsv");
/// Classes that the rules name with `@`.
pub(super) const CLASSES: &[u8] = include_bytes!("../../data/classes.tsv");

/// What a rule asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Kind {
    MaxDaily,
    MaxSingle,
    MinDaily,
    NotDaily,
    Duplicate,
    DuplicateClass,
    Interaction,
    Allergy,
    Patient,
    Renal,
    Condition,
    Indication,
}

/// The kinds by name, with what they ask.
pub const KINDS: [(Kind, &str, &str); 12] = [
    (Kind::MaxDaily, "max_daily", "the most a day"),
    (Kind::MaxSingle, "max_single", "the most at once"),
    (Kind::MinDaily, "min_daily", "less a day is hardly enough for an adult"),
    (Kind::NotDaily, "not_daily", "not to be taken every day"),
    (Kind::Duplicate, "duplicate", "the same substance twice"),
    (Kind::DuplicateClass, "duplicate_class", "two substances of one class"),
    (Kind::Interaction, "interaction", "two drugs that do not go together"),
    (Kind::Allergy, "allergy", "a drug in spite of an allergy"),
    (Kind::Patient, "patient", "not for patients of this age or sex"),
    (Kind::Renal, "renal", "not at this function of the kidneys"),
    (Kind::Condition, "condition", "not with this diagnosis"),
    (Kind::Indication, "indication", "a reason must be stated"),
];

impl Kind {
    fn parse(word: &str) -> Option<Self> {
        KINDS.iter().find(|(_, name, _)| *name == word).map(|(kind, ..)| *kind)
    }
}

/// A set of substances.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Drugs {
    Any,
    These(BTreeSet<String>),
}

impl Drugs {
    /// Whether the INN is in the set.
    pub fn has(&self, inn: &str) -> bool {
        match self {
            Self::Any => true,
            Self::These(names) => names.contains(inn),
        }
    }
}

/// Drugs and conditions named together (`#gout, @nsaid`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Things {
    pub drugs: BTreeSet<String>,
    /// Indices into the table of conditions.
    pub conditions: BTreeSet<usize>,
}

/// A limit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Limit {
    pub value: f64,
    pub unit: &'static str,
}

/// Sex of a patient.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sex {
    Female,
    Male,
}

/// One rule.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Name, unique.
    pub id: String,
    /// What it asks.
    pub kind: Kind,
    pub(super) drugs: Drugs,
    /// The other side of a pair, the conditions, or what counts as a reason.
    pub(super) with: Option<Things>,
    /// What lifts the rule.
    pub(super) unless: Things,
    pub(super) limit: Option<Limit>,
    /// Only this route, where one is stated.
    pub(super) route: Option<String>,
    /// Only from and to this age in years.
    pub(super) age_from: Option<u32>,
    pub(super) age_to: Option<u32>,
    /// Only below this filtration rate in ml/min.
    pub(super) gfr_below: Option<f64>,
    pub(super) sex: Option<Sex>,
    /// How grave it is to break it.
    pub severity: Severity,
    /// What is said.
    pub message: String,
    /// Where it is written.
    pub citation: String,
    /// The row as it was read: name and value of every column that is filled.
    pub fields: Vec<(&'static str, String)>,
}

/// Why a table was refused.
#[derive(Debug, PartialEq, Eq)]
pub struct Mistake {
    /// Line in the file, from 1.
    pub line: usize,
    /// What is wrong.
    pub reason: String,
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.reason)
    }
}

impl std::error::Error for Mistake {}

/// The columns: name, whether a table must have it, meaning.
pub const COLUMNS: [(&str, bool, &str); 16] = [
    ("id", true, "name of the rule, unique"),
    (
        "kind",
        true,
        "max_daily, max_single, min_daily, not_daily, duplicate, duplicate_class, interaction, allergy, patient, renal, condition or indication",
    ),
    ("drugs", true, "INNs and @classes, separated by commas; * for any"),
    (
        "with",
        false,
        "interaction, allergy: the other drugs; condition: #conditions; indication: the #conditions and drugs that are a reason",
    ),
    ("unless", false, "#conditions, INNs and @classes that lift the rule"),
    ("limit", false, "max_daily, max_single, min_daily: the amount"),
    ("unit", false, "its unit: g, mg, µg or IU"),
    ("route", false, "only where this route or none is stated: oral, intravenous, ..."),
    ("age_from", false, "only from this age in years"),
    ("age_to", false, "only up to this age in years"),
    ("gfr_below", false, "only below this glomerular filtration rate or creatinine clearance in ml/min"),
    ("sex", false, "only for f or m"),
    ("severity", true, "info, minor, major or contraindicated"),
    ("message", true, "what is said of a prescription that breaks it"),
    ("citation", true, "where it is written"),
    ("effective", false, "day from which the source holds, as 2024-01-31"),
];
const UNITS: [&str; 4] = ["g", "mg", "µg", "IU"];

/// Reads a table of rules with the classes it may name.
pub(super) fn read(rules: &[u8], classes: &HashMap<String, Vec<String>>) -> Result<Vec<Rule>, Mistake> {
    let text = std::str::from_utf8(rules).map_err(|_| Mistake { line: 0, reason: "not UTF-8".to_owned() })?;
    let mut lines = text.trim_start_matches('\u{feff}').lines().enumerate();
    let header = header(lines.next().map_or("", |(_, line)| line)).map_err(|reason| Mistake { line: 1, reason })?;
    let mut read: Vec<Rule> = Vec::new();
    for (index, line) in lines.filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#')) {
        let mistake = |reason| Mistake { line: index + 1, reason };
        let rule = Row::of(line, &header).and_then(|row| row.rule(classes)).map_err(mistake)?;
        if read.iter().any(|other| other.id == rule.id) {
            return Err(mistake(format!("id {} stands twice", rule.id)));
        }
        read.push(rule);
    }
    Ok(read)
}

/// Reads the table of classes: name and members.
pub(super) fn read_classes(bytes: &[u8]) -> HashMap<String, Vec<String>> {
    std::str::from_utf8(bytes)
        .unwrap_or("")
        .lines()
        .skip(1)
        .filter_map(|line| line.split_once('\t'))
        .map(|(name, rest)| {
            (name.to_owned(), rest.split('\t').next().unwrap_or("").split('|').map(str::to_owned).collect())
        })
        .collect()
}

/// Index into `COLUMNS` of each column of the table.
fn header(line: &str) -> Result<Vec<usize>, String> {
    let place = |name: &str| COLUMNS.iter().position(|(column, ..)| *column == name.trim());
    let mut header = Vec::new();
    for name in line.split('\t') {
        let column =
            place(name).ok_or_else(|| format!("unknown column {name:?}; `befund rules columns` lists them"))?;
        if header.contains(&column) {
            return Err(format!("column {name} stands twice"));
        }
        header.push(column);
    }
    match COLUMNS.iter().enumerate().find(|(index, (_, needed, _))| *needed && !header.contains(index)) {
        Some((_, (name, ..))) => Err(format!("column {name} is missing")),
        None => Ok(header),
    }
}

/// One line by columns; what is not there is empty.
struct Row<'l>([&'l str; COLUMNS.len()]);

impl<'l> Row<'l> {
    fn of(line: &'l str, header: &[usize]) -> Result<Self, String> {
        let fields: Vec<&str> = line.split('\t').collect();
        if fields.len() != header.len() {
            return Err(format!("{} columns instead of {}", fields.len(), header.len()));
        }
        let mut row = [""; COLUMNS.len()];
        for (column, field) in header.iter().zip(fields) {
            row[*column] = field.trim();
        }
        Ok(Self(row))
    }

    fn get(&self, name: &str) -> &'l str {
        COLUMNS.iter().position(|(column, ..)| *column == name).map_or("", |column| self.0[column])
    }

    fn number<N: std::str::FromStr>(&self, name: &str) -> Result<Option<N>, String> {
        let text = self.get(name);
        (!text.is_empty()).then(|| text.parse().map_err(|_| format!("{name} {text} is no number"))).transpose()
    }

    fn rule(&self, classes: &HashMap<String, Vec<String>>) -> Result<Rule, String> {
        let word = self.get("kind");
        let kind = Kind::parse(word).ok_or_else(|| format!("unknown kind {word}"))?;
        let word = self.get("severity");
        let severity = Severity::parse(word).ok_or_else(|| format!("unknown severity {word}"))?;
        let (id, citation, message) = (self.get("id"), self.get("citation"), self.get("message"));
        if id.is_empty() || citation.is_empty() || message.is_empty() {
            return Err("id, message and citation must not be empty".to_owned());
        }
        let with = self.get("with");
        let rule = Rule {
            id: id.to_owned(),
            kind,
            drugs: drugs(self.get("drugs"), classes)?,
            with: (!with.is_empty()).then(|| things(with, classes)).transpose()?,
            unless: things(self.get("unless"), classes)?,
            limit: self.limit()?,
            route: Some(self.get("route")).filter(|route| !route.is_empty()).map(str::to_owned),
            age_from: self.number("age_from")?,
            age_to: self.number("age_to")?,
            gfr_below: self.number("gfr_below")?,
            sex: self.sex()?,
            severity,
            message: message.to_owned(),
            citation: citation.to_owned(),
            fields: COLUMNS
                .iter()
                .zip(self.0)
                .filter(|(_, field)| !field.is_empty())
                .map(|((name, ..), field)| (*name, field.to_owned()))
                .collect(),
        };
        rule.is_whole().map(|()| rule)
    }

    fn limit(&self) -> Result<Option<Limit>, String> {
        let unit = self.get("unit");
        let known = || {
            let unit = if unit == "IE" { "IU" } else { unit };
            UNITS.into_iter().find(|known| *known == unit).ok_or_else(|| format!("unknown unit {unit}"))
        };
        match self.number("limit")? {
            Some(value) => Ok(Some(Limit { value, unit: known()? })),
            None if unit.is_empty() => Ok(None),
            None => Err("a unit needs a limit".to_owned()),
        }
    }

    fn sex(&self) -> Result<Option<Sex>, String> {
        match self.get("sex") {
            "" => Ok(None),
            "f" => Ok(Some(Sex::Female)),
            "m" => Ok(Some(Sex::Male)),
            other => Err(format!("unknown sex {other}; f or m")),
        }
    }
}

impl Rule {
    /// Whether the rule names the substance, on either side. Rules for every drug do not count.
    pub fn names(&self, inn: &str) -> bool {
        let other = self.with.as_ref().is_some_and(|with| with.drugs.contains(inn));
        self.drugs != Drugs::Any && self.drugs.has(inn) || other
    }

    /// Whether the rule has what its kind needs.
    fn is_whole(&self) -> Result<(), String> {
        let limited = matches!(self.kind, Kind::MaxDaily | Kind::MaxSingle | Kind::MinDaily);
        if limited != self.limit.is_some() {
            return Err("a dose rule needs limit and unit, and no other rule has them".to_owned());
        }
        let paired = matches!(self.kind, Kind::Interaction | Kind::Allergy);
        let drugs_with = self.with.as_ref().is_some_and(|with| !with.drugs.is_empty() && with.conditions.is_empty());
        if paired && !drugs_with {
            return Err("a rule of pairs needs drugs in `with`".to_owned());
        }
        let conditions = self.with.as_ref().is_some_and(|with| !with.conditions.is_empty());
        match self.kind {
            Kind::Condition if !conditions => Err("a condition rule needs #conditions in `with`".to_owned()),
            Kind::Indication if !conditions => {
                Err("an indication rule needs the #conditions that are a reason in `with`".to_owned())
            }
            Kind::Patient if self.age_from.is_none() && self.age_to.is_none() && self.sex.is_none() => {
                Err("a patient rule needs age_from, age_to or sex".to_owned())
            }
            Kind::Renal if self.gfr_below.is_none() => Err("a renal rule needs gfr_below".to_owned()),
            _ if !paired && self.with.is_some() && !matches!(self.kind, Kind::Condition | Kind::Indication) => {
                Err("only rules of pairs, conditions and indications have `with`".to_owned())
            }
            _ => Ok(()),
        }
    }
}

/// `paracetamol, @nsaid` or `*`.
fn drugs(names: &str, classes: &HashMap<String, Vec<String>>) -> Result<Drugs, String> {
    if names == "*" {
        return Ok(Drugs::Any);
    }
    let things = things(names, classes)?;
    if !things.conditions.is_empty() {
        return Err("`drugs` holds no #conditions".to_owned());
    }
    if things.drugs.is_empty() { Err("no drug is named".to_owned()) } else { Ok(Drugs::These(things.drugs)) }
}

/// `#gout, @nsaid, paracetamol`; `*` is every drug and stays an empty set with the mark inside.
fn things(names: &str, classes: &HashMap<String, Vec<String>>) -> Result<Things, String> {
    let mut things = Things::default();
    for name in names.split(',').map(str::trim).filter(|name| !name.is_empty()) {
        if let Some(class) = name.strip_prefix('@') {
            let members = classes.get(class).ok_or_else(|| format!("unknown class {class}"))?;
            things.drugs.extend(members.iter().cloned());
        } else if let Some(condition) = name.strip_prefix('#') {
            things
                .conditions
                .insert(condition::index(condition).ok_or_else(|| format!("unknown condition {condition}"))?);
        } else if name == "*" {
            things.drugs.insert(name.to_owned());
        } else {
            things.drugs.insert(inn(name)?);
        }
    }
    Ok(things)
}

/// The name, when it is an INN as the tables have it.
fn inn(name: &str) -> Result<String, String> {
    let known = crate::medication::name(name).ok_or_else(|| format!("unknown drug {name}"))?;
    if known.misspelt {
        return Err(format!("unknown drug {name}; did you mean {}?", known.inn));
    }
    if known.inn == name { Ok(known.inn) } else { Err(format!("{name} is no INN; did you mean {}?", known.inn)) }
}
