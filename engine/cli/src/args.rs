//! What can be typed. Each command's help says what comes out and shows an example.

use std::path::PathBuf;

use befund_job::{DeviceSpec, ExtractSpec, FoundByMode, ModelSpec, Precision, Task};
use clap::{Args, Parser, Subcommand, ValueEnum};

/// Tumour stage, adverse drug events and medication from clinical text, in bulk, as columns.
///
/// Reads German and English reports from shards, files and folders, and writes Parquet tables that DuckDB, polars, pandas, Spark and R open
/// as they are. Works offline. Never prints document text unless asked to show a document (`befund inspect`).
#[derive(Parser)]
#[command(name = "befund", version, propagate_version = true, max_term_width = 120)]
pub(crate) struct LowArgs {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    Extract(ExtractArgs),
    Pack(PackArgs),
    Inspect(InspectArgs),
    Eval(EvalArgs),
    Schema(SchemaArgs),
}

/// Read documents, write the tables documents, mentions, relations, tnm, medications, findings and run.json
///
/// INPUT is any number of shards (*.arrow), files (.txt, .jsonl with doc_id and text, .csv, .parquet) and folders of these.
/// A document that cannot be read becomes a row of `documents` with its fault, and the run goes on.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  befund extract reports/ --out out\n  befund extract archive-*.arrow --tasks tnm --threads 8 --out stages\n  \
    befund extract archive/ --out stages --resume     go on after an interruption\n\nExit code: 0 clean, 1 some documents are faults, 2 failure."
)]
pub(crate) struct ExtractArgs {
    /// Shards, files and folders
    #[arg(required = true, value_name = "INPUT")]
    pub(crate) inputs: Vec<PathBuf>,
    /// Folder to write the dataset to
    #[arg(long, value_name = "DIR")]
    pub(crate) out: PathBuf,
    #[command(flatten)]
    pub(crate) engine: EngineArgs,
    /// Stop after this many documents
    #[arg(long, value_name = "N")]
    pub(crate) limit: Option<u64>,
    /// Go on with a dataset that was interrupted; inputs and options must be the same
    #[arg(long)]
    pub(crate) resume: bool,
    /// Documents in one Parquet part; an interrupted run loses at most one part of work
    #[arg(long, value_name = "N", default_value_t = 1024, value_parser = clap::value_parser!(u64).range(1..))]
    pub(crate) documents_per_part: u64,
    /// Larger texts become a fault
    #[arg(long, value_name = "MIB", default_value_t = 64, value_parser = clap::value_parser!(u64).range(1..=2048))]
    pub(crate) max_document_mib: u64,
    /// Print nothing but errors
    #[arg(long, short)]
    pub(crate) quiet: bool,
}

/// What the commands that run the model share.
#[derive(Args)]
pub(crate) struct EngineArgs {
    /// Tasks to report, separated by commas: tnm, ade, medication
    #[arg(long, value_delimiter = ',', default_value = "tnm,ade,medication", value_parser = parse_task)]
    pub(crate) tasks: Vec<Task>,
    /// builtin, a folder with a model, or hf:ORG/NAME[@REV] (the only one that uses the network)
    #[arg(long, default_value = "builtin", value_name = "MODEL")]
    pub(crate) model: ModelSpec,
    /// cpu, cuda, cuda:N or auto; a device that is asked for and missing is an error
    #[arg(long, default_value = "auto", value_name = "DEVICE")]
    pub(crate) device: DeviceSpec,
    /// Number format of the encoder: f32; on processors also int8 (faster, scores differ slightly); on CUDA also f16 and bf16
    #[arg(long, default_value = "f32", value_name = "FORMAT")]
    pub(crate) precision: Precision,
    /// Threads [default: all cores]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) threads: Option<u16>,
    /// Most tokens in one batch [default: the model's choice for the device]; does not change results
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) max_batch_tokens: Option<u32>,
    /// Who may find mentions: the model, the rules, or both
    #[arg(long, default_value = "both", value_name = "WHO")]
    pub(crate) found_by: FoundByArg,
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum FoundByArg {
    Model,
    Rules,
    Both,
}

fn parse_task(text: &str) -> Result<Task, String> {
    Task::parse(text).ok_or_else(|| "the tasks are tnm, ade and medication".into())
}

