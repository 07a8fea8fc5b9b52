//! The thin binary: hands the command line to [`gemba::run`] and returns its exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    gemba::run::main()
}
