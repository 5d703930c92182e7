//! The heads on top of the encoder: one token classifier for each task, side by side, and one classifier of pairs for relations, one of drugs for
//! what becomes of them.

use std::ops::Range;

use befund_core::{Failure, Fate, Label, MedicationStatus, Relation, RelationType, Task};
use candle_core::{DType, Tensor};

use crate::decode::{Located, Scheme, most_probable, softmax};
use crate::encoder::{States, not_loaded};
use crate::kernel::{Activation, PackedLinear};
use crate::manifest::{RelationShape, StatusShape};
use crate::ops::{Linear, Place};
use crate::weights::Weights;

/// The token heads of all tasks as one layer.
pub(crate) struct TokenHeads {
    /// Classes of each task, in the order of the columns.
    pub(crate) schemes: Vec<Scheme>,
    layer: Layer,
}

enum Layer {
    Host(PackedLinear),
    Device(Linear),
}

impl TokenHeads {
    /// Loads `heads.<task>.weight` [classes, hidden] and `heads.<task>.bias` [classes].
    pub(crate) fn load(
        weights: &Weights,
        tasks: Vec<(Task, Scheme)>,
        hidden: usize,
        place: &Place,
    ) -> Result<Self, Failure> {
        let (mut weight, mut bias) = (Vec::new(), Vec::new());
        for (task, scheme) in &tasks {
            weight.extend(weights.matrix(&format!("heads.{task}.weight"), scheme.n_classes(), hidden)?);
            bias.extend(weights.vector(&format!("heads.{task}.bias"), scheme.n_classes())?);
        }
        let layer = if place.has_kernels() {
            Layer::Host(PackedLinear::new(&weight, &bias, bias.len(), hidden))
        } else {
            Layer::Device(Linear::new(&weight, &bias, hidden, place).map_err(not_loaded)?)
        };
        Ok(Self { schemes: tasks.into_iter().map(|(_, scheme)| scheme).collect(), layer })
    }

    /// `states` [n_tokens, hidden] -> logits, for each scheme [n_tokens, n_classes] row-major.
    pub(crate) fn logits(&self, states: &States) -> Result<Vec<Vec<f32>>, Failure> {
        let logits = self.all_logits(states).map_err(|cause| {
            Failure::from_cause("the token heads failed", "try a smaller --max-batch-tokens", cause)
        })?;
        let n_columns: usize = self.schemes.iter().map(Scheme::n_classes).sum();
        let mut first = 0;
        let columns = self.schemes.iter().map(|scheme| {
            let range = first..first + scheme.n_classes();
            first = range.end;
            logits.chunks_exact(n_columns).flat_map(|row| &row[range.clone()]).copied().collect()
        });
        Ok(columns.collect())
    }

    /// Of all schemes side by side.
    fn all_logits(&self, states: &States) -> candle_core::Result<Vec<f32>> {
        match (&self.layer, states) {
            (Layer::Device(layer), States::Device(states)) => host(&layer.forward(states, Activation::Identity)?),
            (Layer::Host(layer), states) => Ok(layer.forward(&states.host()?, Activation::Identity)),
            (Layer::Device(_), States::Host(_)) => candle_core::bail!("encoder and heads are in different places"),
        }
    }
}

/// The values of a tensor as f32 in ordinary memory, row-major.
pub(crate) fn host(tensor: &Tensor) -> candle_core::Result<Vec<f32>> {
    tensor.to_dtype(DType::F32)?.flatten_all()?.to_vec1()
}

/// A classifier with one layer between; computes on the processor, what it judges is little.
struct Judge {
    /// [wide -> inner]
    dense: PackedLinear,
    /// [inner -> classes]
    out: PackedLinear,
}

impl Judge {
    /// Loads `<name>.dense` and `<name>.out`; `sizes` are wide, inner, classes.
    fn load(weights: &Weights, name: &str, sizes: [usize; 3]) -> Result<Self, Failure> {
        let packed = |part: &str, n_out: usize, n_in: usize| -> Result<PackedLinear, Failure> {
            let weight = weights.matrix(&format!("{name}.{part}.weight"), n_out, n_in)?;
            let bias = weights.vector(&format!("{name}.{part}.bias"), n_out)?;
            Ok(PackedLinear::new(&weight, &bias, n_out, n_in))
        };
        let [wide, inner, classes] = sizes;
        Ok(Self { dense: packed("dense", inner, wide)?, out: packed("out", classes, inner)? })
    }

    /// `features` [n, wide] -> [n, inner] -> [n, classes], row-major.
    fn logits(&self, features: &[f32]) -> Vec<f32> {
        self.out.forward(&self.dense.forward(features, Activation::Gelu), Activation::Identity)
    }
}

/// What becomes of the drugs of the medication task.
pub(crate) struct StatusHead {
    classes: Vec<Option<MedicationStatus>>,
    hidden: usize,
    judge: Judge,
}

impl StatusHead {
    /// Loads `status.dense` and `status.out`.
    pub(crate) fn load(weights: &Weights, shape: &StatusShape, hidden: usize) -> Result<Self, Failure> {
        let judge = Judge::load(weights, "status", [hidden, shape.hidden, shape.classes.len()])?;
        Ok(Self { classes: shape.classes.clone(), hidden, judge })
    }

