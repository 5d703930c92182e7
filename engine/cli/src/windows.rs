//! `befund windows`: what the encoder is given, for those who train the gate.

use std::io::BufWriter;

use anyhow::Result;
use befund_job::{ExtractSpec, windows};

use crate::Ending;
use crate::args::WindowsArgs;

pub(crate) fn main(args: &WindowsArgs) -> Result<Ending> {
    let spec = ExtractSpec { inputs: args.inputs.clone(), ..args.engine.spec() };
    let mut ending = Ending::Clean;
    windows(&spec, BufWriter::new(std::io::stdout().lock()), &mut |fault| {
        eprintln!("befund: {fault}");
        ending = Ending::Faults;
    })?;
    Ok(ending)
}
