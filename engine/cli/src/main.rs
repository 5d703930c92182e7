//! The command line: what was typed becomes a specification for `befund-job`; what comes back becomes words on a terminal.
//!
//! Exit codes: 0 clean, 1 some documents are faults (each has its row in `documents`), 2 the run failed.

// The faces of Befund are where printing belongs.
#![allow(clippy::print_stdout, clippy::print_stderr)]

mod args;
mod bench;
mod eval;
mod explain;
mod export;
mod extract;
mod inspect;
mod pack;
mod paint;
mod progress;
mod report;
mod rules;
mod schema;

use std::process::ExitCode;

use args::{Command, LowArgs};
use befund_job::Failure;
use clap::Parser;

/// How a command ended, short of failing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ending {
    Clean,
    Faults,
}

fn main() -> ExitCode {
    quiet_panics();
    let result = match LowArgs::parse().command {
        Command::Extract(args) => extract::main(&args),
        Command::Pack(args) => pack::main(&args),
        Command::Inspect(args) => inspect::main(&args),
        Command::Explain(args) => explain::main(&args),
        Command::Eval(args) => eval::main(&args),
        Command::Bench(args) => bench::main(&args),
        Command::Export(args) => export::main(&args),
        Command::Report(args) => report::main(&args),
        Command::Rules(args) => rules::main(&args),
        Command::Schema(args) => schema::main(&args),
    };
    match result {
        Ok(Ending::Clean) => ExitCode::SUCCESS,
        Ok(Ending::Faults) => ExitCode::from(1),
        Err(error) => {
            // A closed pipe (`befund schema | head`) is the reader's choice, not a failure.
            let broken = |cause: &(dyn std::error::Error + 'static)| {
                cause.downcast_ref::<std::io::Error>().is_some_and(|e| e.kind() == std::io::ErrorKind::BrokenPipe)
            };
            let pipe = error.chain().any(broken);
            if pipe {
                return ExitCode::SUCCESS;
            }
            match error.downcast_ref::<Failure>() {
                // It tells its causes itself.
                Some(failure) => eprintln!("befund: {failure}"),
                None => eprintln!("befund: {error:#}"),
            }
            ExitCode::from(2)
        }
    }
}

/// A panic message of a library may quote the text it stumbled over; only the place is printed.
fn quiet_panics() {
    std::panic::set_hook(Box::new(|info| {
        let place = info.location().map_or_else(|| "unknown place".into(), ToString::to_string);
        eprintln!("befund: internal error at {place} (message withheld: it may quote a document)");
    }));
}
