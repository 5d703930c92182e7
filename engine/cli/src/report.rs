//! `befund report`.

use anyhow::Result;
use befund_job::{PageSpec, ReportOptions, write_page};

use crate::Ending;
use crate::args::ReportArgs;

pub(crate) fn main(args: &ReportArgs) -> Result<Ending> {
    let spec = PageSpec {
        dataset: args.dataset.clone(),
        out: args.out.clone(),
        inputs: args.input.clone(),
        options: ReportOptions { n_documents: args.documents, n_rows: args.rows },
    };
    let receipt = write_page(&spec)?;
    println!(
        "Written to {}: {} of {} documents, {:.1} MB",
        args.out.display(),
        receipt.n_shown,
        receipt.n_documents,
        receipt.n_bytes as f64 / 1e6
    );
    if receipt.n_missing > 0 {
        eprintln!(
            "befund: documents shown without their text: {}; it is no longer where run.json says, or has changed: give its place with --input",
            receipt.n_missing
        );
    }
    Ok(Ending::Clean)
}
