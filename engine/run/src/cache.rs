//! What was found in windows already read: letterheads, consent forms, "no lymphadenopathy" are written thousands of times in an archive.
//!
//! A window's findings depend on its tokens, on where they lie relative to each other, and on the tokens it answers for; nothing else.
//! So an equal window gives equal findings, moved to its own place, and the output is the same bytes with any size of cache. Windows are
//! compared by SHA-256, which nobody has ever seen collide. Memory is bounded by two generations: when the younger one is full the elder
//! is dropped, and what is asked for in the elder moves to the younger.

use std::collections::HashMap;
use std::mem::size_of;
use std::sync::{Mutex, PoisonError};

use befund_core::{Batch, Found, Mention, Origin, Relation, Span, Window};
use sha2::{Digest, Sha256};

type Key = [u8; 32];

/// Findings whose spans are counted from the window's first byte.
#[derive(Clone, Debug)]
struct Entry {
    mentions: Box<[Mention]>,
    relations: Box<[Relation]>,
}

impl Entry {
    fn bytes(&self) -> usize {
        // Key and entry stand in a table that is at worst half empty.
        2 * (size_of::<Key>() + size_of::<Self>())
            + size_of_val::<[Mention]>(&self.mentions)
            + size_of_val::<[Relation]>(&self.relations)
    }
}

/// Findings by window, shared by the packer, who asks, and the workers, who tell.
#[derive(Debug)]
pub(crate) struct Cache {
    /// Bytes of one generation; 0: nothing is kept.
    max_bytes: usize,
    generations: Mutex<Generations>,
}

#[derive(Debug, Default)]
struct Generations {
    younger: HashMap<Key, Entry>,
    elder: HashMap<Key, Entry>,
    bytes: usize,
}

impl Generations {
    fn put(&mut self, key: Key, entry: Entry, max_bytes: usize) {
        if self.bytes + entry.bytes() > max_bytes {
            self.elder = std::mem::take(&mut self.younger);
            self.bytes = 0;
        }
        self.bytes += entry.bytes();
        self.younger.insert(key, entry);
    }
}

impl Cache {
    /// Room for about `max_bytes` of findings.
    pub(crate) fn new(max_bytes: usize) -> Self {
        Self { max_bytes: max_bytes / 2, generations: Mutex::default() }
    }

    /// What was found in an equal window, as if it had been found in this one.
    pub(crate) fn get(&self, window: &Window) -> Option<Found> {
        if self.max_bytes == 0 {
            return None;
        }
        let base = base(&window.spans);
        let key = key(&window.ids, &window.spans, base, &window.keep);
        let mut generations = self.generations.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(entry) = generations.younger.get(&key) {
            return Some(moved(entry, base, window.origin));
        }
        let entry = generations.elder.remove(&key)?;
        let found = moved(&entry, base, window.origin);
        generations.put(key, entry, self.max_bytes);
        Some(found)
    }

    /// Keeps what was found in the windows of a batch.
    pub(crate) fn put(&self, batch: &Batch, found: &[Found]) {
        if self.max_bytes == 0 {
            return;
        }
        for (index, found) in found.iter().enumerate().take(batch.len()) {
            let range = batch.range(index);
            let base = base(&batch.spans[range.clone()]);
            let key = key(&batch.ids[range.clone()], &batch.spans[range], base, &batch.keeps[index]);
            let back = |mention: &Mention| Mention { span: shifted(mention.span, |at| at - base), ..mention.clone() };
            let entry = Entry {
                mentions: found.mentions.iter().map(back).collect(),
                relations: found.relations.iter().cloned().collect(),
            };
            self.generations.lock().unwrap_or_else(PoisonError::into_inner).put(key, entry, self.max_bytes);
        }
    }
}

/// First byte of the window's text; special tokens have none.
fn base(spans: &[Span]) -> u32 {
    spans.iter().filter(|span| !span.is_empty()).map(|span| span.start).min().unwrap_or(0)
}

