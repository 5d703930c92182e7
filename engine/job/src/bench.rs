//! How fast this machine is, configuration against configuration: whole runs, or the encoder alone.
//!
//! Every round measures all configurations once, one after the other, before the next round begins, so that whatever else the machine does
//! hits them alike; ratios are taken within a round. A first round warms up and is not timed; what it found is compared instead. Whole
//! runs are made by a child process each (the face says how), so that peak memory and allocator start anew. Knows no command line.

mod configuration;
mod encoder;
mod machine;
mod marks;
mod plot;
mod record;
mod roof;
mod statistics;
mod table;
mod text;
mod whole;

use std::path::PathBuf;
use std::sync::atomic::Ordering::Relaxed;
use std::time::SystemTime;

use befund_core::{Document, Failure, Intake, Source};
use befund_models::{DeviceSpec, Precision};
use befund_run::Control;
use befund_shard::{Inputs, ReadOptions, Reader};
use befund_sink::{ModelIdentity, utc_timestamp};

use crate::extract::check_tasks;
use crate::parts::{load, text_stage};
use crate::spec::ExtractSpec;

use configuration::{Configuration, configurations};
use encoder::Encoders;
use marks::{Agreement, Mark};
use record::Results;
use roof::{Roofs, Work};
use text::TextTimes;
use whole::Whole;

pub use record::{BenchRecord, ConfigurationRecord, StageSeconds};

/// Text that the text stage and the model's work are measured on where whole runs read the documents themselves.
const SAMPLE_BYTES: usize = 8 << 20;

/// What is compared. Lists are crossed: every device with every precision, and so on.
#[derive(Clone, Debug)]
pub struct BenchSpec {
    /// Inputs, tasks, model, limit, and who finds mentions; what the lists below say is set for each configuration.
    pub base: ExtractSpec,
    /// Devices.
    pub devices: Vec<DeviceSpec>,
    /// Number formats of the encoder.
    pub precisions: Vec<Precision>,
    /// Numbers of threads.
    pub threads: Vec<usize>,
    /// Sizes of batches; empty: the model's own choice for the device.
    pub max_batch_tokens: Vec<usize>,
    /// Timed rounds.
    pub repeats: usize,
    /// Whether only encoder and heads are timed, on windows that are held in memory.
    pub encoder_only: bool,
    /// Folder in which each whole run writes its dataset; it is removed after the run.
    pub scratch: PathBuf,
}

/// Makes one whole run in a process of its own and waits for it.
pub type ChildRun<'a> = &'a dyn Fn(&ExtractSpec) -> Result<(), Failure>;

/// One timed run of one configuration.
#[derive(Clone, Debug, Default, PartialEq)]
struct Measured {
    seconds: f64,
    documents: u64,
    faults: u64,
    bytes: u64,
    windows: u64,
    /// Of all windows.
    tokens: u64,
    /// Of the windows that the encoder read.
    tokens_encoded: u64,
    peak_bytes: Option<u64>,
    /// Busy seconds, summed over threads, in the order of the line.
    seconds_by_stage: Vec<(String, f64)>,
}

enum Bench<'a> {
    Whole(Whole<'a>),
    Encoder(Encoders),
}

impl Bench<'_> {
    /// Measures the configuration with this index; gives what it found where that is wanted, in order.
    fn run(&mut self, index: usize, wanted: bool) -> Result<(Measured, Vec<Mark>), Failure> {
        match self {
            Self::Whole(whole) => whole.run(index, wanted),
            Self::Encoder(encoders) => encoders.run(index, wanted),
        }
    }
}

