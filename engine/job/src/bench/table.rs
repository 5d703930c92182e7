//! The record as Markdown, for a terminal and for people.

use std::fmt::Write;

use super::record::{BenchRecord, ConfigurationRecord};
use super::statistics::Spread;
use super::text::TextRecord;

/// The whole page.
pub(super) fn markdown(record: &BenchRecord) -> String {
    let mut out = String::new();
    head(&mut out, record);
    rows(
        &mut out,
        &["configuration", "seconds", "documents/s", "tokens/s", "MB/s", "speed", "same mentions", "of peak", "memory"],
        record.configurations.iter().map(speed),
    );
    out.push_str(
        "\nSeconds and speed: median (least to most). Speed: relative to the first row, ratios of paired rounds. Same mentions: F1 against \
         the first row, by document, task, label and span. Of peak: operations of the encoder per wall second.\n",
    );
    if record.mode == "whole" {
        times(&mut out, record);
    }
    roofs(&mut out, record);
    if let Some(text) = &record.text {
        tokens(&mut out, text, &record.configurations);
    }
    out
}

fn head(out: &mut String, record: &BenchRecord) {
    let machine = &record.machine;
    let what = if record.mode == "whole" { "whole runs" } else { "encoder and heads" };
    let model = record.model.as_ref().map_or("rules only", |model| &model.id);
    let first = record.configurations.first();
    let (documents, bytes) = first.map_or((0, 0), |first| (first.documents, first.bytes));
    let faults = match first.map_or(0, |first| first.faults) {
        0 => String::new(),
        n => format!(", {n} of them faults"),
    };
    let _ = writeln!(out, "# befund bench: {what}\n");
    let _ = write!(out, "{}, {} cores", machine.processor.as_deref().unwrap_or(&machine.system), machine.cores);
    for card in &machine.cards {
        let _ = write!(out, ", {card}");
    }
    let _ = writeln!(out, "; befund {} ({}), {model}; {}", record.befund, record.git_revision, record.started);
    let _ = write!(
        out,
        "\n{}: {documents} documents{faults}, {:.2} MB of text; {} rounds, all configurations in each",
        record.inputs.join(", "),
        bytes as f64 / 1e6,
        record.repeats
    );
    if record.mode == "whole" {
        let _ = write!(out, "; tasks {}, found by {}", record.tasks.join(", "), record.found_by);
    }
    out.push_str("\n\n");
}

fn speed(one: &ConfigurationRecord) -> Vec<String> {
    vec![
        one.name.clone(),
        spread(&one.seconds_spread),
        format!("{:.1}", one.documents_per_second),
        format!("{:.0}", one.tokens_per_second),
        format!("{:.3}", one.megabytes_per_second),
        spread(&one.ratio),
        format!("{:.4} of {}", one.agreement.f1, one.agreement.mentions),
        one.share_of_peak.map_or_else(String::new, percent),
        one.peak_bytes.map_or_else(String::new, |bytes| format!("{} MB", bytes / 1_000_000)),
    ]
}

/// Where the time of whole runs went.
fn times(out: &mut String, record: &BenchRecord) {
    let Some(first) = record.configurations.first() else { return };
    out.push_str("\nBusy seconds by stage, summed over threads (medians); `open` comes before the line and is part of the seconds above.\n\n");
    let mut names = vec!["configuration"];
    names.extend(first.seconds_by_stage.iter().map(|stage| stage.stage.as_str()));
    names.extend(["slowest", "outside encoder and gate", "tokens not read"]);
    rows(
        out,
        &names,
        record.configurations.iter().map(|one| {
            let mut cells = vec![one.name.clone()];
            cells.extend(one.seconds_by_stage.iter().map(|stage| format!("{:.2}", stage.seconds)));
            cells.push(one.slowest_stage.clone().unwrap_or_default());
            cells.push(one.share_outside_encoder.map_or_else(String::new, percent));
            let not_read = (one.tokens > 0).then(|| 1.0 - one.tokens_encoded as f64 / one.tokens as f64);
            cells.push(not_read.map_or_else(String::new, percent));
            cells
        }),
    );
}

fn roofs(out: &mut String, record: &BenchRecord) {
    let Some(work) = record.operations_per_token else { return };
    let _ = writeln!(
        out,
        "\nA token takes {:.1} million operations (a multiplication or an addition each), {:.1} of them in attention and the first layer. Measured peaks, best \
         round:\n",
        work.all() / 1e6,
        work.in_f32 / 1e6
    );
    rows(
        out,
        &["device", "format", "threads", "10^9 operations/s", "measured with"],
        record.roofs.iter().map(|roof| {
            vec![
                roof.device.clone(),
                roof.precision.into(),
                roof.threads.to_string(),
                format!("{:.0}", roof.gigaoperations_per_second),
                roof.how.clone(),
            ]
        }),
    );
}

fn tokens(out: &mut String, text: &TextRecord, configurations: &[ConfigurationRecord]) {
    let alone = text
        .tokens_per_second_without_layout
        .map_or_else(|| "too fast to tell from splitting".to_owned(), |rate| format!("{rate:.0} tokens/s"));
    let fastest = configurations.iter().map(|one| one.tokens_per_second).fold(0.0, f64::max);
    let _ = writeln!(
        out,
        "\nTokenisation on one thread: {alone}; with sections and sentences {:.0} tokens/s, {:.1} times the fastest configuration.",
        text.tokens_per_second,
        text.tokens_per_second / fastest
    );
}

fn rows(out: &mut String, names: &[&str], rows: impl Iterator<Item = Vec<String>>) {
    let _ = writeln!(out, "| {} |\n|{}", names.join(" | "), "---|".repeat(names.len()));
    for row in rows {
        let _ = writeln!(out, "| {} |", row.join(" | "));
    }
}

fn spread(spread: &Spread) -> String {
    let Spread { median, min, max } = *spread;
    let digits = if median < 1.0 { 3 } else { 2 };
    format!("{median:.digits$} ({min:.digits$} to {max:.digits$})")
}

fn percent(share: f64) -> String {
    format!("{:.1}%", 100.0 * share)
}
