//! From class probabilities to mentions: BIO decoding, span borders, scores. Pure functions over one window.
//!
//! The training script's `align.decode` states the same rules; a change here must be made there. Sees no text: closing punctuation is
//! recognised by token id (`ClosingMarks`).

use std::ops::Range;

use befund_core::{FoundBy, Label, Mention, Span, Task};

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
}

impl Scheme {
    /// O, B and I of the first label, B and I of the second, ...
    pub(crate) fn bio(task: Task, labels: &[Label]) -> Self {
        let pairs = (0..labels.len()).flat_map(|label| [Tag::Begin(label), Tag::Inside(label)]);
        Self {
            labels: labels.iter().map(|&label| (task, label)).collect(),
            tags: std::iter::once(Tag::Outside).chain(pairs).collect(),
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
/// `probabilities` is [n_tokens, n_classes], row-major. Each token has its most probable tag. `Begin` starts a mention, `Inside` of the
/// same label goes on with it, `Inside` after anything else starts one. Tokens without bytes are passed over. The span reaches from the
/// first token's start to the last token's end, without closing punctuation. The score is the mean over the tokens of P(begin) +
/// P(inside) of the label. A mention belongs to the window that keeps its first token; others are dropped.
pub(crate) fn mentions(scheme: &Scheme, probabilities: &[f32], tokens: &Tokens, marks: &ClosingMarks) -> Vec<Located> {
    let mut runs: Vec<(usize, Vec<usize>)> = Vec::new();
    let mut open = false;
    for (token, row) in probabilities.chunks_exact(scheme.n_classes()).enumerate() {
        if tokens.spans[token].is_empty() {
            continue;
        }
        match (scheme.tags[most_probable(row)], runs.last_mut()) {
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
    let mention = Mention { task, label: name, span, score: Some(score.min(1.0)), found_by: FoundBy::Model };
    Some(Located { mention, tokens: run[0]..run[run.len() - 1] + 1 })
}

/// Index of the largest value, the first of equals.
fn most_probable(row: &[f32]) -> usize {
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
        r#"{"model": {"type": "Unigram", "vocab": [["<s>", 0.0], ["x", 0.0], [".", 0.0], ["a;", 0.0]]}}"#;

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
}
