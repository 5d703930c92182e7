//! `befund eval`.

use std::io::Write;

use anyhow::Result;
use befund_job::eval::{evaluate, read_gold, render};
use befund_job::read_dataset;

use crate::Ending;
use crate::args::EvalArgs;

pub(crate) fn main(args: &EvalArgs) -> Result<Ending> {
    let gold = read_gold(&args.gold)?;
    let written = read_dataset(&args.pred)?;
    let evaluation = evaluate(&gold, &written, &args.tasks);
    let mut out = std::io::stdout().lock();
    if args.json {
        writeln!(out, "{}", serde_json::to_string_pretty(&evaluation)?)?;
    } else {
        write!(out, "{}", render(&evaluation, args.by_language))?;
    }
    for doc_id in &evaluation.missing {
        eprintln!("befund: document {doc_id} is in gold but not in the dataset; everything in it counts as missed");
    }
    Ok(Ending::Clean)
}
