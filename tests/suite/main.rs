//! gemba as its users meet it: a command line, files in, files out.
#![expect(
    clippy::cast_precision_loss,
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::case_sensitive_file_extension_comparisons,
    clippy::format_push_string,
    unreachable_pub,
    reason = "tests"
)]

#[path = "../support/chart_page.rs"]
mod chart_page;
mod charts;
mod check;
mod command_line;
mod faults;
mod init;
mod laws;
mod mapping;
mod metamorphic;
mod readers;
mod report;
mod sample;
mod seeds;
mod shape;
#[path = "../support/gemba.rs"]
mod support;
mod verify;
