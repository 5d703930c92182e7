//! `befund explain`.

use anyhow::Result;
use befund_job::{Control, ExtractSpec, explain};

use crate::Ending;
use crate::args::ExplainArgs;
use crate::progress::stop_on_interrupt;

pub(crate) fn main(args: &ExplainArgs) -> Result<Ending> {
    let control = Control::default();
    stop_on_interrupt(&control, "stopping; what is in flight is finished")?;
    let spec = ExtractSpec { inputs: args.inputs.clone(), limit: args.limit, ..args.engine.spec() };
    let out = Box::new(std::io::BufWriter::new(std::io::stdout()));
    let told = explain(&spec, &control, out, Box::new(|fault| eprintln!("befund: {fault}")))?;
    eprintln!("befund: {} candidates not reported in {} documents", told.n_refused, told.n_documents);
    Ok(if told.n_faults > 0 { Ending::Faults } else { Ending::Clean })
}
