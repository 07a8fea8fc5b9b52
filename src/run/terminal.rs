//! The terminal: results on stdout, messages on stderr, colour only where it is welcome.
#![expect(clippy::unused_self, reason = "whoever prints holds the terminal")]

use std::io::IsTerminal as _;

use anstream::{eprint, eprintln, println};

use super::Failure;

/// Where a run prints. anstream drops colour for `NO_COLOR` and for pipes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Terminal {
    quiet: bool,
}

const BOLD: &str = "\u{1b}[1m";
const RED: &str = "\u{1b}[1;31m";
const YELLOW: &str = "\u{1b}[33m";
const DIM: &str = "\u{1b}[2m";
const RESET: &str = "\u{1b}[0m";

/// How a line stands out on a terminal; every line also reads without colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    Plain,
    Bold,
    Dim,
    Error,
    Warning,
}

impl Terminal {
    pub(super) const fn new(quiet: bool) -> Self {
        Self { quiet }
    }

    /// Whether lines and notes are left out.
    pub(super) const fn is_quiet(self) -> bool {
        self.quiet
    }

    /// Whether a progress bar may be drawn.
    pub(super) fn progress(self) -> bool {
        !self.quiet && std::io::stderr().is_terminal()
    }

    /// A result, on stdout.
    pub(super) fn result(self, text: &str) {
        println!("{}", text.trim_end());
    }

    /// A line of a result that people read; left out with `--quiet`.
    pub(super) fn line(self, style: Style, text: &str) {
        if !self.quiet {
            println!("{}", styled(style, text));
        }
    }

    /// A message beside the result, on stderr; left out with `--quiet`.
    pub(super) fn note(self, style: Style, text: &str) {
        if !self.quiet {
            eprintln!("{}", styled(style, text));
        }
    }

    /// Why the run ended early, on stderr.
    pub(super) fn error(self, failure: &Failure) {
        eprint!("{}", styled(Style::Error, "error: "));
        eprintln!("{}", failure.text.trim_end());
        if !failure.hint.is_empty() {
            eprintln!("\nhint: {}", failure.hint);
        }
    }
}

fn styled(style: Style, text: &str) -> String {
    let on = match style {
        Style::Plain => return text.to_owned(),
        Style::Bold => BOLD,
        Style::Dim => DIM,
        Style::Error => RED,
        Style::Warning => YELLOW,
    };
    format!("{on}{text}{RESET}")
}
