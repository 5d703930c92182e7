//! `manifest.json`, format 1: what a model of Befund's own format is made of, and the digests of its files.

use std::collections::BTreeMap;

use befund_core::{Failure, Label, MedicationStatus, RelationType, Task};
use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::encoder::EncoderShape;

/// The version this program reads.
const FORMAT: u32 = 1;

/// A checked manifest.
#[derive(Clone, Debug)]
pub(crate) struct Manifest {
    /// Name of the model.
    pub(crate) id: String,
    /// Sizes of the encoder.
    pub(crate) encoder: EncoderShape,
    /// Tasks in the order of `Task::ALL` with the labels of each head in its order.
    pub(crate) tasks: Vec<(Task, Vec<Label>)>,
    /// The relation head, where there is one.
    pub(crate) relations: Option<RelationShape>,
    /// The head that tells what becomes of a drug, where there is one.
    pub(crate) status: Option<StatusShape>,
    files: BTreeMap<String, FileFact>,
}

/// The status head.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct StatusShape {
    /// Classes in order; `None` is a drug that is named and not taken.
    pub(crate) classes: Vec<Option<MedicationStatus>>,
    /// Width of the hidden layer.
    pub(crate) hidden: usize,
}

/// The relation head.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RelationShape {
    /// Classes after `none`, in order.
    pub(crate) types: Vec<RelationType>,
    /// Width of the hidden layer.
    pub(crate) hidden: usize,
}

#[derive(Clone, Debug, Deserialize)]
struct FileFact {
    sha256: String,
    bytes: u64,
}

#[derive(Deserialize)]
struct Raw {
    format: u32,
    id: String,
    encoder: RawEncoder,
    tasks: BTreeMap<String, RawTask>,
    relations: Option<RawRelations>,
    status: Option<RawStatus>,
    files: BTreeMap<String, FileFact>,
}

#[derive(Deserialize)]
struct RawEncoder {
    r#type: String,
    activation: String,
    #[serde(flatten)]
    shape: EncoderShape,
}

#[derive(Deserialize)]
struct RawTask {
    labels: Vec<String>,
}

#[derive(Deserialize)]
struct RawRelations {
    types: Vec<String>,
    hidden: usize,
}

#[derive(Deserialize)]
struct RawStatus {
    classes: Vec<String>,
    hidden: usize,
}

impl Manifest {
    /// Reads and checks a manifest; `place` is the folder's name in messages.
    pub(crate) fn parse(bytes: &[u8], place: &str) -> Result<Self, Failure> {
        let refuse = |what: String| {
            Failure::new(format!("{place}: manifest.json {what}"), "use a model made for this version of befund")
        };
        let raw: Raw = serde_json::from_slice(bytes).map_err(|cause| {
            Failure::from_cause(format!("{place}: manifest.json cannot be read"), "copy the model again", cause)
        })?;
        if raw.format != FORMAT {
            return Err(refuse(format!("has format {}, this program reads {FORMAT}", raw.format)));
        }
        if raw.encoder.r#type != "bert" || raw.encoder.activation != "gelu_erf" {
            let RawEncoder { r#type, activation, .. } = &raw.encoder;
            return Err(refuse(format!("wants an encoder of type {type} with {activation}")));
        }
        raw.encoder.shape.check().map_err(&refuse)?;
        let tasks = tasks(&raw.tasks).map_err(&refuse)?;
        let relations = raw.relations.as_ref().map(relations).transpose().map_err(&refuse)?;
        let status = raw.status.as_ref().map(status).transpose().map_err(&refuse)?;
        Ok(Self { id: raw.id, encoder: raw.encoder.shape, tasks, relations, status, files: raw.files })
    }

    /// Checks a file's size and digest; gives the digest.
    pub(crate) fn verify(&self, place: &str, name: &str, bytes: &[u8]) -> Result<String, Failure> {
        let fact = self.files.get(name).ok_or_else(|| {
            Failure::new(format!("{place}: manifest.json does not list {name}"), "copy the model again")
        })?;
        let damaged = |what: String| {
            Failure::new(format!("{place}/{name} {what}"), "the file is damaged or was changed: copy the model again")
        };
        if bytes.len() as u64 != fact.bytes {
            return Err(damaged(format!("has {} bytes, the manifest says {}", bytes.len(), fact.bytes)));
        }
        let sha256 = digest(bytes);
        if sha256 != fact.sha256 {
            return Err(damaged(format!("has sha256 {sha256}, the manifest says {}", fact.sha256)));
        }
        Ok(sha256)
    }
}