    /// Tells each drug of one window its most probable status; `states` is [n_tokens, hidden], row-major.
    pub(crate) fn tell(&self, mentions: &mut [Located], states: &[f32]) {
        let mut drugs: Vec<&mut Located> = mentions.iter_mut().filter(|located| is_taken(located)).collect();
        let first = |drug: &&mut Located| &states[drug.tokens.start * self.hidden..][..self.hidden];
        let features: Vec<f32> = drugs.iter().flat_map(first).copied().collect();
        let mut logits = self.logits(&features);
        for (drug, row) in drugs.iter_mut().zip(logits.chunks_exact_mut(self.classes.len())) {
            softmax(row);
            let best = most_probable(row);
            drug.mention.fate = Some(Fate { status: self.classes[best], score: row[best] });
        }
    }

    /// `features` [n_drugs, hidden], the first token of each -> [n_drugs, classes].
    pub(crate) fn logits(&self, features: &[f32]) -> Vec<f32> {
        self.judge.logits(features)
    }

    /// Whether there is a drug in a window.
    pub(crate) fn has_candidates(mentions: &[Located]) -> bool {
        mentions.iter().any(is_taken)
    }
}

fn is_taken(located: &Located) -> bool {
    (located.mention.task, located.mention.label) == (Task::Medication, Label::Drug)
}

/// The relation head.
pub(crate) struct RelationHead {
    types: Vec<RelationType>,
    hidden: usize,
    judge: Judge,
}

impl RelationHead {
    /// Loads `relation.dense` and `relation.out`.
    pub(crate) fn load(weights: &Weights, shape: &RelationShape, hidden: usize) -> Result<Self, Failure> {
        let judge = Judge::load(weights, "relation", [3 * hidden, shape.hidden, 1 + shape.types.len()])?;
        Ok(Self { types: shape.types.clone(), hidden, judge })
    }

    /// Relations between the mentions of one window.
    ///
    /// `states` is [n_tokens, hidden], row-major. Candidates are all ordered pairs (drug, other) of one task; each is judged between no
    /// relation and the one type its tail allows, and kept where the type wins. Indices are those of `mentions`.
    pub(crate) fn relations(&self, mentions: &[Located], states: &[f32]) -> Vec<Relation> {
        let candidates: Vec<Candidate> = self.candidates(mentions).collect();
        let mut features = Vec::with_capacity(candidates.len() * 3 * self.hidden);
        for candidate in &candidates {
            self.push_features(
                &mut features,
                &mentions[candidate.head].tokens,
                &mentions[candidate.tail].tokens,
                states,
            );
        }
        let logits = self.logits(&features);
        let judged = candidates.iter().zip(logits.chunks_exact(1 + self.types.len())).map(|(candidate, row)| {
            let mut pair = [row[0], row[candidate.class]];
            softmax(&mut pair);
            Relation {
                kind: self.types[candidate.class - 1],
                head: candidate.head as u32,
                tail: candidate.tail as u32,
                score: Some(pair[1]),
            }
        });
        judged.filter(|relation| relation.score > Some(0.5)).collect()
    }

    /// `features` [n_pairs, 3 * hidden] -> [n_pairs, 1 + types].
    pub(crate) fn logits(&self, features: &[f32]) -> Vec<f32> {
        self.judge.logits(features)
    }

    /// Whether anything in a window can be related.
    pub(crate) fn has_candidates(&self, mentions: &[Located]) -> bool {
        self.candidates(mentions).next().is_some()
    }

    fn candidates<'a>(&'a self, mentions: &'a [Located]) -> impl Iterator<Item = Candidate> + 'a {
        let drugs = mentions.iter().enumerate().filter(|(_, drug)| drug.mention.label == Label::Drug);
        drugs.flat_map(move |(head, drug)| {
            mentions.iter().enumerate().filter_map(move |(tail, other)| {
                let allowed = RelationType::for_tail(other.mention.label);
                let class = self.types.iter().position(|&kind| Some(kind) == allowed)? + 1;
                (other.mention.task == drug.mention.task).then_some(Candidate { head, tail, class })
            })
        })
    }

    /// Appends [first token of head | first token of tail | mean of the tokens strictly between, or zeros].
    pub(crate) fn push_features(
        &self,
        features: &mut Vec<f32>,
        head: &Range<usize>,
        tail: &Range<usize>,
        states: &[f32],
    ) {
        let row = |token: usize| &states[token * self.hidden..][..self.hidden];
        features.extend_from_slice(row(head.start));
        features.extend_from_slice(row(tail.start));
        let (first, second) = if head.start <= tail.start { (head, tail) } else { (tail, head) };
        let mut mean = vec![0.0f32; self.hidden];
        for token in first.end..second.start {
            mean.iter_mut().zip(row(token)).for_each(|(sum, value)| *sum += value);
        }
        let n = second.start.saturating_sub(first.end).max(1) as f32;
        features.extend(mean.into_iter().map(|sum| sum / n));
    }
}

