//! What can be typed. Each command's help says what comes out and shows an example.

mod bench;

use std::path::PathBuf;

use befund_job::{
    CsvDialect, DeviceSpec, ExportSpec, ExportTarget, ExtractSpec, FoundByMode, ModelSpec, Precision, ReportKind, Task,
};
use clap::{Args, Parser, Subcommand, ValueEnum};

pub(crate) use bench::BenchArgs;

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
    Explain(ExplainArgs),
    Eval(EvalArgs),
    Bench(BenchArgs),
    Export(ExportArgs),
    Report(ReportArgs),
    Rules(RulesArgs),
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

/// What is looked for, and by whom.
#[derive(Args)]
pub(crate) struct FindArgs {
    /// Tasks to report, separated by commas: tnm, ade, medication
    #[arg(long, value_delimiter = ',', default_value = "tnm,ade,medication", value_parser = parse_task)]
    pub(crate) tasks: Vec<Task>,
    /// builtin, a folder with a model, or hf:ORG/NAME[@REV] (the only one that uses the network)
    #[arg(long, default_value = "builtin", value_name = "MODEL")]
    pub(crate) model: ModelSpec,
    /// Who may find mentions: the model, the rules, or both
    #[arg(long, default_value = "both", value_name = "WHO")]
    pub(crate) found_by: FoundByArg,
    /// Let the encoder read everything. With --tasks tnm it reads by default only where the rules leave something open: the same
    /// mentions and statements, many times as fast (models/EXPERIMENTS.md); but found_by is `rule` and score null where nobody asked it
    #[arg(long)]
    pub(crate) exhaustive: bool,
}

/// What the commands that run the model share.
#[derive(Args)]
pub(crate) struct EngineArgs {
    #[command(flatten)]
    pub(crate) find: FindArgs,
    /// cpu, cuda, cuda:N or auto; a device that is asked for and missing is an error
    #[arg(long, default_value = "auto", value_name = "DEVICE")]
    pub(crate) device: DeviceSpec,
    /// Number format of the encoder: f32; on processors also int8 (more than twice as fast, about as right, the same bits on every
    /// processor); on CUDA also f16 and bf16 [default: int8 on processors; f32 on CUDA and for checkpoints of other programs]
    #[arg(long, value_name = "FORMAT")]
    pub(crate) precision: Option<Precision>,
    /// Threads [default: all cores]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) threads: Option<u16>,
    /// Most tokens in one batch [default: the model's choice for the device]; does not change results
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) max_batch_tokens: Option<u32>,
    /// Your own plausibility rules, beside those of the house; may be given more than once. A rule with the id of one of the house
    /// takes its place. `befund rules --help` says how to write them
    #[arg(long = "rules", value_name = "FILE")]
    pub(crate) rules: Vec<PathBuf>,
    /// Also infer T and N where a report describes and does not state them: rows of their own, flagged `inferred`, with a score that says
    /// what share of such rows is right, from MIN on [default: 0]. Node counts in German and English; the rest in English reports of nine organs
    #[arg(long, value_name = "MIN", num_args = 0..=1, require_equals = true, default_missing_value = "0", value_parser = parse_score)]
    pub(crate) infer: Option<f64>,
}

