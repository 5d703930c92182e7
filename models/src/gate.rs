//! The gate: can a window hold a mention of a task at all? Asked before the encoder, which takes a hundred times as long.
//!
//! Small embeddings of the token ids, one convolution over `WIDTH` tokens, the largest answer of each channel over the window, two linear
//! layers, and an allowance for the window's length, since passing over a long window saves more: a score for each task. A window is read
//! where that of any wanted task is above 0. The training (`scripts/train/gate.py`) folds the thresholds, chosen for the loss they cost,
//! into the last bias. Sums run in one order, so that a decision is the same on every
//! thread and machine. The file names the weights whose answers it was taught; for others it is not used.

use std::sync::Arc;

use befund_core::{Failure, Gate, Task, Window};
use safetensors::tensor::SafeTensors;

use crate::manifest::{Manifest, digest};
use crate::trained::Files;
use crate::weights::Weights;

/// The notes in the header of the file.
const FORMAT: &str = "befund-gate-1";

/// The gate of a model, all tasks.
pub(crate) struct WindowGate {
    tasks: Vec<Task>,
    sha256: String,
    fits_weights: bool,
    shape: Shape,
    /// [vocab, dims]
    embedding: Vec<f32>,
    /// [width * dims, channels]
    convolution: Vec<f32>,
    /// [channels]
    convolution_bias: Vec<f32>,
    /// [channels, hidden]
    hidden: Vec<f32>,
    /// [hidden]
    hidden_bias: Vec<f32>,
    /// [hidden, tasks]
    output: Vec<f32>,
    /// [tasks]
    output_bias: Vec<f32>,
    /// Added to every score by number of tokens; the last for longer windows.
    length: Vec<f32>,
}

#[derive(Clone, Copy, Debug)]
struct Shape {
    dims: usize,
    channels: usize,
}

/// Tokens under the convolution; odd.
const WIDTH: usize = 5;

impl WindowGate {
    /// Name of the file in a model's folder.
    pub(crate) const FILE: &str = "gate.safetensors";

    /// Reads and verifies the gate of a model whose weights have this digest.
    pub(crate) fn load(files: &dyn Files, manifest: &Manifest, weights_sha256: &str) -> Result<Self, Failure> {
        let place = files.place();
        let bytes = files.read(Self::FILE)?;
        manifest.verify(&place, Self::FILE, &bytes)?;
        Self::parse(&bytes, &format!("{place}/{}", Self::FILE), manifest.encoder.vocab, weights_sha256)
    }

    fn parse(bytes: &[u8], file: &str, vocab: usize, weights_sha256: &str) -> Result<Self, Failure> {
        let refuse = |what: &str| Failure::new(format!("{file} {what}"), "make it again with scripts/train/gate.py");
        let weights = Weights::parse(bytes, file)?;
        let (_, header) = SafeTensors::read_metadata(bytes).map_err(|_| refuse("has no header"))?;
        let notes = header.metadata().clone().unwrap_or_default();
        let note = |name: &str| notes.get(name).map_or("", String::as_str);
        if note("format") != FORMAT {
            return Err(refuse("is of another format"));
        }
        let tasks: Option<Vec<Task>> = note("tasks").split(',').map(Task::parse).collect();
        let tasks = tasks.ok_or_else(|| refuse("has a task that this program does not know"))?;
        let extent = |name: &str| header.info(name).and_then(|info| info.shape.first()).copied().unwrap_or(0);
        let (dims, channels, n_hidden) = (extent("embedding"), extent("convolution.bias"), extent("hidden.bias"));
        Ok(Self {
            fits_weights: note("weights_sha256") == weights_sha256,
            sha256: digest(bytes),
            shape: Shape { dims, channels },
            embedding: transposed(&weights.matrix("embedding", dims, vocab)?, vocab),
            convolution: weights.matrix("convolution", WIDTH * dims, channels)?,
            convolution_bias: weights.vector("convolution.bias", channels)?,
            hidden: weights.matrix("hidden", channels, n_hidden)?,
            hidden_bias: weights.vector("hidden.bias", n_hidden)?,
            output: weights.matrix("output", n_hidden, tasks.len())?,
            output_bias: weights.vector("output.bias", tasks.len())?,
            length: weights.vector("length", extent("length"))?,
            tasks,
        })
    }