/// A drug, another mention of its task, and the class that would join them.
struct Candidate {
    head: usize,
    tail: usize,
    class: usize,
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use befund_core::{Mention, Span};
    use safetensors::tensor::{Dtype, TensorView};

    use super::*;

    const TYPES: [RelationType; 2] = [RelationType::Causes, RelationType::StrengthOf];

    /// A head over one column whose logits are [0, mean, mean]: a pair is related where the tokens between are positive.
    fn head() -> RelationHead {
        let bytes = |values: &[f32]| -> Vec<u8> { values.iter().flat_map(|value| value.to_le_bytes()).collect() };
        let (dense, out, zeros) = (bytes(&[0.0, 0.0, 1.0]), bytes(&[0.0, 1.0, 1.0]), bytes(&[0.0; 3]));
        let view = |shape: &[usize], data| TensorView::new(Dtype::F32, shape.to_vec(), data).unwrap();
        let views = HashMap::from([
            ("relation.dense.weight", view(&[1, 3], &dense)),
            ("relation.dense.bias", view(&[1], &zeros[..4])),
            ("relation.out.weight", view(&[3, 1], &out)),
            ("relation.out.bias", view(&[3], &zeros)),
        ]);
        let file = safetensors::serialize(views, None).unwrap();
        let shape = RelationShape { types: TYPES.to_vec(), hidden: 1 };
        RelationHead::load(&Weights::parse(&file, "m").unwrap(), &shape, 1).unwrap()
    }

    fn located(task: Task, label: Label, tokens: Range<usize>) -> Located {
        let span = Span::new(tokens.start, tokens.end);
        Located { mention: Mention::by_model(task, label, span, 0.5), tokens }
    }

    #[test]
    fn features_are_both_first_tokens_and_the_mean_between() {
        let (head, states) = (head(), [1.0, 2.0, 3.0, 5.0, 8.0]);
        let features = |first: Range<usize>, second: Range<usize>| {
            let mut features = Vec::new();
            head.push_features(&mut features, &first, &second, &states);
            features
        };
        assert_eq!(features(0..1, 4..5), [1.0, 8.0, 10.0 / 3.0]);
        assert_eq!(features(4..5, 0..2), [8.0, 1.0, 4.0]);
        assert_eq!(features(0..2, 2..3), [1.0, 3.0, 0.0]);
        assert_eq!(features(0..4, 1..2), [1.0, 2.0, 0.0]);
    }

    #[test]
    fn a_drug_of_the_medication_task_is_told_its_most_probable_status() {
        let bytes = |values: &[f32]| -> Vec<u8> { values.iter().flat_map(|value| value.to_le_bytes()).collect() };
        let (dense, out, zeros) = (bytes(&[1.0]), bytes(&[0.0, 2.0]), bytes(&[1.0, 0.0]));
        let view = |shape: &[usize], data| TensorView::new(Dtype::F32, shape.to_vec(), data).unwrap();
        let views = HashMap::from([
            ("status.dense.weight", view(&[1, 1], &dense)),
            ("status.dense.bias", view(&[1], &zeros[4..])),
            ("status.out.weight", view(&[2, 1], &out)),
            ("status.out.bias", view(&[2], &zeros)),
        ]);
        let file = safetensors::serialize(views, None).unwrap();
        let classes = vec![None, Some(MedicationStatus::Stopped)];
        let shape = StatusShape { classes, hidden: 1 };
        let head = StatusHead::load(&Weights::parse(&file, "m").unwrap(), &shape, 1).unwrap();
        let mut mentions = [
            located(Task::Medication, Label::Drug, 0..1),
            located(Task::Ade, Label::Drug, 1..2),
            located(Task::Medication, Label::Drug, 1..3),
        ];
        // Logits are [1, 2 * state].
        head.tell(&mut mentions, &[0.1, 3.0, 0.0]);
        let told = mentions.map(|one| one.mention.fate.map(|fate| fate.status));
        assert_eq!(told, [Some(None), None, Some(Some(MedicationStatus::Stopped))]);
    }

    #[test]
    fn a_drug_is_joined_within_its_task_by_the_type_its_tail_allows() {
        let mentions = [
            located(Task::Ade, Label::Drug, 0..1),
            located(Task::Medication, Label::Drug, 0..1),
            located(Task::Medication, Label::Strength, 2..3),
            located(Task::Ade, Label::Ade, 4..5),
            located(Task::Ade, Label::Indication, 4..5),
        ];
        let related = head().relations(&mentions, &[0.0, 3.0, 3.0, 3.0, 0.0]);
        let pairs: Vec<_> = related.iter().map(|it| (it.kind, it.head, it.tail)).collect();
        assert_eq!(pairs, [(RelationType::Causes, 0, 3), (RelationType::StrengthOf, 1, 2)]);
        assert!(related.iter().all(|it| it.score > Some(0.9) && it.score < Some(1.0)));
        assert!(head().relations(&mentions, &[0.0, -3.0, -3.0, -3.0, 0.0]).is_empty());
    }
}
