//! A linear model over hashed words: multinomial logistic regression with weights of one byte.
//!
//! File (little endian): 16 bytes of magic; for T, then N: features u32, classes u32; scale of the weights, slope and offset of the score,
//! a bias for each class, as f32; the 32-bit FNV-1a hashes of the features, ascending, u32; weights [features, classes] i8.
//! A text is 1 + ln(count) for each known feature, divided by the length of that vector. It does not know what the classes mean.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::words::Words;

/// The file, for its hash.
pub(crate) const WEIGHTS: &[u8] = include_bytes!("../../../data/stage_inference.bin");

const MAGIC: &[u8; 16] = b"befund stage 1\0\0";

/// One axis.
pub(super) struct Linear {
    n_classes: usize,
    scale: f64,
    slope: f64,
    offset: f64,
    bias: Vec<f64>,
    features: Vec<u32>,
    weights: Vec<i8>,
}

/// T and N; `None` only where the embedded file is broken, which a test excludes.
pub(super) static AXES: LazyLock<Option<[Linear; 2]>> = LazyLock::new(|| {
    let mut rest = WEIGHTS.strip_prefix(MAGIC)?;
    let axes = [Linear::read(&mut rest)?, Linear::read(&mut rest)?];
    rest.is_empty().then_some(axes)
});

/// Every occurrence of a feature: its hash and its place in the text.
pub(super) struct Occurrences(Vec<(u32, u32)>);

/// The known features of one text.
pub(super) struct Known {
    /// Feature and its place in the text, in the order of `Occurrences`.
    places: Vec<(usize, u32)>,
    /// How often each occurs, in the order of the model.
    counts: BTreeMap<usize, u32>,
}

/// What the model says of one text.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Answer {
    /// The likeliest class among those that were allowed.
    pub class: usize,
    /// The next one.
    pub second: usize,
    /// Its probability among the allowed, calibrated: the share of such answers that is right.
    pub score: f64,
    /// All classes, before calibration.
    pub probabilities: Vec<f64>,
}

impl Linear {
    fn read(rest: &mut &[u8]) -> Option<Self> {
        fn four<T>(rest: &mut &[u8], of: fn([u8; 4]) -> T) -> Option<T> {
            let (bytes, after) = rest.split_first_chunk()?;
            *rest = after;
            Some(of(*bytes))
        }
        let n_features = four(rest, u32::from_le_bytes)? as usize;
        let n_classes = four(rest, u32::from_le_bytes)? as usize;
        let mut number = |_| four(rest, f32::from_le_bytes).map(f64::from);
        let (scale, slope, offset) = (number(0)?, number(0)?, number(0)?);
        let bias = (0..n_classes).map(&mut number).collect::<Option<_>>()?;
        let features = (0..n_features).map(|_| four(rest, u32::from_le_bytes)).collect::<Option<_>>()?;
        let (weights, after) = rest.split_at_checked(n_features * n_classes)?;
        *rest = after;
        let weights = weights.iter().map(|byte| *byte as i8).collect();
        Some(Self { n_classes, scale, slope, offset, bias, features, weights })
    }

    fn weight(&self, feature: usize, class: usize) -> f64 {
        f64::from(self.weights[feature * self.n_classes + class]) * self.scale
    }

    /// What the model knows of a text.
    pub fn known(&self, text: &Occurrences) -> Known {
        let feature = |(hash, at): &(u32, u32)| Some((self.features.binary_search(hash).ok()?, *at));
        let places: Vec<(usize, u32)> = text.0.iter().filter_map(feature).collect();
        let mut counts = BTreeMap::new();
        for (feature, _) in &places {
            *counts.entry(*feature).or_insert(0) += 1;
        }
        Known { places, counts }
    }

