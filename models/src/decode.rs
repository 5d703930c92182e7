//! From class probabilities to mentions: BIO decoding, span borders, scores. Pure functions over one window.
//!
//! The training script's `align.decode` states the same rules; a change here must be made there. Sees no text: closing punctuation is
//! recognised by token id (`ClosingMarks`).

use std::ops::Range;

use befund_core::{Label, Mention, Span, Task};

use crate::marks::ClosingMarks;

/// What a class of a token head says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tag {
    /// No mention.
    Outside,
    /// First token of a mention with this index into `Scheme::labels`.
    Begin(usize),
    /// Further token.
    Inside(usize),
}

impl Tag {
    fn label(self) -> Option<usize> {
        match self {
            Self::Outside => None,
            Self::Begin(label) | Self::Inside(label) => Some(label),
        }
    }
}

/// The classes of one head.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Scheme {
    /// What mentions can be.
    pub(crate) labels: Vec<(Task, Label)>,
    /// Meaning of each class, in the order of the head's outputs.
    pub(crate) tags: Vec<Tag>,
    /// Whether the tokens of a word decide together. Names and events are whole words; stages are glued (`pT2pN0`) and are not.
    pub(crate) whole_words: bool,
}

impl Scheme {
    /// O, B and I of the first label, B and I of the second, ...
    pub(crate) fn bio(task: Task, labels: &[Label]) -> Self {
        let pairs = (0..labels.len()).flat_map(|label| [Tag::Begin(label), Tag::Inside(label)]);
        Self {
            labels: labels.iter().map(|&label| (task, label)).collect(),
            tags: std::iter::once(Tag::Outside).chain(pairs).collect(),
            whole_words: task != Task::Tnm,
        }
    }

    /// Number of classes.
    pub(crate) fn n_classes(&self) -> usize {
        self.tags.len()
    }
}

/// The tokens of one window.
#[derive(Clone, Debug)]
pub(crate) struct Tokens<'a> {
    /// Ids, special tokens included.
    pub(crate) ids: &'a [u32],
    /// Bytes in the document; empty for special tokens and for tokens of white space alone.
    pub(crate) spans: &'a [Span],
    /// Tokens the window answers for.
    pub(crate) keep: Range<u32>,
}

/// A mention and the tokens it was read from.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Located {
    /// The mention.
    pub(crate) mention: Mention,
    /// Its tokens within the window, closing punctuation included.
    pub(crate) tokens: Range<usize>,
}

/// Mentions of one head in text order.
///
/// `probabilities` is [n_tokens, n_classes], row-major. Each token has its most probable tag, or its word's (`whole_words`). `Begin` starts a mention, `Inside` of the
/// same label goes on with it, `Inside` after anything else starts one. Tokens without bytes are passed over. The span reaches from the
/// first token's start to the last token's end, without closing punctuation. The score is the mean over the tokens of P(begin) +
/// P(inside) of the label. A mention belongs to the window that keeps its first token; others are dropped.
pub(crate) fn mentions(scheme: &Scheme, probabilities: &[f32], tokens: &Tokens, marks: &ClosingMarks) -> Vec<Located> {
    let mut runs: Vec<(usize, Vec<usize>)> = Vec::new();
    let mut open = false;
    for (token, tag) in tags(scheme, probabilities, tokens, marks).into_iter().enumerate() {
        if tokens.spans[token].is_empty() {
            continue;
        }
        match (tag, runs.last_mut()) {
            (Tag::Outside, _) => open = false,
            (Tag::Inside(label), Some((last, run))) if open && *last == label => run.push(token),
            (Tag::Begin(label) | Tag::Inside(label), _) => {
                runs.push((label, vec![token]));
                open = true;
            }
        }
    }
    let kept = runs.into_iter().filter(|(_, run)| tokens.keep.contains(&(run[0] as u32)));
    kept.filter_map(|(label, run)| located(scheme, probabilities, tokens, marks, label, &run)).collect()
}

