//! Adverse events by rule, in German: a drug, a reaction and the words that make one the cause of the other.
//!
//! The model reads events in any words; what it misses most in German are common reactions after a plain cue ("Husten unter Ramipril",
//! "wegen Durchfall abgesetzt"). A pair is read only where cue, drug and reaction stand in one sentence (or the drug in the one before),
//! so that what is found is right nearly always. Words of improvement and of treatment forbid a reading. Assertion is not judged here
//! (`context`). It does not know English, rare reactions, or which dose was given.

mod cue;
mod item;
#[cfg(test)]
mod tests;

use befund_core::{Found, Label, Language, Layout, Mention, Relation, RelationType, Span, Task};

use cue::Reading;
use item::Items;
pub(crate) use item::REACTIONS;

/// Drugs and events of task `Ade` with `causes` between them, ordered by span. Nothing for a text that is not German.
pub(crate) fn scan(text: &str, layout: &Layout) -> Found {
    let mut pairs: Vec<(Span, Span)> = Vec::new();
    if layout.language == Language::De {
        let mut before: Option<Items> = None;
        for sentence in &layout.sentences {
            let items = Items::read(text, sentence.span);
            Reading { items: &items, before: before.as_ref() }.pairs(&mut pairs);
            before = Some(items);
        }
    }
    found(pairs)
}

/// For each (drug, event) pair that the model saw, whether its sentence says that the drug did not do it: "Obstipation unter Movicol
/// gebessert", "statt Insulin glargin". In German. A sentence is read once for the pairs in a row that stand in it.
pub(crate) fn excluded(text: &str, layout: &Layout, pairs: impl Iterator<Item = (Span, Span)>) -> Vec<bool> {
    let mut read: Option<(usize, Items)> = None;
    pairs
        .map(|(drug, event)| {
            let sentence = layout.sentence_at(drug.start).filter(|_| layout.language == Language::De);
            let Some(index) = sentence else { return false };
            if read.as_ref().is_none_or(|(known, _)| *known != index) {
                read = Some((index, Items::read(text, layout.sentences[index].span)));
            }
            read.as_ref().is_some_and(|(_, items)| Reading { items, before: None }.excludes(drug, event))
        })
        .collect()
}

/// The event without words of grammar at its ends ("atrophy in", "der Husten"), or nothing where only a grade or a course is left
/// ("severe"), or the rest of "Engegefühl in der Brust". For what the model saw, in both languages.
pub(crate) fn tidied(text: &str, event: Span) -> Option<Span> {
    const FRONT: &str = " the a an of in with and or to his her their this der die das den dem ein eine einer einem einen und mit von bei im am auf as for ";
    const BACK: &str =
        " in of the to and with on at for by from a an due was were is und mit bei von der die des im zu nach or ";
    const GRADES: &str = " severe mild moderate progressive worsening transient reversible increase increased increases increasing decrease decreased decreases fatal serious acute chronic recurrent schwere schwerer schweres schwer leichte akut akute zunehmende ";
    const BEFORE_A_SITE: &str = " in an auf am im unter über of on ";
    let is = |words: &str, word: &str| !word.contains(' ') && words.contains(&format!(" {} ", word.to_lowercase()));
    let last_before =
        text.get(..event.start as usize).and_then(|left| left.split_whitespace().next_back()).unwrap_or("");
    let mut span = event.trim(text);
    if is(FRONT, span.of(text).split_whitespace().next()?) && is(BEFORE_A_SITE, last_before) {
        return None;
    }
    while let Some((rest, _)) = span.of(text).rsplit_once(char::is_whitespace).filter(|(_, last)| is(BACK, last)) {
        span = Span::new(span.start as usize, span.start as usize + rest.len()).trim(text);
    }
    while let Some((_, rest)) = span.of(text).split_once(char::is_whitespace).filter(|(first, _)| is(FRONT, first)) {
        span = Span::new(span.end as usize - rest.len(), span.end as usize).trim(text);
    }
    let hyphens = span.of(text).len() - span.of(text).trim_start_matches('-').len();
    let span = Span::new(span.start as usize + hyphens, span.end as usize);
    (!span.is_empty() && !is(GRADES, span.of(text))).then_some(span)
}

fn found(mut pairs: Vec<(Span, Span)>) -> Found {
    pairs.sort_unstable_by_key(|(drug, event)| (drug.start, drug.end, event.start, event.end));
    pairs.dedup();
    let mut marks: Vec<(Span, Label)> =
        pairs.iter().flat_map(|&(drug, event)| [(drug, Label::Drug), (event, Label::Ade)]).collect();
    marks.sort_unstable_by_key(|(span, label)| (span.start, span.end, *label));
    marks.dedup();
    let order = |span: Span, label: Label| (span.start, span.end, label);
    let place =
        |span: Span, label: Label| marks.partition_point(|mark| order(mark.0, mark.1) < order(span, label)) as u32;
    let relations = pairs
        .iter()
        .map(|&(drug, event)| Relation {
            kind: RelationType::Causes,
            head: place(drug, Label::Drug),
            tail: place(event, Label::Ade),
            score: None,
        })
        .collect();
    let mention = |&(span, label): &(Span, Label)| Mention::by_rule(Task::Ade, label, span);
    Found { mentions: marks.iter().map(mention).collect(), relations, ..Found::default() }
}
