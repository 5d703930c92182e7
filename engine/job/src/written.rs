//! Reading a dataset back for scoring.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use befund_core::Failure;
use befund_sink::{DatasetReader, ReadDocument};

use crate::eval::{Annotated, Mark, Pair};

/// The annotations of every readable document of a dataset, by identifier.
pub fn read_dataset(dir: &Path) -> Result<HashMap<String, Annotated>, Failure> {
    let documents =
        DatasetReader::open(dir)?.filter(|document| document.as_ref().map_or(true, |document| document.is_ok));
    documents.map(|document| document.map(|document| (document.doc_id.clone(), annotated(document)))).collect()
}

fn annotated(document: ReadDocument) -> Annotated {
    let places: HashMap<u32, usize> =
        document.mentions.iter().enumerate().map(|(index, row)| (row.mention_id, index)).collect();
    let pair = |row: &befund_sink::ReadRelation| {
        Some(Pair { kind: row.kind, head: *places.get(&row.head)?, tail: *places.get(&row.tail)? })
    };
    let mark = |row: &befund_sink::ReadMention| Mark {
        task: row.task,
        label: row.label,
        begin: row.begin,
        end: row.end,
        context: BTreeMap::from([
            ("assertion", row.assertion.to_string()),
            ("temporality", row.temporality.to_string()),
            ("subject", row.subject.to_string()),
        ]),
    };
    Annotated {
        doc_id: document.doc_id,
        language: None,
        tasks: Vec::new(),
        unlabelled: Vec::new(),
        relations_stated: true,
        pairs: document.relations.iter().filter_map(pair).collect(),
        marks: document.mentions.iter().map(mark).collect(),
        tnm: Some(document.tnm),
        medications: Some(document.medications),
    }
}
