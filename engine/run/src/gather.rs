//! Collects what was found in the windows of a document until all of them are back.

use std::collections::HashMap;

use befund_core::{Document, Found, Layout, Looked, Origin};

/// A document whose windows are on their way.
#[derive(Debug)]
pub(crate) struct Opened {
    pub(crate) document: Document,
    pub(crate) text_sha256: [u8; 32],
    pub(crate) layout: Layout,
    pub(crate) n_tokens: u64,
    pub(crate) n_windows: u32,
    /// Bytes of the sentences that the gate kept from the encoder.
    pub(crate) n_bytes_gated: u64,
    /// What the gate saw of its text.
    pub(crate) looked: Option<Looked>,
}

/// A document all of whose windows are back.
#[derive(Debug)]
pub(crate) struct Gathered {
    pub(crate) opened: Opened,
    pub(crate) found: Found,
}

#[derive(Debug, Default)]
pub(crate) struct Gather {
    pending: HashMap<u64, (Opened, Vec<Found>)>,
}

impl Gather {
    /// Announces a document; must come before its windows.
    pub(crate) fn open(&mut self, opened: Opened) -> Option<Gathered> {
        let capacity = opened.n_windows as usize;
        if capacity == 0 {
            return Some(join(opened, Vec::new()));
        }
        self.pending.insert(opened.document.sequence, (opened, Vec::with_capacity(capacity)));
        None
    }

    /// Takes the findings of one window.
    pub(crate) fn put(&mut self, found: Found) -> Option<Gathered> {
        let sequence = found.origin.document;
        let (opened, parts) = self.pending.get_mut(&sequence)?;
        parts.push(found);
        if parts.len() < opened.n_windows as usize {
            return None;
        }
        self.pending.remove(&sequence).map(|(opened, parts)| join(opened, parts))
    }
}

fn join(opened: Opened, mut parts: Vec<Found>) -> Gathered {
    parts.sort_unstable_by_key(|found| found.origin.window);
    let origin = Origin { document: opened.document.sequence, ..Origin::default() };
    let mut found = Found { origin, ..Found::default() };
    for part in parts {
        let offset = found.mentions.len() as u32;
        found.mentions.extend(part.mentions);
        found.relations.extend(part.relations.into_iter().map(|mut relation| {
            relation.head += offset;
            relation.tail += offset;
            relation
        }));
    }
    Gathered { opened, found }
}

#[cfg(test)]
mod tests {
    use super::*;
    use befund_core::{Label, Mention, Relation, RelationType, Span, Task};

    fn part(window: u32, start: usize) -> Found {
        let mention = |at: usize, label| Mention::by_model(Task::Ade, label, Span::new(at, at + 1), 0.5);
        Found {
            origin: Origin { document: 0, sentence: window, window },
            mentions: vec![mention(start, Label::Drug), mention(start + 2, Label::Ade)],
            relations: vec![Relation { kind: RelationType::Causes, head: 0, tail: 1, score: None }],
        }
    }

    #[test]
    fn windows_that_come_late_keep_their_place_and_their_relations() {
        let mut gather = Gather::default();
        let document = Document::new(0, "s", "d", "abcdefghij");
        let layout = Layout::default();
        let (n_windows, n_tokens, n_bytes_gated) = (2, 8, 4);
        let opened =
            Opened { document, text_sha256: [0; 32], layout, n_tokens, n_windows, n_bytes_gated, looked: None };
        assert!(gather.open(opened).is_none());
        assert!(gather.put(part(1, 5)).is_none());
        let gathered = gather.put(part(0, 0)).unwrap();
        assert_eq!(gathered.found.mentions.iter().map(|m| m.span.start).collect::<Vec<_>>(), [0, 2, 5, 7]);
        assert_eq!((gathered.found.relations[1].head, gathered.found.relations[1].tail), (2, 3));
    }
}