impl EngineArgs {
    /// The part of a specification that these options decide.
    pub(crate) fn spec(&self) -> ExtractSpec {
        let mut tasks = self.tasks.clone();
        tasks.sort();
        tasks.dedup();
        let defaults = ExtractSpec::default();
        ExtractSpec {
            tasks,
            model: self.model.clone(),
            device: self.device,
            precision: self.precision,
            threads: self.threads.map_or(defaults.threads, usize::from),
            max_batch_tokens: self.max_batch_tokens.map(|n| n as usize),
            found_by: match self.found_by {
                FoundByArg::Model => FoundByMode::Model,
                FoundByArg::Rules => FoundByMode::Rules,
                FoundByArg::Both => FoundByMode::Both,
            },
            ..defaults
        }
    }
}

impl ExtractArgs {
    pub(crate) fn spec(&self) -> ExtractSpec {
        ExtractSpec {
            inputs: self.inputs.clone(),
            out: self.out.clone(),
            limit: self.limit,
            resume: self.resume,
            documents_per_part: self.documents_per_part,
            max_document_bytes: self.max_document_mib << 20,
            ..self.engine.spec()
        }
    }
}

/// Pack files and folders into Arrow shards, which are memory-mapped when read
///
/// A shard is an Arrow IPC file with the columns doc_id, text and metadata (a map of every further field); pyarrow and polars read it.
#[derive(Args)]
#[command(after_help = "Example:\n  befund pack reports/ more.jsonl --out shards")]
pub(crate) struct PackArgs {
    /// Files and folders: .txt, .jsonl, .csv, .parquet
    #[arg(required = true, value_name = "INPUT")]
    pub(crate) inputs: Vec<PathBuf>,
    /// Folder to write shard-00000.arrow, shard-00001.arrow ... to
    #[arg(long, value_name = "DIR")]
    pub(crate) out: PathBuf,
    /// Text in one shard, about
    #[arg(long, value_name = "MIB", default_value_t = 256, value_parser = clap::value_parser!(u64).range(1..))]
    pub(crate) shard_mib: u64,
    /// Larger texts become a fault
    #[arg(long, value_name = "MIB", default_value_t = 64, value_parser = clap::value_parser!(u64).range(1..=2048))]
    pub(crate) max_document_mib: u64,
}

/// Show one document with its mentions in colour, and the rows it gives
///
/// This prints the text of the document: it is the one command that does.
#[derive(Args)]
#[command(after_help = "Examples:\n  befund inspect report.txt\n  befund inspect archive.arrow --doc-id patho_17")]
pub(crate) struct InspectArgs {
    /// A file or shard; "-" reads text from standard input
    #[arg(value_name = "DOC")]
    pub(crate) input: PathBuf,
    /// Which document of a file that holds many
    #[arg(long, value_name = "ID")]
    pub(crate) doc_id: Option<String>,
    #[command(flatten)]
    pub(crate) engine: EngineArgs,
    /// Print the rows as JSON instead
    #[arg(long)]
    pub(crate) json: bool,
}

/// Compare a dataset with gold: precision, recall, F1 per task and label, strict and overlapping
#[derive(Args)]
#[command(after_help = "Example:\n  befund eval --gold datasets/gold/samples.jsonl --pred out")]
pub(crate) struct EvalArgs {
    /// Gold in JSON Lines (datasets/LABELS.md)
    #[arg(long, value_name = "FILE")]
    pub(crate) gold: PathBuf,
    /// Dataset written by befund extract
    #[arg(long, value_name = "DIR")]
    pub(crate) pred: PathBuf,
    /// Tasks to score
    #[arg(long, value_delimiter = ',', default_value = "tnm,ade,medication", value_parser = parse_task)]
    pub(crate) tasks: Vec<Task>,
    /// Add a line for each language
    #[arg(long)]
    pub(crate) by_language: bool,
    /// Print JSON instead of a table
    #[arg(long)]
    pub(crate) json: bool,
}

/// Print the tables and their columns
#[derive(Args)]
pub(crate) struct SchemaArgs {
    /// Only this table
    #[arg(value_name = "TABLE")]
    pub(crate) table: Option<String>,
}
