//! Reads the rule table. A row with a mistake is refused with its line and the reason; no rule is dropped in silence.

use std::collections::{BTreeSet, HashMap};
use std::fmt;

use befund_core::Severity;

/// The rules.
pub(super) const RULES: &[u8] = include_bytes!("../../data/rules.tsv");
/// Classes that the rules name with `@`.
pub(super) const CLASSES: &[u8] = include_bytes!("../../data/classes.tsv");

/// What a rule asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    MaxDaily,
    MaxSingle,
    NotDaily,
    Duplicate,
    Interaction,
    Allergy,
    Age,
}

impl Kind {
    fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "max_daily" => Self::MaxDaily,
            "max_single" => Self::MaxSingle,
            "not_daily" => Self::NotDaily,
            "duplicate" => Self::Duplicate,
            "interaction" => Self::Interaction,
            "allergy" => Self::Allergy,
            "age" => Self::Age,
            _ => return None,
        })
    }
}

/// A set of substances.
#[derive(Debug, PartialEq, Eq)]
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

/// A limit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Limit {
    pub value: f64,
    pub unit: &'static str,
}

/// One rule.
#[derive(Debug)]
pub(super) struct Rule {
    pub id: String,
    pub kind: Kind,
    pub drugs: Drugs,
    /// The other side of a pair.
    pub with: Option<Drugs>,
    pub limit: Option<Limit>,
    /// Only this route, where one is stated.
    pub route: Option<String>,
    /// Only from this age in years.
    pub age_from: Option<u32>,
    pub severity: Severity,
    pub message: String,
    pub citation: String,
}

/// Why a table was refused.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Mistake {
    /// Line in the file, from 1.
    pub line: usize,
    pub reason: String,
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "rule table, line {}: {}", self.line, self.reason)
    }
}

const COLUMNS: [&str; 12] = [
    "id",
    "kind",
    "drugs",
    "with",
    "limit",
    "unit",
    "route",
    "age_from",
    "severity",
    "message",
    "citation",
    "effective",
];
const UNITS: [&str; 4] = ["g", "mg", "µg", "IU"];

/// Reads both tables.
pub(super) fn read(rules: &[u8], classes: &[u8]) -> Result<Vec<Rule>, Mistake> {
    let text = |bytes| std::str::from_utf8(bytes).map_err(|_| Mistake { line: 0, reason: "not UTF-8".to_owned() });
    let classes = read_classes(text(classes)?);
    let mut lines = text(rules)?.lines().enumerate();
    let header = lines.next().map_or("", |(_, line)| line);
    if header.split('\t').ne(COLUMNS) {
        return Err(Mistake { line: 1, reason: format!("the columns must be {}", COLUMNS.join(", ")) });
    }
    let mut read: Vec<Rule> = Vec::new();
    for (index, line) in lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#')) {
        let rule = row(line, &classes).map_err(|reason| Mistake { line: index + 1, reason })?;
        if read.iter().any(|other| other.id == rule.id) {
            return Err(Mistake { line: index + 1, reason: format!("id {} stands twice", rule.id) });
        }
        read.push(rule);
    }
    Ok(read)
}

fn read_classes(text: &str) -> HashMap<&str, Vec<&str>> {
    text.lines()
        .skip(1)
        .filter_map(|line| line.split_once('\t'))
        .map(|(name, rest)| (name, rest.split('\t').next().unwrap_or("").split('|').collect()))
        .collect()
}

fn row(line: &str, classes: &HashMap<&str, Vec<&str>>) -> Result<Rule, String> {
    let fields: Vec<&str> = line.split('\t').collect();
    let [id, kind, names, with, limit, unit, route, age_from, severity, message, citation, effective] = fields[..]
    else {
        return Err(format!("{} columns instead of {}", fields.len(), COLUMNS.len()));
    };
    let kind = Kind::parse(kind).ok_or_else(|| format!("unknown kind {kind}"))?;
    let severity = Severity::parse(severity).ok_or_else(|| format!("unknown severity {severity}"))?;
    let age_from = (!age_from.is_empty())
        .then(|| age_from.parse().map_err(|_| format!("age_from {age_from} is no number")))
        .transpose()?;
    let limit = match (limit, unit) {
        ("", "") => None,
        (value, unit) => {
            let value = value.parse().map_err(|_| format!("limit {value} is no number"))?;
            let unit = UNITS.into_iter().find(|known| *known == unit).ok_or_else(|| format!("unknown unit {unit}"))?;
            Some(Limit { value, unit })
        }
    };
    if id.is_empty() || message.is_empty() || citation.is_empty() || effective.len() != 10 {
        return Err("id, message, citation and effective (YYYY-MM-DD) must be given".to_owned());
    }
    if matches!(kind, Kind::MaxDaily | Kind::MaxSingle) != limit.is_some() {
        return Err("a dose rule needs limit and unit, and no other rule has them".to_owned());
    }
    let with = (!with.is_empty()).then(|| drugs(with, classes)).transpose()?;
    if matches!(kind, Kind::Interaction | Kind::Allergy) != with.is_some() {
        return Err("a rule of pairs needs `with`, and no other rule has it".to_owned());
    }
    let age_needed = kind == Kind::Age && age_from.is_none();
    if age_needed {
        return Err("an age rule needs age_from".to_owned());
    }
    Ok(Rule {
        id: id.to_owned(),
        kind,
        drugs: drugs(names, classes)?,
        with,
        limit,
        route: (!route.is_empty()).then(|| route.to_owned()),
        age_from,
        severity,
        message: message.to_owned(),
        citation: citation.to_owned(),
    })
}

/// `paracetamol, @nsaid` or `*`.
fn drugs(names: &str, classes: &HashMap<&str, Vec<&str>>) -> Result<Drugs, String> {
    if names == "*" {
        return Ok(Drugs::Any);
    }
    let mut set = BTreeSet::new();
    for name in names.split(',').map(str::trim).filter(|name| !name.is_empty()) {
        match name.strip_prefix('@') {
            Some(class) => {
                let members = classes.get(class).ok_or_else(|| format!("unknown class {class}"))?;
                set.extend(members.iter().map(|member| (*member).to_owned()));
            }
            None => {
                let known = crate::medication::name(name).ok_or_else(|| format!("unknown drug {name}"))?;
                if known.misspelt {
                    return Err(format!("unknown drug {name}; did you mean {}?", known.inn));
                }
                if known.inn != name {
                    return Err(format!("{name} is no INN; did you mean {}?", known.inn));
                }
                set.insert(name.to_owned());
            }
        }
    }
    if set.is_empty() { Err("no drug is named".to_owned()) } else { Ok(Drugs::These(set)) }
}