    /// A score for each task, in the order of `tasks`; above 0 the window must be read.
    fn scores(&self, ids: &[u32]) -> Vec<f32> {
        let Shape { dims, channels } = self.shape;
        let mut largest = vec![f32::NEG_INFINITY; channels];
        let mut answer = vec![0.0; channels];
        for at in 0..ids.len() {
            answer.copy_from_slice(&self.convolution_bias);
            for (tap, rows) in self.convolution.chunks_exact(dims * channels).enumerate() {
                // Beyond the ends of the window there is nothing.
                let Some(&id) = (at + tap).checked_sub(WIDTH / 2).and_then(|place| ids.get(place)) else { continue };
                let first = id as usize * dims;
                // An id outside the vocabulary is the encoder's to refuse.
                let Some(values) = self.embedding.get(first..first + dims) else { continue };
                add_product(values, rows, &mut answer);
            }
            largest.iter_mut().zip(&answer).for_each(|(most, &value)| *most = most.max(value));
        }
        let mut hidden = self.hidden_bias.clone();
        relu(&mut largest);
        add_product(&largest, &self.hidden, &mut hidden);
        relu(&mut hidden);
        let mut scores = self.output_bias.clone();
        add_product(&hidden, &self.output, &mut scores);
        let allowance = self.length.get(ids.len()).or(self.length.last()).copied().unwrap_or(0.0);
        scores.iter_mut().for_each(|score| *score += allowance);
        scores
    }
}

/// sum += values [n] x rows [n, m]
fn add_product(values: &[f32], rows: &[f32], sum: &mut [f32]) {
    for (value, row) in values.iter().zip(rows.chunks_exact(sum.len())) {
        sum.iter_mut().zip(row).for_each(|(sum, weight)| *sum += value * weight);
    }
}

fn relu(values: &mut [f32]) {
    values.iter_mut().for_each(|value| *value = value.max(0.0));
}

/// [rows, columns] as [columns, rows].
fn transposed(matrix: &[f32], columns: usize) -> Vec<f32> {
    (0..columns).flat_map(|column| matrix.iter().skip(column).step_by(columns).copied()).collect()
}

/// The gate for the tasks of a run.
#[derive(Clone)]
pub struct TaskGate {
    gate: Arc<WindowGate>,
    /// Which scores count.
    wanted: Vec<usize>,
}

impl TaskGate {
    pub(crate) fn new(gate: Arc<WindowGate>, tasks: &[Task]) -> Result<Self, String> {
        if !gate.fits_weights {
            return Err(format!("{} was made for other weights", WindowGate::FILE));
        }
        let place = |task: &Task| {
            let at = gate.tasks.iter().position(|known| known == task);
            at.ok_or_else(|| format!("the gate is open for task {task}"))
        };
        let wanted = tasks.iter().map(place).collect::<Result<_, _>>()?;
        Ok(Self { gate, wanted })
    }

    /// SHA-256 of its file, hexadecimal.
    pub fn sha256(&self) -> &str {
        &self.gate.sha256
    }

    /// The score of each wanted task; the window is kept where one is above 0.
    pub fn scores(&self, window: &Window) -> Vec<f32> {
        let scores = self.gate.scores(&window.ids);
        self.wanted.iter().map(|&at| scores[at]).collect()
    }
}

impl Gate for TaskGate {
    fn keeps(&self, window: &Window) -> bool {
        let scores = self.gate.scores(&window.ids);
        // What is no number keeps the window.
        self.wanted.iter().any(|&at| scores[at] > 0.0 || scores[at].is_nan())
    }
}

#[cfg(test)]
mod tests {
    use safetensors::tensor::{Dtype, TensorView, serialize};

    use super::*;

    const WEIGHTS: &str = "0123";