    /// The likeliest class from `least_class` on.
    pub fn answer(&self, known: &Known, least_class: usize) -> Answer {
        let counts = &known.counts;
        let length = counts.values().map(|count| value(*count).powi(2)).sum::<f64>().sqrt().max(f64::MIN_POSITIVE);
        let mut logits = self.bias.clone();
        for (feature, count) in counts {
            for (class, logit) in logits.iter_mut().enumerate() {
                *logit += value(*count) / length * self.weight(*feature, class);
            }
        }
        let highest = logits.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let odds: Vec<f64> = logits.iter().map(|logit| (logit - highest).exp()).collect();
        let sum: f64 = odds.iter().sum();
        let mut order: Vec<usize> = (least_class..self.n_classes).collect();
        order.sort_by(|a, b| odds[*b].total_cmp(&odds[*a]).then(a.cmp(b)));
        let (class, second) = (order[0], order[1]);
        let others: f64 = order[1..].iter().map(|class| odds[*class]).sum();
        let log_odds = (odds[class] / others).ln();
        let score = 1.0 / (1.0 + (-(self.slope * log_odds + self.offset)).exp());
        Answer { class, second, score, probabilities: odds.iter().map(|odd| odd / sum).collect() }
    }

    /// What speaks for the answer, and against the next class, place by place.
    pub fn reasons(&self, known: &Known, answer: &Answer) -> Vec<(u32, f64)> {
        let share = |(feature, at): &(usize, u32)| {
            let count = *known.counts.get(feature)?;
            let gain = self.weight(*feature, answer.class) - self.weight(*feature, answer.second);
            Some((*at, gain * value(count) / f64::from(count)))
        };
        known.places.iter().filter_map(share).collect()
    }
}

fn value(count: u32) -> f64 {
    1.0 + f64::from(count).ln()
}

impl Occurrences {
    /// Words, pairs of neighbouring words and the borders of the largest size; words and borders once more as those of the organ.
    pub fn of(text: &Words<'_>, organ: &str) -> Self {
        let mut found = Vec::with_capacity(3 * text.words.len() + 2 * text.sizes.len());
        for pair in text.words.windows(2) {
            found.push((fnv1a(fnv1a(fnv1a(FNV_START, &pair[0].text), " "), &pair[1].text), pair[0].at));
        }
        let of_organ = fnv1a(fnv1a(FNV_START, organ), "@");
        for word in text.words.iter().chain(&text.sizes) {
            found.push((fnv1a(FNV_START, &word.text), word.at));
            found.push((fnv1a(of_organ, &word.text), word.at));
        }
        Self(found)
    }
}

const FNV_START: u32 = 0x811c_9dc5;

/// 32-bit FNV-1a (Fowler, Noll, Vo), going on from `hash`.
fn fnv1a(hash: u32, text: &str) -> u32 {
    text.bytes().fold(hash, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::super::words::{Word, words};
    use super::*;

    /// `python -m scripts.train.stage_inference train` writes it beside the weights.
    const ORACLE: &str = include_str!("../../../tests/stage_inference.json");

    #[test]
    fn words_and_probabilities_are_those_of_the_training_script() {
        let axes = AXES.as_ref().expect("the embedded weights are readable");
        let records: Vec<Value> = serde_json::from_str(ORACLE).unwrap();
        assert!(records.len() >= 4);
        for record in &records {
            let text = record["text"].as_str().unwrap();
            let read = words(text);
            let plain = |words: &[Word<'_>]| Value::from_iter(words.iter().map(|word| word.text.to_string()));
            assert_eq!(plain(&read.words), record["words"]);
            assert_eq!(plain(&read.sizes), record["sizes"]);
            for (axis, name) in axes.iter().zip(["t", "n"]) {
                let answer = axis.answer(&axis.known(&Occurrences::of(&read, record["organ"].as_str().unwrap())), 0);
                let close = |ours: f64, theirs: &Value| (ours - theirs.as_f64().unwrap()).abs() < 1e-6;
                let theirs = record[name]["probabilities"].as_array().unwrap();
                assert_eq!(answer.probabilities.len(), theirs.len());
                assert!(answer.probabilities.iter().zip(theirs).all(|(ours, theirs)| close(*ours, theirs)), "{text}");
                assert!(close(answer.score, &record[name]["score"]), "{text}");
            }
        }
    }

    #[test]
    fn an_answer_keeps_to_the_classes_that_are_allowed() {
        let axes = AXES.as_ref().unwrap();
        let text = Occurrences::of(&words("All nodes negative, no tumor in 12 lymph nodes"), "colorectum");
        let known = axes[1].known(&text);
        assert_eq!(axes[1].answer(&known, 0).class, 0);
        assert!(axes[1].answer(&known, 1).class >= 1);
    }
}