fn key(ids: &[u32], spans: &[Span], base: u32, keep: &std::ops::Range<u32>) -> Key {
    let mut digest = Sha256::new();
    digest.update(keep.start.to_le_bytes());
    digest.update(keep.end.to_le_bytes());
    for (id, span) in ids.iter().zip(spans) {
        let span = if span.is_empty() { Span::default() } else { shifted(*span, |at| at - base + 1) };
        let mut token = [0; 12];
        token[..4].copy_from_slice(&id.to_le_bytes());
        token[4..8].copy_from_slice(&span.start.to_le_bytes());
        token[8..].copy_from_slice(&span.end.to_le_bytes());
        digest.update(token);
    }
    digest.finalize().into()
}

fn moved(entry: &Entry, base: u32, origin: Origin) -> Found {
    let there = |mention: &Mention| Mention { span: shifted(mention.span, |at| at + base), ..mention.clone() };
    Found { origin, mentions: entry.mentions.iter().map(there).collect(), relations: entry.relations.to_vec() }
}

fn shifted(span: Span, to: impl Fn(u32) -> u32) -> Span {
    Span { start: to(span.start), end: to(span.end) }
}

#[cfg(test)]
mod tests {
    use befund_core::{Label, RelationType, Task};

    use super::*;

    fn window(first: u32, ids: [u32; 3]) -> Window {
        let spans =
            vec![Span::default(), Span { start: first, end: first + 2 }, Span { start: first + 3, end: first + 4 }];
        let origin = Origin { document: u64::from(first), sentence: 1, window: 2 };
        Window { origin, ids: ids.to_vec(), spans, keep: 0..3 }
    }

    fn found(first: u32) -> Found {
        let mention = |label, start| Mention::by_model(Task::Ade, label, Span { start, end: start + 1 }, 0.5);
        Found {
            origin: window(first, [0; 3]).origin,
            mentions: vec![mention(Label::Drug, first), mention(Label::Ade, first + 3)],
            relations: vec![Relation { kind: RelationType::Causes, head: 0, tail: 1, score: Some(0.75) }],
        }
    }

    fn put(cache: &Cache, window: Window) {
        let (mut batch, first) = (Batch::new(), window.spans[1].start);
        batch.push(window);
        cache.put(&batch, &[found(first)]);
    }

    #[test]
    fn an_equal_window_elsewhere_has_the_same_findings_at_its_own_place() {
        let cache = Cache::new(1 << 16);
        put(&cache, window(40, [7, 8, 9]));
        assert_eq!(cache.get(&window(3, [7, 8, 9])), Some(found(3)));
        assert_eq!(cache.get(&window(900, [7, 8, 9])), Some(found(900)));
    }

    #[test]
    fn windows_that_differ_in_anything_are_not_mistaken_for_each_other() {
        let cache = Cache::new(1 << 16);
        put(&cache, window(40, [7, 8, 9]));
        assert_eq!(cache.get(&window(40, [7, 8, 10])), None);
        let (mut wider, mut kept) = (window(40, [7, 8, 9]), window(40, [7, 8, 9]));
        wider.spans[2] = Span { start: 44, end: 45 };
        kept.keep = 0..2;
        assert!(cache.get(&wider).is_none() && cache.get(&kept).is_none());
        assert!(Cache::new(0).get(&window(40, [7, 8, 9])).is_none());
    }

    #[test]
    fn what_is_asked_for_stays_and_memory_is_bounded() {
        let cache = Cache::new(1 << 14);
        put(&cache, window(40, [7, 8, 9]));
        for id in 0..10_000 {
            put(&cache, window(40, [id, 1, 1]));
            if id % 10 == 0 {
                assert!(cache.get(&window(5, [7, 8, 9])).is_some(), "after {id}");
            }
        }
        assert!(cache.get(&window(40, [0, 1, 1])).is_none());
        let generations = cache.generations.lock().unwrap();
        let bytes = |generation: &HashMap<Key, Entry>| generation.values().map(Entry::bytes).sum::<usize>();
        assert!(bytes(&generations.younger) + bytes(&generations.elder) <= 1 << 14);
    }
}
