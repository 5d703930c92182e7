//! `befund export`.

use anyhow::Result;
use befund_job::{ExportTarget, export};

use crate::Ending;
use crate::args::ExportArgs;

pub(crate) fn main(args: &ExportArgs) -> Result<Ending> {
    let spec = args.spec();
    let report = export(&spec)?;
    if spec.target == ExportTarget::Csv {
        println!("Exported       {} rows", report.n_exported);
    } else {
        println!("Exported       {} stage statements", report.n_exported);
        println!(
            "Left out       {} stage statements, {} of them for want of something that you can give",
            report.n_left_out, report.n_mendable
        );
        for (reason, n) in &report.reasons {
            println!("               {reason} {n}");
        }
    }
    if report.n_unused_metadata > 0 {
        println!("Metadata       {} lines name a document that the dataset does not have", report.n_unused_metadata);
    }
    println!("Written to     {}: {}", spec.out.display(), report.files.join(", "));
    Ok(if report.n_mendable > 0 { Ending::Faults } else { Ending::Clean })
}
