//! From a checkpoint's own label names to Befund's tasks and labels.
//!
//! A name that equals one of ours (in any case) or a usual alias is taken as it is; everything else must be said in `befund.json` beside
//! `config.json`: `{"labels": {"CHEM": "medication/Drug", "MISC": "ignore"}, "subwords": "each"}`. Nothing is guessed and nothing is
//! dropped silently.

use std::collections::BTreeMap;

use befund_core::{Failure, Label, Task};
use serde::Deserialize;
use serde_json::Value;

use crate::decode::{Scheme, Tag};

/// Which tokens of a word the checkpoint was taught on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Subwords {
    /// The first; the others follow it (how transformers' examples train).
    #[default]
    First,
    /// Each for itself.
    Each,
}

/// A checkpoint's classes in our words.
#[derive(Debug)]
pub(super) struct Mapping {
    pub(super) scheme: Scheme,
    pub(super) subwords: Subwords,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Own {
    #[serde(default)]
    labels: BTreeMap<String, String>,
    #[serde(default)]
    subwords: Subwords,
}

/// Other names in use: n2c2 2018, ADE corpus, CADEC, SMM4H, German data sets.
const ALIASES: &[(&str, Label)] = &[
    ("CHEMICAL", Label::Drug),
    ("MEDICATION", Label::Drug),
    ("MEDICINE", Label::Drug),
    ("SUBSTANCE", Label::Drug),
    ("MEDIKAMENT", Label::Drug),
    ("WIRKSTOFF", Label::Drug),
    ("ADR", Label::Ade),
    ("AE", Label::Ade),
    ("ADVERSE_EVENT", Label::Ade),
    ("ADVERSE_EFFECT", Label::Ade),
    ("ADVERSE_DRUG_EVENT", Label::Ade),
    ("ADVERSE_DRUG_REACTION", Label::Ade),
    ("SIDE_EFFECT", Label::Ade),
    ("NEBENWIRKUNG", Label::Ade),
    ("DOSAGE", Label::Dose),
    ("DOSIS", Label::Dose),
    ("STAERKE", Label::Strength),
    ("FREQUENZ", Label::Frequency),
    ("DAUER", Label::Duration),
];

/// What a class name begins with; IOB2, BIOES and BILOU.
const PREFIXES: &[(&str, bool)] =
    &[("B", true), ("S", true), ("U", true), ("I", false), ("E", false), ("L", false), ("M", false)];

impl Mapping {
    /// From `id2label` in `config.json` and the optional `befund.json`.
    pub(super) fn new(config: &Value, own: Option<&Value>, place: &str) -> Result<Self, Failure> {
        let own: Own = match own {
            None => Own::default(),
            Some(value) => Own::deserialize(value).map_err(|cause| {
                Failure::from_cause(format!("{place}/befund.json cannot be read"), example("NAME"), cause)
            })?,
        };
        let names = class_names(config).ok_or_else(|| {
            let what = format!("{place}/config.json has no id2label with the numbers 0, 1, 2, ...");
            Failure::new(what, "use a token-classification checkpoint")
        })?;
        let split: Vec<_> = names.iter().map(|name| split(name)).collect();
        let preferred = preferred_task(split.iter().flatten().map(|(name, _)| *name));
        let mut scheme = Scheme { labels: Vec::new(), tags: Vec::new(), whole_words: false };
        for class in &split {
            let tag = match class {
                None => Tag::Outside,
                Some((name, begins)) => match target(name, &own, preferred, place)? {
                    None => Tag::Outside,
                    Some(target) => {
                        let known = scheme.labels.iter().position(|&label| label == target);
                        let index = known.unwrap_or(scheme.labels.len());
                        if known.is_none() {
                            scheme.labels.push(target);
                        }
                        if *begins { Tag::Begin(index) } else { Tag::Inside(index) }
                    }
                },
            };
            scheme.tags.push(tag);
        }
        if scheme.labels.is_empty() {
            return Err(Failure::new(format!("{place}/config.json has no label that befund knows"), example("NAME")));
        }
        Ok(Self { scheme, subwords: own.subwords })
    }
}

fn class_names(config: &Value) -> Option<Vec<String>> {
    let entries = config["id2label"].as_object()?;
    let name = |id: usize| entries.get(&id.to_string())?.as_str().map(str::to_string);
    (0..entries.len()).map(name).collect()
}

/// `B-Drug` -> (`Drug`, begins); `None` for O. A name without prefix never begins a mention of its own.
fn split(class: &str) -> Option<(&str, bool)> {
    if class.eq_ignore_ascii_case("O") {
        return None;
    }
    for &(prefix, begins) in PREFIXES {
        let rest = class.strip_prefix(prefix).and_then(|rest| rest.strip_prefix(['-', '_']));
        if let Some(name) = rest.filter(|name| !name.is_empty()) {
            return Some((name, begins));
        }
    }
    Some((class, false))
}

/// The task that knows most of the names; `Drug` alone belongs to two.
fn preferred_task<'a>(names: impl Iterator<Item = &'a str>) -> Task {
    let labels: Vec<Label> = names.filter_map(label).collect();
    let known = |task: Task| labels.iter().filter(|label| task.labels().contains(label)).count();
    [Task::Tnm, Task::Ade, Task::Medication].into_iter().max_by_key(|&task| known(task)).unwrap_or(Task::Medication)
}

