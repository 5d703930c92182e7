//! `befund extract`.

use std::collections::BTreeMap;

use anyhow::Result;
use befund_job::{Control, Extraction, Report, Summary, Task};

use crate::Ending;
use crate::args::ExtractArgs;
use crate::progress::{Progress, Total, span, stop_on_interrupt};

/// Faults printed one by one; the rest is counted. All of them are in the table `documents`.
const FAULTS_SHOWN: usize = 20;

pub(crate) fn main(args: &ExtractArgs) -> Result<Ending> {
    let spec = args.spec();
    let control = Control::default();
    stop_on_interrupt(&control, "stopping; what is in flight is finished and written")?;
    let extraction = Extraction::open(&spec)?;
    if !args.quiet {
        eprintln!("befund: {}", extraction.describe());
        for path in extraction.ignored() {
            eprintln!("befund: not read: {} (Befund reads .txt, .jsonl, .csv, .parquet and .arrow)", path.display());
        }
    }
    let total = match (extraction.n_documents(), extraction.n_bytes()) {
        (Some(n), _) => Total::Documents(n),
        (None, n) if spec.limit.is_none() && n > 0 => Total::Bytes(n),
        _ => Total::Unknown,
    };
    let progress = Progress::start(&control, total, args.quiet);
    let print = progress.printer();
    let mut shown = 0;
    let report = extraction.run(
        &control,
        Box::new(move |fault| {
            shown += 1;
            if shown <= FAULTS_SHOWN {
                print(format!("befund: {fault}"));
            } else if shown == FAULTS_SHOWN + 1 {
                print("befund: further faults are in the table documents".into());
            }
        }),
    );
    drop(progress);
    let report = report?;
    if !args.quiet {
        print_summary(&report, &spec.tasks);
    }
    if report.interrupted {
        anyhow::bail!(
            "interrupted: what was written is complete and readable; run the same command with --resume to go on"
        );
    }
    Ok(if report.manifest.n_faults > 0 { Ending::Faults } else { Ending::Clean })
}

fn print_summary(report: &Report, tasks: &[Task]) {
    let Report { manifest, summary, .. } = report;
    println!("Documents      {} read, {} with a fault{}", manifest.n_documents, manifest.n_faults, languages(summary));
    if tasks.contains(&Task::Tnm) {
        println!(
            "Tumour stage   {} statements that hold now ({} with positive nodes), {} past, suspected, negated or defined",
            summary.statements, summary.node_positive, summary.statements_not_current
        );
        println!("               {}", top(&summary.t, usize::MAX, |key| key.clone()));
    }
    if tasks.contains(&Task::Ade) {
        let pairs: u64 = summary.pairs.values().sum();
        println!(
            "Adverse events {pairs} drug-event pairs stated, {} negated, suspected or warned of",
            summary.pairs_not_affirmed
        );
        println!("               {}", top(&summary.pairs, 5, |(drug, event)| format!("{drug} -> {event}")));
    }
    if tasks.contains(&Task::Medication) {
        println!("Medication     {}", top(&summary.medications, 4, |key| (*key).to_string()));
        let findings: u64 = summary.implausible.values().sum();
        println!("Plausibility   {findings} implausible; {}", top(&summary.implausible, 5, Clone::clone));
    }
    println!(
        "Time           {} on {} ({:.1} documents/s, {:.0} tokens/s){}",
        span(manifest.seconds),
        manifest.device,
        manifest.documents_per_second,
        manifest.tokens_per_second,
        manifest.peak_memory_bytes.map_or_else(String::new, |bytes| format!(", peak memory {} MB", bytes / 1_000_000))
    );
    println!("Written to     {}", report.out.display());
}

fn languages(summary: &Summary) -> String {
    let names: Vec<String> = summary
        .languages
        .iter()
        .map(|(code, n)| match *code {
            "de" => format!("{n} German"),
            "en" => format!("{n} English"),
            _ => format!("{n} of unknown language"),
        })
        .collect();
    if names.is_empty() { String::new() } else { format!(" ({})", names.join(", ")) }
}

/// The most frequent keys with their counts, ties in the order of the keys.
fn top<K: Ord + Clone>(counts: &BTreeMap<K, u64>, n: usize, name: impl Fn(&K) -> String) -> String {
    let mut items: Vec<_> = counts.iter().collect();
    if n != usize::MAX {
        items.sort_by(|a, b| b.1.cmp(a.1).then_with(|| a.0.cmp(b.0)));
    }
    let shown: Vec<String> = items.iter().take(n).map(|(key, count)| format!("{} {count}", name(key))).collect();
    if shown.is_empty() { "none".into() } else { shown.join(", ") }
}