fn parse_score(text: &str) -> Result<f64, String> {
    let score: Option<f64> = text.parse().ok();
    score.filter(|score| (0.0..=1.0).contains(score)).ok_or_else(|| "the least score lies between 0 and 1".into())
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

impl FindArgs {
    /// The part of a specification that these options decide.
    pub(crate) fn spec(&self) -> ExtractSpec {
        let mut tasks = self.tasks.clone();
        tasks.sort();
        tasks.dedup();
        ExtractSpec {
            tasks,
            model: self.model.clone(),
            exhaustive: self.exhaustive,
            found_by: match self.found_by {
                FoundByArg::Model => FoundByMode::Model,
                FoundByArg::Rules => FoundByMode::Rules,
                FoundByArg::Both => FoundByMode::Both,
            },
            ..ExtractSpec::default()
        }
    }
}

impl EngineArgs {
    /// The part of a specification that these options decide.
    pub(crate) fn spec(&self) -> ExtractSpec {
        let find = self.find.spec();
        ExtractSpec {
            device: self.device,
            precision: self.precision,
            threads: self.threads.map_or(find.threads, usize::from),
            max_batch_tokens: self.max_batch_tokens.map(|n| n as usize),
            rules: self.rules.clone(),
            infer: self.infer,
            ..find
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

/// Say why something that looks like a tumour stage is not reported
///
/// Writes one JSON object a line for every candidate that is not among the mentions, or makes no statement: document, label, place, who saw
/// it, and the reason (cue_against, no_cue, block_or_lot, scanned_alone, word, not_ticked, score_too_low, ...). Never prints text.
#[derive(Args)]
#[command(after_help = "Example:\n  befund explain reports/ --found-by rules > refused.jsonl\n\nReasons:\n  \
    runs_into_a_word        T2Nase\n  \
    block_or_lot            the label of a block, slide or lot: T1-T6\n  \
    scanned_alone           letters for figures (Tl, NO) and no component beside them\n  \
    word                    letters for figures that are a word: NO TUMOR\n  \
    not_beside_a_component  L, V, R, G or S away from T, N and M\n  \
    cue_against             a word beside it says otherwise: vertebra, sequence, nerve, lead, phase\n  \
    node_station            a station of lymph nodes\n  \
    explained               a definition\n  \
    thyroid_hormones        T3 and T4 as a pair\n  \
    other_disease           the stage or grade of something that is no tumour\n  \
    no_cue                  nothing beside it says that it is a stage\n  \
    overlapped              a longer or surer mention covers it\n  \
    score_too_low           the model alone saw it and was not sure enough\n  \
    not_readable            the grammar finds no value in it\n  \
    not_ticked              a category of a form that is not ticked")]
pub(crate) struct ExplainArgs {
    /// Shards, files and folders
    #[arg(required = true, value_name = "INPUT")]
    pub(crate) inputs: Vec<PathBuf>,
    /// Stop after this many documents
    #[arg(long, value_name = "N")]
    pub(crate) limit: Option<u64>,
    #[command(flatten)]
    pub(crate) engine: EngineArgs,
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

/// Hand a dataset on: CSV for people, oBDS XML for a German cancer registry, FHIR for a hospital's platform
///
/// csv: every table as it is, and tnm_people.csv: each stage statement as a pathologist writes it.
///
/// obds: obds.xml (oBDS 3.0.4), a Meldung for each stage statement that is affirmed and current.
///
/// fhir: bundle-*.json (R4, MII oncology module), a group of Observations for each such statement.
///
/// The rows hold what the text says. Who the patient is, when the tumour was diagnosed and who reports it comes from options and from a
/// CSV file (--metadata), and nothing is made up: what a format needs and nobody gave is left out and listed in left_out.csv, with a
/// reason and what to do. In oBDS a category without its letter means c, so one without c, p or u is exported as p only where the report
/// is known to be a pathologist's, and otherwise left out.
#[derive(Args)]
#[command(
    after_help = "Columns of --metadata, all but doc_id optional; the line with doc_id * holds for every document that does not say otherwise:\n  \
    doc_id patient_id last_name first_names sex birth_date insurer_ik insurance_number diagnosis_date date tumour_id side\n  \
    icd10 icd10_version morphology morphology_version report certainty notification_basis own_service referrer\n\
    oBDS needs patient_id, last_name, first_names, birth_date, diagnosis_date, icd10_version, notification_basis, own_service, and icd10\n\
    where it does not follow from the site. Codes are those of oBDS; dates are YYYY-MM-DD, YYYY-MM or YYYY.\n\
    Where oBDS has a code for \"not known\" (sex, payer, certainty of the diagnosis, performance status) that is written.\n\n\
    Examples:\n  befund export out --to csv --out tables\n  befund export out --to csv --out tables --csv-for excel\n  \
    befund export out --to fhir --out bundles --patient-id-from doc_id\n  \
    befund export out --to obds --out registry --metadata patients.csv --sender-id 12345 --report-date 2026-01-31 --report pathology\n\n\
    Exit code: 0 clean, 1 some statements are left out for want of something that you can give, 2 failure."
)]
pub(crate) struct ExportArgs {
    /// Dataset written by befund extract
    #[arg(value_name = "DIR")]
    pub(crate) dataset: PathBuf,
    /// Format
    #[arg(long, value_name = "FORMAT")]
    pub(crate) to: FormatArg,
    /// Folder to write to, new or empty
    #[arg(long, value_name = "PATH")]
    pub(crate) out: PathBuf,
    /// CSV file with what the text does not say, by document (columns below)
    #[arg(long, value_name = "FILE")]
    pub(crate) metadata: Option<PathBuf>,
    /// Where the patient's identifier comes from; doc_id: from the metadata, else the document's own
    #[arg(long, value_name = "WHERE", default_value = "metadata")]
    pub(crate) patient_id_from: PatientIdFromArg,
    /// What the reports are, where the metadata do not say it; a section of gross or microscopic description tells a pathologist's, too
    #[arg(long, value_name = "KIND")]
    pub(crate) report: Option<ReportArg>,
    /// Your identifier at the registry (obds)
    #[arg(long, value_name = "ID")]
    pub(crate) sender_id: Option<String>,
    /// Day of the notification, YYYY-MM-DD (obds)
    #[arg(long, value_name = "DATE")]
    pub(crate) report_date: Option<String>,
    /// URI that names your patient identifiers (fhir)
    #[arg(long, value_name = "URI")]
    pub(crate) patient_system: Option<String>,
    /// Documents in one Bundle (fhir)
    #[arg(long, value_name = "N", default_value_t = 1000, value_parser = clap::value_parser!(u64).range(1..))]
    pub(crate) documents_per_file: u64,
    /// programs: comma, decimal point; excel: semicolon, decimal comma, byte order mark, as Excel opens it under German settings (csv)
    #[arg(long, value_name = "WHOM", default_value = "programs")]
    pub(crate) csv_for: CsvForArg,
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum FormatArg {
    Csv,
    Obds,
    Fhir,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum PatientIdFromArg {
    Metadata,
    #[value(name = "doc_id")]
    DocId,
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum ReportArg {
    Pathology,
    Clinical,
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum CsvForArg {
    Programs,
    Excel,
}

impl ExportArgs {
    pub(crate) fn spec(&self) -> ExportSpec {
        ExportSpec {
            dataset: self.dataset.clone(),
            out: self.out.clone(),
            target: match self.to {
                FormatArg::Csv => ExportTarget::Csv,
                FormatArg::Obds => ExportTarget::Obds,
                FormatArg::Fhir => ExportTarget::Fhir,
            },
            metadata: self.metadata.clone(),
            patient_id_from_doc_id: self.patient_id_from == PatientIdFromArg::DocId,
            report: self.report.map(|kind| match kind {
                ReportArg::Pathology => ReportKind::Pathology,
                ReportArg::Clinical => ReportKind::Clinical,
            }),
            sender_id: self.sender_id.clone(),
            report_date: self.report_date.clone(),
            patient_system: self.patient_system.clone(),
            documents_per_file: self.documents_per_file,
            dialect: match self.csv_for {
                CsvForArg::Programs => CsvDialect::Programs,
                CsvForArg::Excel => CsvDialect::Excel,
            },
        }
    }
}

/// Make one HTML page of a dataset: figures, plots, listings, documents with coloured spans and their findings
///
/// The page is one file that loads nothing: open it in any browser, offline, or print it. Listings can be sorted and filtered where the
/// browser runs scripts. The dataset holds no texts, so the inputs named in its run.json are read again, and a text is shown where its
/// SHA-256 is the one that was recorded; otherwise the page says why not and lists the mentions.
///
/// The page holds text of the documents: keep it where they may be kept.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  befund report out --out report.html\n  befund report out --out report.html --input /mnt/archive    the inputs have moved\n  \
    befund report out --out figures.html --documents 0          no documents"
)]
pub(crate) struct ReportArgs {
    /// Dataset written by befund extract
    #[arg(value_name = "DIR")]
    pub(crate) dataset: PathBuf,
    /// Page to write; an earlier page is replaced, any other file is not
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
    /// Where the texts are now: files and folders [default: the inputs named in run.json]
    #[arg(long, value_name = "INPUT", num_args = 1..)]
    pub(crate) input: Vec<PathBuf>,
    /// Most documents on the page, those with the gravest findings first; about 32 MiB of them at most
    #[arg(long, value_name = "N", default_value_t = 200)]
    pub(crate) documents: usize,
    /// Most rows in each listing
    #[arg(long, value_name = "N", default_value_t = 2000)]
    pub(crate) rows: usize,
}

/// Show the plausibility rules, each with its citation; and how to write your own
///
/// A rule asks one question of a medication (is the daily dose above the maximum?) and answers ok, implausible or cannot_tell, in the
/// table `findings`. Rules are a help for people who check them. They do not replace the product information.
///
/// Your own rules stand in a text file with tabs, one rule a line, the names of the columns in the first line:
///
///   id       kind       drugs       limit  unit  gfr_below  severity  message                     citation
///   site-1   max_daily  torasemide  200    mg               major     daily dose above the limit  Drug list 2025, p. 12
///   site-2   renal      @nsaid                   45         minor     our limit is stricter       Nephrology SOP 7
///
/// Drugs are English INNs, @classes or *; diagnoses are #conditions. `befund rules columns` lists columns, kinds, severities; a mistake
/// (an unknown drug, unit, severity) is told with its line, and the run does not start.
#[derive(Args)]
#[command(
    verbatim_doc_comment,
    after_help = "Examples:\n  befund rules list --drug Ramipril        what concerns ramipril\n  befund rules list --kind renal\n  \
    befund rules show daily-methotrexate\n  befund rules list --rules site.tsv       check a file of your own\n  \
    befund extract letters/ --out out --rules site.tsv"
)]
pub(crate) struct RulesArgs {
    #[command(subcommand)]
    pub(crate) command: RulesCommand,
}

#[derive(Subcommand)]
pub(crate) enum RulesCommand {
    /// One line a rule: id, severity, what it asks, of which drugs, what it says
    List {
        /// Only rules that name this drug (brand or INN)
        #[arg(long, value_name = "NAME")]
        drug: Option<String>,
        /// Only rules of this kind (befund rules columns lists the kinds)
        #[arg(long, value_name = "KIND")]
        kind: Option<String>,
        /// Your own rules beside those of the house
        #[arg(long, value_name = "FILE")]
        rules: Vec<PathBuf>,
    },
    /// Everything about one rule, with the members of its classes
    Show {
        /// Id of the rule, as in the column rule_id of findings
        #[arg(value_name = "ID")]
        id: String,
        /// Your own rules beside those of the house
        #[arg(long, value_name = "FILE")]
        rules: Vec<PathBuf>,
    },
    /// The columns of a rule file and what may stand in them
    Columns,
}

/// Print the tables and their columns
#[derive(Args)]
pub(crate) struct SchemaArgs {
    /// Only this table
    #[arg(value_name = "TABLE")]
    pub(crate) table: Option<String>,
}
