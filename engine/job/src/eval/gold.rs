//! Gold files: JSON Lines as `datasets/LABELS.md` describes them.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use befund_core::{Failure, Label, RelationType, Task};
use serde::Deserialize;
use serde_json::{Map, Value};

/// A labelled span in code points.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// Task.
    pub task: Task,
    /// Label.
    pub label: Label,
    /// First code point.
    pub begin: u32,
    /// One past the last.
    pub end: u32,
    /// Assertion, temporality, subject where they are stated, under the names of the columns.
    pub context: BTreeMap<&'static str, String>,
}

/// A relation between two marks of the same document.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    /// Type.
    pub kind: RelationType,
    /// Index of the drug.
    pub head: usize,
    /// Index of the other.
    pub tail: usize,
}

/// The annotations of one document, gold or predicted.
#[derive(Clone, Debug, Default)]
pub struct Annotated {
    /// Identifier.
    pub doc_id: String,
    /// "de" or "en", where stated.
    pub language: Option<String>,
    /// Tasks that gold speaks about; empty means all.
    pub tasks: Vec<Task>,
    /// Labels that gold marks incompletely: what is written of them beyond gold is not held against the dataset.
    pub unlabelled: Vec<(Task, Label)>,
    /// Whether gold speaks about relations.
    pub relations_stated: bool,
    /// Marks.
    pub marks: Vec<Mark>,
    /// Relations.
    pub pairs: Vec<Pair>,
    /// Rows of `tnm`; `None` where gold says nothing about the table.
    pub tnm: Option<Vec<Map<String, Value>>>,
    /// Rows of `medications`.
    pub medications: Option<Vec<Map<String, Value>>>,
}

/// The columns of `mentions` that gold may state besides the span.
pub(crate) const CONTEXT: [&str; 3] = ["assertion", "temporality", "subject"];

#[derive(Deserialize)]
struct Entry {
    doc_id: String,
    language: Option<String>,
    supervise: Option<Vec<String>>,
    #[serde(default)]
    unlabelled: Vec<String>,
    #[serde(default)]
    mentions: Vec<Map<String, Value>>,
    #[serde(default)]
    relations: Vec<Relation>,
    tnm: Option<Vec<Map<String, Value>>>,
    medications: Option<Vec<Map<String, Value>>>,
}

#[derive(Deserialize)]
struct Relation {
    #[serde(rename = "type")]
    kind: String,
    head: usize,
    tail: usize,
}

/// Reads a gold file.
pub fn read_gold(path: &Path) -> Result<Vec<Annotated>, Failure> {
    let file = File::open(path)
        .map_err(|e| Failure::from_cause(format!("cannot open {}", path.display()), "check --gold", e))?;
    let mut documents = Vec::new();
    for (index, line) in BufReader::new(file).lines().enumerate() {
        let place = || format!("{} line {}", path.display(), index + 1);
        let line =
            line.map_err(|e| Failure::from_cause(format!("cannot read {}", place()), "the file must be UTF-8", e))?;
        if line.trim().is_empty() {
            continue;
        }
        let document = parse(&line)
            .map_err(|what| Failure::new(format!("{}: {what}", place()), "datasets/LABELS.md has the format"))?;
        documents.push(document);
    }
    Ok(documents)
}

fn parse(line: &str) -> Result<Annotated, String> {
    // serde's message may quote the line, and the line may hold a patient's text: only the place is passed on.
    let entry: Entry = serde_json::from_str(line)
        .map_err(|e| format!("not a gold record (column {}, {:?} error)", e.column(), e.classify()))?;
    let marks = entry.mentions.iter().map(mark).collect::<Result<Vec<_>, _>>()?;
    let pairs = entry
        .relations
        .iter()
        .map(|relation| {
            let kind = RelationType::parse(&relation.kind).ok_or(format!("unknown relation type {}", relation.kind))?;
            let known = relation.head < marks.len() && relation.tail < marks.len();
            if known {
                Ok(Pair { kind, head: relation.head, tail: relation.tail })
            } else {
                Err("a relation points past the mentions".to_string())
            }
        })
        .collect::<Result<Vec<_>, _>>()?;
    let supervise = entry.supervise;
    let label = |name: &String| {
        let (task, label) = name.split_once('.')?;
        Some((Task::parse(task)?, Label::parse(label)?))
    };
    let unlabelled = entry.unlabelled.iter().map(|name| label(name).ok_or(format!("unknown label {name}")));
    let unlabelled = unlabelled.collect::<Result<Vec<_>, _>>()?;
    Ok(Annotated {
        unlabelled,
        doc_id: entry.doc_id,
        language: entry.language,
        relations_stated: supervise.as_ref().is_none_or(|heads| heads.iter().any(|head| head == "relations")),
        tasks: supervise.unwrap_or_default().iter().filter_map(|head| Task::parse(head)).collect(),
        marks,
        pairs,
        tnm: entry.tnm,
        medications: entry.medications,
    })
}

fn mark(object: &Map<String, Value>) -> Result<Mark, String> {
    let text = |key: &str| object.get(key).and_then(Value::as_str);
    let number = |key: &str| object.get(key).and_then(Value::as_u64).and_then(|n| u32::try_from(n).ok());
    let task = text("task").and_then(Task::parse).ok_or("a mention has no known task")?;
    let label = text("label").and_then(Label::parse).ok_or("a mention has no known label")?;
    let (Some(begin), Some(end)) = (number("begin"), number("end")) else {
        return Err("a mention has no begin or end".into());
    };
    if begin >= end || !task.labels().contains(&label) {
        return Err(format!("a mention at {begin}..{end} is empty or its label {label} is not one of task {task}"));
    }
    let context = CONTEXT.iter().filter_map(|key| Some((*key, text(key)?.to_string()))).collect();
    Ok(Mark { task, label, begin, end, context })
}