/// The tag of each token. Where words decide as wholes, a run of letters has the label of the largest mean probability over its tokens, and
/// begins a mention where its first token does: half a word is never a drug.
fn tags(scheme: &Scheme, probabilities: &[f32], tokens: &Tokens, marks: &ClosingMarks) -> Vec<Tag> {
    let n = scheme.n_classes();
    let row = |token: usize| &probabilities[token * n..(token + 1) * n];
    let n_tokens = probabilities.len() / n;
    let mut tags: Vec<Tag> = (0..n_tokens).map(|token| scheme.tags[most_probable(row(token))]).collect();
    if !scheme.whole_words {
        return tags;
    }
    let touch = |a: Span, b: Span| !a.is_empty() && !b.is_empty() && a.end == b.start;
    let mut start = 0;
    while start < n_tokens {
        let mut stop = start + 1;
        while stop < n_tokens
            && touch(tokens.spans[stop - 1], tokens.spans[stop])
            && marks.within_letters(tokens.ids[stop - 1], tokens.ids[stop])
        {
            stop += 1;
        }
        if stop - start > 1 {
            // Probability of each label, outside last, summed over the word's tokens: the order of sums is that of their means.
            let mut sums = vec![0.0_f32; scheme.labels.len() + 1];
            for token in start..stop {
                for (tag, p) in scheme.tags.iter().zip(row(token)) {
                    sums[tag.label().unwrap_or(scheme.labels.len())] += p;
                }
            }
            let best = most_probable(&sums);
            tags[start..stop].fill(if best == scheme.labels.len() { Tag::Outside } else { Tag::Inside(best) });
            let of = |wanted: Tag| {
                scheme.tags.iter().zip(row(start)).filter(|(tag, _)| **tag == wanted).map(|(_, p)| p).sum::<f32>()
            };
            if best < scheme.labels.len() && of(Tag::Begin(best)) >= of(Tag::Inside(best)) {
                tags[start] = Tag::Begin(best);
            }
        }
        start = stop;
    }
    tags
}

fn located(
    scheme: &Scheme,
    probabilities: &[f32],
    tokens: &Tokens,
    marks: &ClosingMarks,
    label: usize,
    run: &[usize],
) -> Option<Located> {
    let (task, name) = scheme.labels[label];
    let end = run.iter().rev().find_map(|&token| {
        let span = tokens.spans[token];
        let end = span.end - marks.closing_bytes(tokens.ids[token], span.len(), name);
        (end > span.start).then_some(end)
    })?;
    let of_label = |token: usize| -> f32 {
        let row = &probabilities[token * scheme.n_classes()..][..scheme.n_classes()];
        scheme.tags.iter().zip(row).filter(|(tag, _)| tag.label() == Some(label)).map(|(_, p)| p).sum()
    };
    let score = run.iter().map(|&token| of_label(token)).sum::<f32>() / run.len() as f32;
    let span = Span { start: tokens.spans[run[0]].start, end };
    let mention = Mention::by_model(task, name, span, score.min(1.0));
    Some(Located { mention, tokens: run[0]..run[run.len() - 1] + 1 })
}

/// Index of the largest value, the first of equals.
pub(crate) fn most_probable(row: &[f32]) -> usize {
    let mut best = 0;
    for (index, &value) in row.iter().enumerate() {
        if value > row[best] {
            best = index;
        }
    }
    best
}

/// Logits to probabilities, in place.
pub(crate) fn softmax(row: &mut [f32]) {
    let largest = row.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let mut sum = 0.0;
    for value in row.iter_mut() {
        *value = (*value - largest).exp();
        sum += *value;
    }
    row.iter_mut().for_each(|value| *value /= sum);
}

#[cfg(test)]
mod tests {
    use Label::{Ade, Drug, Route};

    use super::*;

    const VOCABULARY: &str =
        r#"{"model": {"type": "Unigram", "vocab": [["<s>", 0.0], ["x", 0.0], [".", 0.0], ["a;", 0.0], ["2", 0.0]]}}"#;

    /// Tokens of two bytes a piece with one blank between; `ids` 0 is a special token, 2 a full stop.
    fn decode(tags: &[usize], ids: &[u32], keep: Range<u32>) -> Vec<(Label, u32, u32, Range<usize>)> {
        let scheme = Scheme::bio(Task::Ade, &[Drug, Ade, Route]);
        let mut probabilities = vec![0.05; tags.len() * scheme.n_classes()];
        for (token, &tag) in tags.iter().enumerate() {
            probabilities[token * scheme.n_classes() + tag] = 0.7;
        }
        let spans: Vec<Span> = (0u32..)
            .zip(ids)
            .map(|(i, &id)| match id {
                0 => Span::default(),
                2 => Span { start: 3 * i, end: 3 * i + 1 },
                _ => Span { start: 3 * i, end: 3 * i + 2 },
            })
            .collect();
        let marks = ClosingMarks::parse(VOCABULARY.as_bytes(), "t").unwrap();
        let found = mentions(&scheme, &probabilities, &Tokens { ids, spans: &spans, keep }, &marks);
        found.into_iter().map(|it| (it.mention.label, it.mention.span.start, it.mention.span.end, it.tokens)).collect()
    }

    // Classes: 0 O, 1 B-Drug, 2 I-Drug, 3 B-ADE, 4 I-ADE, 5 B-Route, 6 I-Route.

    #[test]
    fn begin_starts_and_inside_goes_on() {
        assert_eq!(decode(&[0, 1, 2, 0, 3], &[1; 5], 0..5), [(Drug, 3, 8, 1..3), (Ade, 12, 14, 4..5)]);
        assert_eq!(decode(&[1, 1], &[1; 2], 0..2), [(Drug, 0, 2, 0..1), (Drug, 3, 5, 1..2)]);
    }