fn tasks(raw: &BTreeMap<String, RawTask>) -> Result<Vec<(Task, Vec<Label>)>, String> {
    if let Some(unknown) = raw.keys().find(|name| Task::parse(name).is_none()) {
        return Err(format!("has a task {unknown} that this program does not know"));
    }
    let mut tasks = Vec::new();
    for &task in Task::ALL {
        let Some(RawTask { labels }) = raw.get(task.as_str()) else { continue };
        let known = |name: &String| {
            Label::parse(name)
                .filter(|label| task.labels().contains(label))
                .ok_or_else(|| format!("has a label {name} that task {task} does not know"))
        };
        tasks.push((task, labels.iter().map(known).collect::<Result<_, _>>()?));
    }
    if tasks.is_empty() { Err("has no task".to_string()) } else { Ok(tasks) }
}

fn relations(raw: &RawRelations) -> Result<RelationShape, String> {
    let Some(("none", types)) = raw.types.split_first().map(|(first, rest)| (first.as_str(), rest)) else {
        return Err("has relation types that do not begin with none".to_string());
    };
    let known = |name: &String| {
        RelationType::parse(name).ok_or_else(|| format!("has a relation type {name} that this program does not know"))
    };
    Ok(RelationShape { types: types.iter().map(known).collect::<Result<_, _>>()?, hidden: raw.hidden })
}

fn status(raw: &RawStatus) -> Result<StatusShape, String> {
    let known = |name: &String| match (name.as_str(), MedicationStatus::parse(name)) {
        ("none", _) => Ok(None),
        (_, Some(status)) => Ok(Some(status)),
        _ => Err(format!("has a status {name} that this program does not know")),
    };
    let classes: Vec<_> = raw.classes.iter().map(known).collect::<Result<_, _>>()?;
    if classes.is_empty() {
        Err("has a status head without classes".to_owned())
    } else {
        Ok(StatusShape { classes, hidden: raw.hidden })
    }
}

/// SHA-256 in lower-case hexadecimal.
pub(crate) fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest(format: u32, task: &str, label: &str) -> String {
        format!(
            r#"{{"format": {format}, "id": "m", "encoder": {{"type": "bert", "activation": "gelu_erf", "hidden": 8, "layers": 1,
            "heads": 2, "intermediate": 16, "vocab": 9, "max_positions": 4, "type_vocab": 2, "layer_norm_eps": 1e-12}},
            "tasks": {{"{task}": {{"labels": ["{label}"]}}}}, "relations": {{"types": ["none", "causes"], "hidden": 4}},
            "files": {{"a": {{"sha256": "{}", "bytes": 3}}}}}}"#,
            digest(b"abc")
        )
    }

    #[test]
    fn a_newer_format_an_unknown_task_and_a_stray_label_are_refused() {
        assert!(Manifest::parse(manifest(1, "ade", "Drug").as_bytes(), "m").is_ok());
        for (format, task, label) in [(2, "ade", "Drug"), (1, "oncology", "Drug"), (1, "ade", "Strength")] {
            assert!(Manifest::parse(manifest(format, task, label).as_bytes(), "m").is_err(), "{format} {task} {label}");
        }
    }

    #[test]
    fn a_changed_file_is_refused() {
        let manifest = Manifest::parse(manifest(1, "ade", "Drug").as_bytes(), "m").unwrap();
        assert_eq!(manifest.verify("m", "a", b"abc").unwrap(), digest(b"abc"));
        assert!(manifest.verify("m", "a", b"abd").unwrap_err().to_string().contains("sha256"));
        assert!(manifest.verify("m", "a", b"abcd").unwrap_err().to_string().contains("4 bytes"));
        assert!(manifest.verify("m", "b", b"abc").unwrap_err().to_string().contains("does not list b"));
    }
}