/// Measures all configurations of `spec`; `note` is told what is going on.
///
/// # Errors
/// No configuration is possible on this machine, a device is missing, an input cannot be read, a run fails, or it was called off.
pub fn bench(
    spec: &BenchSpec,
    control: &Control,
    child: ChildRun<'_>,
    note: &mut dyn FnMut(&str),
) -> Result<BenchRecord, Failure> {
    let started = utc_timestamp(SystemTime::now());
    let configurations = configurations(spec, note)?;
    let inputs = Inputs::resolve(&spec.base.inputs)?;
    // Loaded once on the processor for what does not depend on a configuration: tokenizer, identity, operations a token.
    let model = load(&ExtractSpec { device: DeviceSpec::Cpu, precision: Some(Precision::F32), ..spec.base.clone() })?;
    check_tasks(&spec.base, &model)?;
    let documents = documents(spec, inputs)?;
    let mut text = model.as_ref().map(|model| TextTimes::new(text_stage(model)?, documents)).transpose()?;
    let work = model.as_ref().zip(text.as_ref()).and_then(|(model, text)| Work::of(model, text.windows()));
    let identity = model.as_ref().map(|model| ModelIdentity { id: model.id().into(), sha256: model.sha256().into() });
    drop(model);
    let mut bench = open(spec, &configurations, child, text.as_ref())?;

    let mut roofs = Roofs::new(if work.is_some() { &configurations } else { &[] });
    let mut rounds = vec![Vec::with_capacity(spec.repeats); configurations.len()];
    let (mut first, mut agreements) = (Vec::new(), Vec::new());
    for round in 0..=spec.repeats {
        for (index, configuration) in configurations.iter().enumerate() {
            let run = bench.run(index, round == 0);
            // Ctrl-C reaches a child as well, and what it says of it does not concern whoever reads this.
            if control.stop.load(Relaxed) {
                return Err(Failure::new("the benchmark was called off", "nothing was written: start it again"));
            }
            let (measured, found) = run?;
            if round > 0 {
                note(&format!("round {round} of {}: {configuration}: {:.2} s", spec.repeats, measured.seconds));
                rounds[index].push(measured);
                continue;
            }
            note(&format!("warm-up: {configuration}: {:.2} s, {} mentions", measured.seconds, found.len()));
            agreements.push(Agreement::between(if index == 0 { &found } else { &first }, &found));
            if index == 0 {
                first = found;
            }
        }
        if round > 0 {
            roofs.measure()?;
            text.iter_mut().try_for_each(TextTimes::measure)?;
        }
    }
    let results = Results {
        configurations: &configurations,
        rounds: &rounds,
        agreements: &agreements,
        text: text.as_ref(),
        work,
        roofs: &roofs,
    };
    Ok(results.record(spec, started, identity))
}

fn open<'a>(
    spec: &'a BenchSpec,
    configurations: &'a [Configuration],
    child: ChildRun<'a>,
    text: Option<&TextTimes>,
) -> Result<Bench<'a>, Failure> {
    if !spec.encoder_only {
        return Ok(Bench::Whole(Whole { spec, configurations, child }));
    }
    match text {
        Some(text) => Ok(Bench::Encoder(Encoders::load(spec, configurations, text)?)),
        None => Err(Failure::new("rules have no encoder to measure", "leave out --encoder-only, or --found-by rules")),
    }
}

/// The documents that this process holds itself.
fn documents(spec: &BenchSpec, inputs: Inputs) -> Result<Vec<Document>, Failure> {
    let options = ReadOptions { max_document_bytes: spec.base.max_document_bytes, limit: spec.base.limit };
    let mut reader = Reader::open(inputs, options)?;
    let most = if spec.encoder_only { usize::MAX } else { SAMPLE_BYTES };
    let (mut documents, mut n_bytes) = (Vec::new(), 0);
    while let Some(intake) = reader.next()? {
        // A fault is counted by the whole run; the encoder would not see it.
        let Intake::Document(document) = intake else { continue };
        n_bytes += document.text().len();
        documents.push(document);
        if n_bytes >= most {
            break;
        }
    }
    if documents.is_empty() {
        return Err(Failure::new("the inputs hold no readable document", "give other inputs or a larger --limit"));
    }
    Ok(documents)
}
