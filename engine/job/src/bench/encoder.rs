//! The encoder and its heads alone: batches are packed beforehand and held in memory, each worker takes the next one until none is left.

use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::thread;
use std::time::Instant;

use befund_core::{Batch, Extract, Failure, Found};
use befund_models::{LoadOptions, Model};
use befund_run::Packer;

use super::configuration::Configuration;
use super::marks::Mark;
use super::text::TextTimes;
use super::{BenchSpec, Measured};

pub(super) struct Encoders {
    /// By their size, each set once.
    batches: Vec<(usize, Vec<Batch>)>,
    /// One for each configuration.
    crews: Vec<Crew>,
    /// What does not depend on a configuration.
    amounts: Measured,
}

struct Crew {
    workers: Vec<Box<dyn Extract>>,
    max_batch_tokens: usize,
}

impl Encoders {
    /// Loads the model once for each device and precision; crews share its weights.
    pub(super) fn load(spec: &BenchSpec, configurations: &[Configuration], text: &TextTimes) -> Result<Self, Failure> {
        let mut models: Vec<Model> = Vec::new();
        let (mut crews, mut batches) = (Vec::new(), Vec::<(usize, Vec<Batch>)>::new());
        for Configuration { device, precision, batching, .. } in configurations {
            let same = |model: &&Model| model.device().spec() == device.spec() && model.precision() == *precision;
            if !models.iter().any(|model| same(&model)) {
                models.push(Model::load(
                    &spec.base.model,
                    &device.spec(),
                    LoadOptions { precision: Some(*precision) },
                )?);
            }
            let workers = match models.iter().find(same) {
                Some(model) => batching.workers(model)?,
                None => Vec::new(),
            };
            let max_batch_tokens = batching.max_batch_tokens;
            if batches.iter().all(|(size, _)| *size != max_batch_tokens) {
                batches.push((max_batch_tokens, packed(text, max_batch_tokens)));
            }
            crews.push(Crew { workers, max_batch_tokens });
        }
        let tokens = text.n_tokens();
        let amounts = Measured {
            documents: text.n_documents(),
            bytes: text.n_bytes(),
            windows: text.windows().len() as u64,
            tokens,
            tokens_encoded: tokens,
            ..Measured::default()
        };
        Ok(Self { batches, crews, amounts })
    }

    pub(super) fn run(&mut self, index: usize, wanted: bool) -> Result<(Measured, Vec<Mark>), Failure> {
        let Crew { workers, max_batch_tokens } = &mut self.crews[index];
        let batches = self.batches.iter().find(|(size, _)| size == max_batch_tokens);
        let batches = batches.map_or(&[][..], |(_, batches)| batches);
        let next = AtomicUsize::new(0);
        let begun = Instant::now();
        let found = thread::scope(|scope| {
            let next = &next;
            let threads: Vec<_> = workers
                .iter_mut()
                .map(|worker| scope.spawn(move || work(worker.as_mut(), batches, next, wanted)))
                .collect();
            let defect =
                || Failure::new("internal error in the model", "report it with the version and the model's id");
            threads
                .into_iter()
                .map(|thread| thread.join().unwrap_or_else(|_| Err(defect())))
                .collect::<Result<Vec<_>, _>>()
        })?;
        let seconds = begun.elapsed().as_secs_f64();
        let mut marks: Vec<Mark> = found.iter().flatten().flat_map(marks).collect();
        marks.sort_unstable();
        Ok((Measured { seconds, ..self.amounts.clone() }, marks))
    }
}

fn work(worker: &mut dyn Extract, batches: &[Batch], next: &AtomicUsize, wanted: bool) -> Result<Vec<Found>, Failure> {
    let mut all = Vec::new();
    while let Some(batch) = batches.get(next.fetch_add(1, Relaxed)) {
        let found = worker.extract(batch)?;
        if wanted {
            all.extend(found);
        }
    }
    Ok(all)
}

fn packed(text: &TextTimes, max_tokens: usize) -> Vec<Batch> {
    let mut packer = Packer::new(max_tokens);
    let mut batches: Vec<Batch> = text.windows().iter().filter_map(|window| packer.push(window.clone())).collect();
    batches.extend(packer.flush());
    batches
}

fn marks(found: &Found) -> impl Iterator<Item = Mark> {
    let document = found.origin.document;
    found.mentions.iter().map(move |m| (document, m.task, m.label, m.span.start, m.span.end))
}