    #[test]
    fn inside_after_anything_else_starts_a_mention() {
        assert_eq!(decode(&[2, 2], &[1; 2], 0..2), [(Drug, 0, 5, 0..2)]);
        assert_eq!(decode(&[1, 4], &[1; 2], 0..2), [(Drug, 0, 2, 0..1), (Ade, 3, 5, 1..2)]);
        assert_eq!(decode(&[1, 0, 2], &[1; 3], 0..3), [(Drug, 0, 2, 0..1), (Drug, 6, 8, 2..3)]);
    }

    #[test]
    fn tokens_without_bytes_neither_begin_nor_break_a_mention() {
        assert_eq!(decode(&[1, 1, 2, 0, 2, 2], &[0, 1, 1, 0, 1, 0], 0..6), [(Drug, 3, 14, 1..5)]);
        assert_eq!(decode(&[3, 4], &[0, 1], 0..2), [(Ade, 3, 5, 1..2)]);
    }

    #[test]
    fn closing_punctuation_is_outside_but_the_stop_of_an_abbreviation_is_not() {
        assert_eq!(decode(&[3, 4, 4], &[1, 2, 2], 0..3), [(Ade, 0, 2, 0..3)]);
        assert_eq!(decode(&[3, 4], &[1, 3], 0..2), [(Ade, 0, 4, 0..2)]);
        assert_eq!(decode(&[5, 6], &[1, 2], 0..2), [(Route, 0, 4, 0..2)]);
        assert_eq!(decode(&[3, 0], &[2, 1], 0..2), []);
    }

    #[test]
    fn a_mention_belongs_to_the_window_that_keeps_its_first_token() {
        assert_eq!(decode(&[1, 2, 2, 3], &[1; 4], 1..4), [(Ade, 9, 11, 3..4)]);
        assert_eq!(decode(&[0, 1, 2, 2], &[1; 4], 0..2), [(Drug, 3, 11, 1..4)]);
    }

    #[test]
    fn the_score_is_the_mean_probability_of_the_label() {
        let scheme = Scheme::bio(Task::Ade, &[Drug]);
        let marks = ClosingMarks::parse(VOCABULARY.as_bytes(), "t").unwrap();
        let tokens = Tokens { ids: &[1, 1], spans: &[Span::new(0, 2), Span::new(3, 5)], keep: 0..2 };
        let found = mentions(&scheme, &[0.1, 0.5, 0.4, 0.3, 0.2, 0.5], &tokens, &marks);
        assert!((found[0].mention.score.unwrap() - 0.8).abs() < 1e-6);
    }

    #[test]
    fn probabilities_sum_to_one_for_any_logits() {
        for mut row in [vec![0.0, 1.0, -3.0], vec![1e4, -1e4, 1e4], vec![-80.0; 7]] {
            softmax(&mut row);
            assert!((row.iter().sum::<f32>() - 1.0).abs() < 1e-6);
        }
    }

    /// Labels of the mentions in one glued word of two-byte pieces, each given by its (class, probability).
    fn glued(task: Task, pieces: &[(usize, f32)], ids: &[u32]) -> Vec<(Label, u32, u32)> {
        let scheme = Scheme::bio(task, &[Drug, Ade, Route]);
        let mut probabilities = Vec::new();
        for &(class, p) in pieces {
            let mut row = vec![(1.0 - p) / 6.0; scheme.n_classes()];
            row[class] = p;
            probabilities.extend(row);
        }
        let spans: Vec<Span> = (0..pieces.len()).map(|i| Span::new(2 * i, 2 * i + 2)).collect();
        let marks = ClosingMarks::parse(VOCABULARY.as_bytes(), "t").unwrap();
        let keep = 0..pieces.len() as u32;
        let found = mentions(&scheme, &probabilities, &Tokens { ids, spans: &spans, keep }, &marks);
        found.into_iter().map(|it| (it.mention.label, it.mention.span.start, it.mention.span.end)).collect()
    }

    #[test]
    fn a_word_is_one_mention_or_none() {
        assert_eq!(glued(Task::Ade, &[(1, 0.6), (0, 0.4), (2, 0.7)], &[1; 3]), [(Drug, 0, 6)]);
        assert_eq!(glued(Task::Ade, &[(1, 0.5), (0, 0.9), (0, 0.9)], &[1; 3]), []);
        // Digits and letters decide apart (40mg), and so do the parts of a glued stage.
        assert_eq!(glued(Task::Ade, &[(0, 0.9), (1, 0.9)], &[4, 1]), [(Drug, 2, 4)]);
        assert_eq!(glued(Task::Tnm, &[(1, 0.6), (0, 0.9), (3, 0.7)], &[1; 3]), [(Drug, 0, 2), (Ade, 4, 6)]);
    }
}