/// Our label for a name. Case matters only where ours differ by case alone, which they don't.
fn label(name: &str) -> Option<Label> {
    let same = |ours: &str| ours.eq_ignore_ascii_case(&name.replace(['-', ' '], "_"));
    let ours = Label::ALL.iter().copied().find(|label| same(label.as_str()));
    ours.or_else(|| ALIASES.iter().find(|(alias, _)| same(alias)).map(|&(_, label)| label))
}

/// Task and label for a name; `None` where the user wants it ignored.
fn target(name: &str, own: &Own, preferred: Task, place: &str) -> Result<Option<(Task, Label)>, Failure> {
    let wrong = |what: String| Err(Failure::new(what, example(name)));
    if let Some(given) = own.labels.get(name) {
        if given == "ignore" {
            return Ok(None);
        }
        let parsed = given.split_once('/').and_then(|(task, label)| Some((Task::parse(task)?, Label::parse(label)?)));
        return match parsed.filter(|(task, label)| task.labels().contains(label)) {
            Some(target) => Ok(Some(target)),
            None => wrong(format!("{place}/befund.json maps {name} to {given:?}, which is no task/Label")),
        };
    }
    let Some(label) = label(name) else {
        return wrong(format!("{place}/config.json has a label {name} that befund does not know"));
    };
    let task =
        [preferred, Task::Medication, Task::Ade, Task::Tnm].into_iter().find(|task| task.labels().contains(&label));
    Ok(task.map(|task| (task, label)))
}

fn example(name: &str) -> String {
    format!(
        "write befund.json beside config.json: {{\"labels\": {{\"{name}\": \"medication/Drug\"}}}} with a task and label of \
         datasets/LABELS.md, or \"ignore\""
    )
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn mapping(names: &[&str], own: Option<Value>) -> Result<Mapping, Failure> {
        let id2label: serde_json::Map<String, Value> =
            names.iter().enumerate().map(|(id, name)| (id.to_string(), json!(name))).collect();
        Mapping::new(&json!({ "id2label": id2label }), own.as_ref(), "m")
    }

    #[test]
    fn usual_names_need_no_configuration() {
        let found = mapping(&["O", "B-DRUG", "I-DRUG", "B-Adverse-Event", "I-Adverse-Event"], None).unwrap();
        assert_eq!(found.scheme.labels, [(Task::Ade, Label::Drug), (Task::Ade, Label::Ade)]);
        assert_eq!(found.scheme.tags, [Tag::Outside, Tag::Begin(0), Tag::Inside(0), Tag::Begin(1), Tag::Inside(1)]);
        let found = mapping(&["I-DOSAGE", "O", "I-CHEMICAL"], None).unwrap();
        assert_eq!(found.scheme.labels, [(Task::Medication, Label::Dose), (Task::Medication, Label::Drug)]);
        let found = mapping(&["O", "T", "U-Pn", "L-Pn"], None).unwrap();
        assert_eq!(found.scheme.tags, [Tag::Outside, Tag::Inside(0), Tag::Begin(1), Tag::Inside(1)]);
    }

    #[test]
    fn an_unknown_name_is_refused_with_what_to_write() {
        let message = mapping(&["O", "B-PER"], None).unwrap_err().to_string();
        assert!(message.contains("label PER") && message.contains("befund.json"), "{message}");
        assert!(message.contains("medication/Drug"), "{message}");
    }

    #[test]
    fn befund_json_decides() {
        let own = json!({"labels": {"PER": "ignore", "X": "medication/Reason"}, "subwords": "each"});
        let found = mapping(&["O", "B-PER", "B-X", "I-X"], Some(own)).unwrap();
        assert_eq!(found.scheme.labels, [(Task::Medication, Label::Reason)]);
        assert_eq!(found.scheme.tags, [Tag::Outside, Tag::Outside, Tag::Begin(0), Tag::Inside(0)]);
        assert_eq!(found.subwords, Subwords::Each);
        for wrong in [json!({"labels": {"X": "ade/Strength"}}), json!({"labels": {"X": "Drug"}}), json!({"label": {}})]
        {
            assert!(mapping(&["O", "B-X"], Some(wrong)).is_err());
        }
    }
}
