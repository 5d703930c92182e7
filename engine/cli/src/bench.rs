//! `befund bench`.

use std::io::Write;
use std::process::{Command, Stdio};

use anyhow::{Context, Result};
use befund_job::{Control, ExtractSpec, Failure, bench};

use crate::Ending;
use crate::args::BenchArgs;
use crate::progress::stop_on_interrupt;

pub(crate) fn main(args: &BenchArgs) -> Result<Ending> {
    let control = Control::default();
    stop_on_interrupt(&control, "stopping after this run")?;
    if let Some(folder) = &args.out {
        std::fs::create_dir_all(folder).with_context(|| format!("cannot make the folder {}", folder.display()))?;
    }
    let befund = std::env::current_exe().context("this program does not know where it lies")?;
    let child = |spec: &ExtractSpec| run(Command::new(&befund).args(args.extract_arguments(spec)));
    let record = bench(&args.spec(), &control, &child, &mut |note| eprintln!("befund: {note}"))?;
    if let Some(folder) = &args.out {
        record.write(folder)?;
    }
    let told = if args.json { record.json()? + "\n" } else { record.markdown() };
    std::io::stdout().lock().write_all(told.as_bytes())?;
    Ok(if record.configurations.iter().any(|one| one.faults > 0) { Ending::Faults } else { Ending::Clean })
}

/// Exit code 1 says that some documents are faults; they are counted in the dataset.
fn run(command: &mut Command) -> Result<(), Failure> {
    let output = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).output();
    let output = output.map_err(|cause| {
        Failure::from_cause("a run of the benchmark cannot be started", "see whether memory is left", cause)
    })?;
    if matches!(output.status.code(), Some(0 | 1)) {
        return Ok(());
    }
    let words = String::from_utf8_lossy(&output.stderr);
    let words = words.trim().trim_start_matches("befund: ");
    Err(Failure::new(format!("a run of the benchmark failed ({}): {words}", output.status), "see befund extract"))
}
