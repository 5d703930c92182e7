//! `befund inspect`: one document on the terminal.

use std::io::{Read, Write};
use std::path::Path;

use anyhow::{Context, Result};
use befund_job::{Inspection, Rows, Task, inspect};
use serde_json::Value;

use crate::Ending;
use crate::args::InspectArgs;
use crate::paint::{Paint, harmless};

pub(crate) fn main(args: &InspectArgs) -> Result<Ending> {
    let spec = args.engine.spec();
    let inspection = if args.input == Path::new("-") {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text).context("standard input is not readable as UTF-8")?;
        inspect(&spec, Inspection::Text(text))?
    } else {
        inspect(&spec, Inspection::File { path: args.input.clone(), doc_id: args.doc_id.clone() })?
    };
    let mut out = std::io::stdout().lock();
    if args.json {
        let tables = befund_job::rows_as_json(&inspection)?;
        writeln!(out, "{}", serde_json::to_string_pretty(&Value::Object(tables))?)?;
    } else {
        show(&mut out, &inspection)?;
    }
    Ok(if inspection.row.fault.is_some() { Ending::Faults } else { Ending::Clean })
}

fn show(out: &mut impl Write, rows: &Rows) -> Result<()> {
    let paint = Paint::stdout();
    writeln!(out, "{}", paint.bold(&rows.row.doc_id))?;
    if let Some(fault) = &rows.row.fault {
        writeln!(out, "{fault}")?;
        return Ok(());
    }
    let text = rows.document.as_ref().map_or("", |document| document.text());
    writeln!(out, "\n{}\n", coloured(text, rows, paint))?;
    if paint.on() {
        let legend: Vec<String> = Task::ALL.iter().map(|task| paint.style(colour(*task), task.as_str())).collect();
        writeln!(out, "{}\n", legend.join("  "))?;
    }
    let tables = befund_job::rows_as_json(rows)?;
    for (name, table) in &tables {
        let Some(entries) = table.as_array().filter(|entries| !entries.is_empty() && name != "documents") else {
            continue;
        };
        writeln!(out, "{}", paint.bold(name))?;
        for entry in entries {
            writeln!(out, "  {}", brief(entry))?;
        }
        writeln!(out)?;
    }
    Ok(())
}

fn colour(task: Task) -> &'static str {
    match task {
        Task::Tnm => "30;46",
        Task::Ade => "30;43",
        Task::Medication => "30;42",
    }
}

/// The text with its mentions: on a colour terminal as backgrounds, otherwise as `[mention|label]`. Where mentions of two tasks overlap the
/// longer one is shown; the table below has both.
fn coloured(text: &str, rows: &Rows, paint: Paint) -> String {
    let mut order: Vec<_> = rows.mentions.iter().collect();
    order.sort_by_key(|mention| (mention.span.start, std::cmp::Reverse(mention.span.end)));
    let mut out = String::with_capacity(text.len() * 2);
    let mut at = 0;
    for mention in order {
        let span = mention.span;
        if (span.start as usize) < at {
            continue;
        }
        out.push_str(&harmless(&text[at..span.start as usize]));
        let inside = harmless(span.of(text));
        if paint.on() {
            out.push_str(&paint.style(colour(mention.task), &inside));
            out.push_str(&paint.style("2", &format!("{}", mention.label)));
        } else {
            out.push_str(&format!("[{inside}|{}]", mention.label));
        }
        at = span.end as usize;
    }
    out.push_str(&harmless(&text[at..]));
    out
}

/// A row on one line: only the columns that say something.
fn brief(row: &Value) -> String {
    let Some(row) = row.as_object() else { return String::new() };
    let said = |value: &Value| match value {
        Value::Null | Value::Bool(false) => false,
        Value::Array(items) => !items.is_empty(),
        _ => true,
    };
    let hidden = ["doc_id", "byte_begin", "byte_end", "statement_id"];
    let shown = row.iter().filter(|(key, value)| said(value) && !hidden.contains(&key.as_str()));
    let parts: Vec<String> = shown
        .map(|(key, value)| match value {
            Value::String(text) => format!("{key}={}", harmless(&text.replace('\n', " "))),
            other => format!("{key}={other}"),
        })
        .collect();
    parts.join("  ")
}
