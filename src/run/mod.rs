//! The conductor: names every stage in order, words what went wrong, and picks the exit code.

mod assemble;
mod catalogs;
mod check;
mod closing;
mod exit;
mod explain;
mod faults;
mod gates;
mod headline;
mod init;
mod outline;
mod progress;
mod protocol;
mod read;
mod render;
mod report;
mod sample;
mod terminal;
mod verify;

use std::ffi::OsString;
use std::process::ExitCode;

pub use exit::{Exit, Failure};

use crate::render as renderer;
use crate::settings::{self, Command, SchemaOf};
use terminal::Terminal;

/// Runs the program's own command line.
#[must_use]
pub fn main() -> ExitCode {
    let exit = faults::caught(|| run(std::env::args_os()));
    ExitCode::from(exit.code())
}

/// Runs a command line and gives its exit code. Results go to stdout, messages to stderr.
pub fn run(line: impl IntoIterator<Item = OsString>) -> Exit {
    let args = match settings::parse(line) {
        Ok(args) => args,
        Err(error) => return usage(&error),
    };
    let terminal = Terminal::new(args.quiet);
    match dispatch(&args.command, terminal) {
        Ok(exit) => exit,
        Err(failure) => {
            terminal.error(&failure);
            failure.exit
        }
    }
}

fn dispatch(command: &Command, terminal: Terminal) -> Result<Exit, Failure> {
    match command {
        Command::Report(args) => report::report(args, terminal),
        Command::Check(args) => check::check(args, terminal),
        Command::Explain(args) => explain::explain(args, terminal),
        Command::Init(args) => init::init(args, terminal),
        Command::Verify(args) => verify::verify(args, terminal),
        Command::Sample(args) => sample::sample(args, terminal),
        Command::ReadFile { order } => read::serve(order),
        Command::Schema(args) => {
            let schema = match args.of {
                SchemaOf::Report => renderer::schema()?,
                SchemaOf::Config => settings::schema().into_bytes(),
            };
            terminal.result(&String::from_utf8_lossy(&schema));
            Ok(Exit::Ok)
        }
    }
}

/// Help and version are results; anything else is a mistake in the line.
fn usage(error: &clap::Error) -> Exit {
    let asked = !error.use_stderr();
    if error.print().is_err() || asked { Exit::Ok } else { Exit::Usage }
}
