//! One run of `befund extract`: open everything that can fail early, run the line, write the manifest.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use befund_core::{Failure, Source};
use befund_knowledge::FoundByMode;
use befund_run::{Control, Snapshot, Stage, run};
use befund_shard::{Inputs, ReadOptions, Reader, sha256_file};
use befund_sink::{
    Dataset, DatasetOptions, GateRecord, InputIdentity, ModelIdentity, RunManifest, hex, read_totals, utc_timestamp,
};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use crate::memory::peak_memory_bytes;
use crate::parts::{Loaded, gate, line_options, load, parts, rules_sha256};
use crate::rules::{self, RuleSet, RuleTables};
use crate::spec::ExtractSpec;
use crate::summary::{Counted, OnFault, Summary};

/// Name in run.json of what comes before the line.
pub(crate) const OPENING: &str = "open";

/// A run that is ready to go: inputs resolved, model loaded, output folder usable.
pub struct Extraction {
    spec: ExtractSpec,
    inputs: Inputs,
    reader: Reader,
    model: Loaded,
    rules: Arc<RuleSet>,
    dataset: Dataset,
    /// Everything about the run that is known before it: totals, times and rates are still missing.
    manifest: RunManifest,
    opened: Instant,
    /// What opening took: model, rules, digests of the inputs.
    opening: Duration,
}

/// What a run left behind.
#[derive(Debug)]
pub struct Report {
    /// run.json.
    pub manifest: RunManifest,
    /// Figures over this run (after a resume: over the rest).
    pub summary: Summary,
    /// Whether it was called off.
    pub interrupted: bool,
    /// Folder of the dataset.
    pub out: PathBuf,
}

impl Extraction {
    /// Opens everything a run needs. Where this fails nothing has been written.
    pub fn open(spec: &ExtractSpec) -> Result<Self, Failure> {
        let (opened, started) = (Instant::now(), SystemTime::now());
        let rules = rules::tables(&spec.rules)?;
        let inputs = Inputs::resolve(&spec.inputs)?;
        let options = ReadOptions { max_document_bytes: spec.max_document_bytes, limit: spec.limit };
        let mut reader = Reader::open(inputs.clone(), options)?;
        let model = load(spec)?;
        check_tasks(spec, &model)?;
        let mut manifest = RunManifest {
            befund: env!("CARGO_PKG_VERSION").into(),
            git_revision: Some(env!("BEFUND_GIT_REVISION")).filter(|revision| *revision != "unknown").map(String::from),
            model: model.as_ref().map(|model| ModelIdentity { id: model.id().into(), sha256: model.sha256().into() }),
            rules_sha256: Some(rules_sha256(&rules)),
            device: model.as_ref().map_or("cpu".into(), |model| model.device().to_string()),
            dtype: model.as_ref().map_or("none", |model| model.precision().as_str()).into(),
            threads: spec.threads as u32,
            options: options_that_count(spec, &rules),
            inputs: identities(&inputs),
            ignored_inputs: inputs.ignored().iter().map(|path| path.display().to_string()).collect(),
            gate: gate_record(spec),
            started: utc_timestamp(started),
            ..RunManifest::default()
        };
        let options =
            DatasetOptions { documents_per_part: spec.documents_per_part, fingerprint: fingerprint(&manifest) };
        let dataset =
            if spec.resume { Dataset::resume(&spec.out, options)? } else { Dataset::create(&spec.out, options)? };
        manifest.n_documents_before = dataset.next_sequence();
        reader.skip_to(dataset.next_sequence())?;
        let opening = opened.elapsed();
        Ok(Self { spec: spec.clone(), inputs, reader, model, rules: rules.set, dataset, manifest, opened, opening })
    }

    /// One line about what is going to happen.
    pub fn describe(&self) -> String {
        let model =
            self.model.as_ref().map_or("rules only".into(), |model| format!("{} on {}", model.id(), model.device()));
        let before = match self.manifest.n_documents_before {
            0 => String::new(),
            n => format!(", going on after {n} documents"),
        };
        let (n_files, n_bytes) = (self.inputs.files().len(), self.inputs.n_bytes());
        format!("{n_files} files ({:.1} MB), {model}, {} threads{before}", n_bytes as f64 / 1e6, self.spec.threads)
    }

    /// Files in the given folders that Befund does not read.
    pub fn ignored(&self) -> &[PathBuf] {
        self.inputs.ignored()
    }

    /// Documents still to come, where that is known.
    pub fn n_documents(&self) -> Option<u64> {
        Some(self.reader.n_documents()?.saturating_sub(self.manifest.n_documents_before))
    }

    /// Bytes of the input files that are still to be read.
    pub fn n_bytes(&self) -> u64 {
        self.inputs.n_bytes().saturating_sub(self.reader.bytes_read())
    }

