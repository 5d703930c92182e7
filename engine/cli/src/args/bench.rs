//! `befund bench`: what can be typed, and what is typed for each of its runs.

use std::ffi::OsString;
use std::path::PathBuf;

use befund_job::{BenchSpec, DeviceSpec, ExtractSpec, Precision};
use clap::{Args, ValueEnum};

use super::FindArgs;

/// Measure how fast this machine is: devices, number formats, threads and batch sizes side by side
///
/// Options that take a list are crossed, so that `--threads 1,2 --precision f32,int8` compares four configurations. Each round runs all of
/// them once, so that whatever else the machine does hits them alike; the speed of one is told relative to the first, as the median of
/// the ratios within a round. One round before warms up; what it found is compared, mention by mention.
///
/// Without --encoder-only each run is `befund extract` in a process of its own, its dataset is removed afterwards, and peak memory and
/// seconds by stage are those of its run.json. With --encoder-only the windows are made once and held in memory, and only the encoder with
/// its heads is timed: the figure to hold against other programs that are given the same sentences.
///
/// Prints Markdown, and never text of a document. Peaks: f32 is measured with fused multiply-adds on registers, int8 with Befund's own
/// products on operands that stay in the first-level cache, a card with large square products.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  befund bench reports/ --limit 500                        f32 and int8 on all cores\n  \
    befund bench letters.jsonl --threads 1,2,4 --precision int8 --out record\n  \
    befund bench sentences.jsonl --encoder-only --precision int8,f32 --json > encoder.json\n  \
    befund bench archive.arrow --device cpu,cuda --precision int8,bf16    each device in the formats it has\n\n\
    Each line of sentences.jsonl is {\"doc_id\": \"s1\", \"text\": \"...\"}. Keep the machine quiet: medians bear noise, not a second load."
)]
pub(crate) struct BenchArgs {
    /// Shards, files and folders, as for befund extract
    #[arg(required = true, value_name = "INPUT")]
    pub(crate) inputs: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) find: FindArgs,
    /// Devices, separated by commas: cpu, cuda, cuda:N, auto
    #[arg(long, value_delimiter = ',', default_value = "auto", value_name = "DEVICES")]
    pub(crate) device: Vec<DeviceSpec>,
    /// Number formats of the encoder, separated by commas: f32; on processors also int8; on CUDA also f16 and bf16
    #[arg(long, value_delimiter = ',', default_value = "f32,int8", value_name = "FORMATS")]
    pub(crate) precision: Vec<Precision>,
    /// Numbers of threads, separated by commas [default: all cores]
    #[arg(long, value_delimiter = ',', value_name = "NUMBERS", value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) threads: Vec<u16>,
    /// Most tokens in one batch, separated by commas [default: the model's choice for the device]
    #[arg(long, value_delimiter = ',', value_name = "NUMBERS", value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) max_batch_tokens: Vec<u32>,
    /// Timed rounds
    #[arg(long, default_value_t = 5, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) repeats: u16,
    /// Read only this many documents
    #[arg(long, value_name = "N")]
    pub(crate) limit: Option<u64>,
    /// Time only the encoder and its heads (all tasks), on windows that are held in memory
    #[arg(long)]
    pub(crate) encoder_only: bool,
    /// Folder to write bench.json, bench.md and bench.svg to; earlier ones are replaced. Runs write their datasets below it meanwhile
    /// [default: no files; datasets go to the system's temporary folder]
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    /// Print JSON instead of Markdown
    #[arg(long)]
    pub(crate) json: bool,
}

impl BenchArgs {
    pub(crate) fn spec(&self) -> BenchSpec {
        let base = ExtractSpec { inputs: self.inputs.clone(), limit: self.limit, ..self.find.spec() };
        let threads = match self.threads.as_slice() {
            [] => vec![base.threads],
            threads => threads.iter().copied().map(usize::from).collect(),
        };
        BenchSpec {
            base,
            devices: self.device.clone(),
            precisions: self.precision.clone(),
            threads,
            max_batch_tokens: self.max_batch_tokens.iter().map(|n| *n as usize).collect(),
            repeats: usize::from(self.repeats),
            encoder_only: self.encoder_only,
            scratch: self.out.clone().unwrap_or_else(std::env::temp_dir),
        }
    }

    /// What is typed for one of the runs: `befund extract` with these inputs and options, and those of `spec`.
    pub(crate) fn extract_arguments(&self, spec: &ExtractSpec) -> Vec<OsString> {
        let tasks: Vec<&str> = spec.tasks.iter().map(|task| task.as_str()).collect();
        let found_by = self.find.found_by.to_possible_value();
        let mut arguments: Vec<OsString> = ["extract", "--quiet"].map(OsString::from).into();
        let mut option = |name: &str, value: OsString| arguments.extend([OsString::from(name), value]);
        option("--out", spec.out.clone().into());
        option("--tasks", tasks.join(",").into());
        option("--model", spec.model.to_string().into());
        option("--device", spec.device.to_string().into());
        option("--threads", spec.threads.to_string().into());
        option("--found-by", found_by.map_or_else(String::new, |value| value.get_name().to_owned()).into());
        if let Some(precision) = spec.precision {
            option("--precision", precision.as_str().into());
        }
        if let Some(n) = spec.max_batch_tokens {
            option("--max-batch-tokens", n.to_string().into());
        }
        if let Some(n) = spec.limit {
            option("--limit", n.to_string().into());
        }
        if spec.exhaustive {
            arguments.push("--exhaustive".into());
        }
        arguments.push("--".into());
        arguments.extend(spec.inputs.iter().map(|path| path.clone().into()));
        arguments
    }
}
