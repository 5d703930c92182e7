//! `befund pack`.

use std::io::IsTerminal;

use anyhow::Result;
use befund_job::{Control, PackSpec, pack_inputs};

use crate::Ending;
use crate::args::PackArgs;
use crate::progress::{span, stop_on_interrupt};

pub(crate) fn main(args: &PackArgs) -> Result<Ending> {
    let spec = PackSpec {
        inputs: args.inputs.clone(),
        out: args.out.clone(),
        shard_bytes: args.shard_mib << 20,
        max_document_bytes: args.max_document_mib << 20,
    };
    let control = Control::default();
    stop_on_interrupt(&control, "stopping; the shards begun are removed")?;
    let start = std::time::Instant::now();
    let terminal = std::io::stderr().is_terminal();
    let receipt = pack_inputs(&spec, &control, &mut |fault| eprintln!("befund: {fault}"), &mut |progress| {
        if terminal {
            eprint!("\rbefund: {} documents, {} MB", progress.n_documents, progress.n_bytes / 1_000_000);
        }
    })?;
    if terminal {
        eprint!("\r\x1b[K");
    }
    println!(
        "Packed {} documents ({} MB of text) into {} shards in {} under {}; {} could not be read and are kept as faults",
        receipt.n_documents,
        receipt.n_text_bytes / 1_000_000,
        receipt.shards.len(),
        span(start.elapsed().as_secs_f64()),
        args.out.display(),
        receipt.n_faults
    );
    Ok(if receipt.n_faults > 0 { Ending::Faults } else { Ending::Clean })
}