    /// Runs the line and writes run.json. Each fault is told to `on_fault` as it is written down.
    pub fn run(self, control: &Control, on_fault: OnFault) -> Result<Report, Failure> {
        let Self { spec, mut reader, model, rules, dataset, mut manifest, opened, opening, .. } = self;
        let summary = Arc::new(Mutex::new(Summary::default()));
        let first_sequence = manifest.n_documents_before;
        let sink = Box::new(Counted { inner: Box::new(dataset), summary: summary.clone(), on_fault });
        let parts = parts(&spec, &model, rules)?;
        let options = line_options(&spec, &parts, first_sequence);
        let outcome =
            run(&mut reader, parts, sink, options, control).map_err(|failure| resumable(failure, &spec.out))?;
        manifest.set_totals(&read_totals(&spec.out)?);
        manifest.complete = !outcome.interrupted;
        set_times(&mut manifest, &control.meter.snapshot(), opened);
        manifest.seconds_by_stage.insert(OPENING.into(), opening.as_secs_f64());
        manifest.write(&spec.out)?;
        let summary = summary.lock().unwrap_or_else(PoisonError::into_inner).clone();
        Ok(Report { manifest, summary, interrupted: outcome.interrupted, out: spec.out })
    }
}

/// A model that has no head for a task that was asked for would leave its tables empty without a word.
pub(crate) fn check_tasks(spec: &ExtractSpec, model: &Loaded) -> Result<(), Failure> {
    let Some(model) = model else { return Ok(()) };
    let known = model.tasks();
    match spec.tasks.iter().find(|task| !known.contains(task)) {
        None => Ok(()),
        Some(task) => {
            let names: Vec<&str> = known.iter().map(|task| task.as_str()).collect();
            Err(Failure::new(
                format!("model {} has no labels for task {task}", model.id()),
                format!("ask for --tasks {}, or for another model", names.join(",")),
            ))
        }
    }
}

fn gate_record(spec: &ExtractSpec) -> GateRecord {
    GateRecord { off_because: gate(spec).err().map(str::to_owned), ..GateRecord::default() }
}

/// Options that change what is written. Threads, batch size and device must not.
fn options_that_count(spec: &ExtractSpec, rules: &RuleTables) -> Map<String, Value> {
    let tasks: Vec<&str> = spec.tasks.iter().map(|task| task.as_str()).collect();
    let options = json!({
        "tasks": tasks,
        "found_by": found_by_name(spec.found_by),
        "gate": gate(spec).is_ok(),
        "infer": spec.infer,
        "limit": spec.limit,
        "max_document_bytes": spec.max_document_bytes,
        "documents_per_part": spec.documents_per_part,
        "rules": rules.files.iter().map(|(name, _)| name).collect::<Vec<_>>(),
    });
    options.as_object().cloned().unwrap_or_default()
}

/// Name in run.json.
pub(crate) fn found_by_name(found_by: FoundByMode) -> &'static str {
    match found_by {
        FoundByMode::Model => "model",
        FoundByMode::Rules => "rules",
        FoundByMode::Both => "both",
    }
}

fn identities(inputs: &Inputs) -> Vec<InputIdentity> {
    let identity = |file: &befund_shard::InputFile| InputIdentity {
        path: file.path.display().to_string(),
        n_bytes: file.n_bytes,
        // A file that cannot be read becomes a fault of the run; here it only has no digest.
        sha256: sha256_file(&file.path).ok().map(|digest| hex(&digest)),
    };
    inputs.files().iter().map(identity).collect()
}

/// One string over everything that the rows depend on.
fn fingerprint(manifest: &RunManifest) -> String {
    let model = manifest.model.as_ref().map(|model| &model.sha256);
    let inputs: Vec<_> = manifest.inputs.iter().map(|input| (&input.path, input.n_bytes, &input.sha256)).collect();
    let all = json!([manifest.befund, model, manifest.rules_sha256, manifest.dtype, manifest.options, inputs]);
    hex(&Sha256::digest(all.to_string().as_bytes()))
}

fn resumable(failure: Failure, out: &Path) -> Failure {
    let remedy = format!(
        "what is in {} is complete as far as it goes: mend the cause and run the same command with --resume",
        out.display()
    );
    Failure::from_cause("the run stopped", remedy, failure)
}

fn set_times(manifest: &mut RunManifest, snapshot: &Snapshot, opened: Instant) {
    let seconds = opened.elapsed().as_secs_f64();
    let rate = |count: u64| count as f64 / seconds.max(1e-9);
    manifest.seconds = seconds;
    let stages = Stage::ALL.iter().zip(snapshot.busy);
    manifest.seconds_by_stage = stages.map(|(stage, busy)| (stage.as_str().to_owned(), busy.as_secs_f64())).collect();
    (manifest.n_windows_read, manifest.n_windows_copied) = (snapshot.windows, snapshot.windows_cached);
    manifest.cache_hit_rate =
        snapshot.windows_cached as f64 / (snapshot.windows + snapshot.windows_cached).max(1) as f64;
    manifest.gate.seconds = snapshot.busy[Stage::Gate as usize].as_secs_f64();
    manifest.tokens_per_second = rate(snapshot.tokens);
    manifest.documents_per_second = rate(snapshot.documents);
    manifest.megabytes_per_second = rate(snapshot.bytes) / 1e6;
    manifest.peak_memory_bytes = peak_memory_bytes();
    manifest.finished = utc_timestamp(SystemTime::now());
}