    /// Two pieces of one dimension, two channels: one answers to piece 1, the other to piece 1 after piece 0.
    fn file(tasks: &str) -> Vec<u8> {
        let floats = |values: &[f32]| values.iter().flat_map(|value| value.to_le_bytes()).collect::<Vec<u8>>();
        let embedding = [0x81, 127];
        let scale = floats(&[1.0 / 127.0]);
        let taps = [[0.0, 0.0], [0.0, -1.0], [1.0, 1.0], [0.0, 0.0], [0.0, 0.0]].concat();
        let convolution = (floats(&taps), floats(&[0.0, 0.0]));
        let hidden = (floats(&[1.0, 0.0, 0.0, 1.0]), floats(&[0.0, -1.5]));
        let output = (floats(&[1.0, 0.0, 0.0, 1.0]), floats(&[-0.5, -0.25]));
        let length = floats(&[0.0, 0.0, 0.0, -0.125]);
        let view = |dtype, shape: &[usize], bytes| TensorView::new(dtype, shape.to_vec(), bytes).unwrap();
        let tensors = [
            ("embedding", view(Dtype::I8, &[1, 2], &embedding[..])),
            ("embedding.scale", view(Dtype::F32, &[1], &scale)),
            ("convolution", view(Dtype::F32, &[5, 2], &convolution.0)),
            ("convolution.bias", view(Dtype::F32, &[2], &convolution.1)),
            ("hidden", view(Dtype::F32, &[2, 2], &hidden.0)),
            ("hidden.bias", view(Dtype::F32, &[2], &hidden.1)),
            ("output", view(Dtype::F32, &[2, 2], &output.0)),
            ("output.bias", view(Dtype::F32, &[2], &output.1)),
            ("length", view(Dtype::F32, &[4], &length)),
        ];
        let notes = [("format", FORMAT), ("tasks", tasks), ("weights_sha256", WEIGHTS)];
        serialize(tensors, Some(notes.map(|(name, value)| (name.to_string(), value.to_string())).into())).unwrap()
    }

    fn gate(weights: &str) -> Arc<WindowGate> {
        Arc::new(WindowGate::parse(&file("tnm,ade"), "gate", 2, weights).unwrap())
    }

    fn window(ids: &[u32]) -> Window {
        let spans = vec![befund_core::Span::default(); ids.len()];
        Window { origin: Default::default(), ids: ids.to_vec(), spans, keep: 0..ids.len() as u32 }
    }

    #[test]
    fn scores_are_those_of_the_arithmetic_done_by_hand() {
        let gate = gate(WEIGHTS);
        // Piece 0 is -1, piece 1 is 1. The second channel is 1 - (-1) = 2 only where 1 follows 0.
        assert_eq!(gate.scores(&[0, 0]), [-0.5, -0.25]);
        assert_eq!(gate.scores(&[1, 1]), [0.5, -0.25]);
        assert_eq!(gate.scores(&[0, 1]), [0.5, 0.25]);
        // Longer windows must say more.
        assert_eq!(gate.scores(&[0, 1, 0]), [0.375, 0.125]);
        assert_eq!(gate.scores(&[0, 1, 0, 0, 0, 0]), [0.375, 0.125]);
    }

    #[test]
    fn a_window_is_kept_where_any_wanted_task_wants_it() {
        let keeps = |tasks: &[Task], ids: &[u32]| TaskGate::new(gate(WEIGHTS), tasks).unwrap().keeps(&window(ids));
        assert!(
            keeps(&[Task::Tnm], &[1, 1]) && !keeps(&[Task::Ade], &[1, 1]) && keeps(&[Task::Tnm, Task::Ade], &[1, 1])
        );
        assert!(keeps(&[Task::Ade], &[0, 1]) && !keeps(&[Task::Tnm, Task::Ade], &[0, 0]));
        // Ids outside the vocabulary are the encoder's to refuse.
        assert!(!keeps(&[Task::Tnm], &[9, 0]) && keeps(&[Task::Tnm], &[9, 1]));
    }

    #[test]
    fn a_gate_for_other_weights_or_without_the_task_is_none() {
        let why = |gate, task| TaskGate::new(gate, &[task]).err();
        assert_eq!(why(gate("4567"), Task::Tnm).as_deref(), Some("gate.safetensors was made for other weights"));
        assert_eq!(why(gate(WEIGHTS), Task::Medication).as_deref(), Some("the gate is open for task medication"));
        assert_eq!(why(gate(WEIGHTS), Task::Tnm), None);
    }

    #[test]
    fn a_file_that_is_no_gate_is_refused() {
        let refused = |bytes: &[u8], vocab| WindowGate::parse(bytes, "gate", vocab, WEIGHTS).is_err();
        assert!(
            refused(b"", 2)
                && refused(&file("tnm,ade"), 3)
                && refused(&file("tnm,cooking"), 2)
                && refused(&file("tnm"), 2)
        );
    }
}
