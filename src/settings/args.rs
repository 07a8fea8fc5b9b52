//! The command line, as asked.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

/// Quality and sales-process reports from the workbooks departments hand in.
#[derive(Debug, Parser)]
#[command(name = "gemba", version, arg_required_else_help = true, after_help = EXIT_CODES)]
pub struct Args {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// Print errors only.
    #[arg(short, long, global = true)]
    pub quiet: bool,
}

const EXIT_CODES: &str = "\
Exit codes: 0 ok · 1 data refused, or a figure missed · 2 usage or configuration · 3 some inputs failed · \
4 a gate failed · 5 output failed · 70 internal error";

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Read workbooks and write reports.
    #[command(after_help = "\
Examples:
  gemba report sample-data
  gemba report *.xlsx --report monthly-sigma --period 2026-10 --lang zh-Hant
  gemba report cases.xlsx --format html -o out --fail-on 'z_st<4'")]
    Report(ReportArgs),
    /// Say what would be read, how columns map, and every problem; write no report.
    #[command(after_help = "\
Examples:
  gemba check *.xlsx
  gemba check cases.xlsx --lang zh-Hant --format xlsx -o rejects.xlsx
  gemba check in --format json -o check.json")]
    Check(CheckArgs),
    /// Write a commented gemba.toml for the files as they are.
    Init(InitArgs),
    /// Explain a metric, a finding or an error code.
    Explain(ExplainArgs),
    /// Run the reference cases: certified and published figures against what this program computes.
    #[command(after_help = "\
Examples:
  gemba verify
  gemba verify --only regression
  gemba verify --cases my-cases --format json")]
    Verify(VerifyArgs),
    /// Write the workbooks of the sample company, with its planted truths in truth.json.
    Sample(SampleArgs),
    /// Print the JSON Schema of report.json, or of gemba.toml.
    Schema(SchemaArgs),
    /// Read the file on standard input for the process that started this one.
    #[command(hide = true)]
    ReadFile {
        /// What to read it as, in gemba's own words.
        order: String,
    },
}

/// `gemba report`.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct ReportArgs {
    /// Files, folders or globs.
    #[arg(value_name = "INPUT", required = true)]
    pub inputs: Vec<String>,
    /// Settings file; gemba.toml in the current folder is read by itself.
    #[arg(short, long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Reports to make: monthly-sigma, dmaic, dmadv, lean, sales, executive, or your own.
    #[arg(long = "report", value_name = "NAME", value_delimiter = ',')]
    pub reports: Vec<String>,
    /// Folder with report definitions of your own (*.toml).
    #[arg(long, value_name = "DIR")]
    pub reports_dir: Option<PathBuf>,
    /// Month, or first and last day or month: 2026-10, 2026-01..2026-10.
    #[arg(long, value_name = "PERIOD")]
    pub period: Option<String>,
    /// Day the report looks from; the last day in the data when not given.
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<String>,
    /// Languages: en, zh-Hant, zh-Hans.
    #[arg(long, value_name = "LANG", value_delimiter = ',')]
    pub lang: Vec<String>,
    /// What to write.
    #[arg(long, value_name = "FORMAT", value_delimiter = ',')]
    pub format: Vec<OutputFormat>,
    /// Folder to write to.
    #[arg(short, long, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// Fail with exit code 4 where a metric compares so, as 'dpmo>6210'. May be repeated.
    #[arg(long, value_name = "METRIC<NUMBER")]
    pub fail_on: Vec<String>,
    /// Share of rows that may be rejected before the data are refused.
    #[arg(long, value_name = "SHARE")]
    pub max_reject_share: Option<f64>,
    /// Threads; never changes a figure.
    #[arg(long, value_name = "N")]
    pub threads: Option<usize>,
}

/// `gemba check`.
#[derive(Clone, Debug, clap::Args)]
pub struct CheckArgs {
    /// Files, folders or globs.
    #[arg(value_name = "INPUT", required = true)]
    pub inputs: Vec<String>,
    /// Settings file; gemba.toml in the current folder is read by itself.
    #[arg(short, long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Language of the messages.
    #[arg(long, value_name = "LANG")]
    pub lang: Option<String>,
    /// How to print: xlsx writes every faulty row as it stood, with the reason and a link.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: CheckFormat,
    /// File to write: the workbook (rejects.xlsx when not given), or the JSON.
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// `gemba init`.
#[derive(Clone, Debug, clap::Args)]
pub struct InitArgs {
    /// Files, folders or globs.
    #[arg(value_name = "INPUT", default_value = ".")]
    pub inputs: Vec<String>,
    /// File to write.
    #[arg(short, long, value_name = "FILE", default_value = "gemba.toml")]
    pub output: PathBuf,
    /// Language of the comments.
    #[arg(long, value_name = "LANG")]
    pub lang: Option<String>,
    /// Replace the file where it is there already.
    #[arg(long)]
    pub force: bool,
}

/// `gemba explain`.
#[derive(Clone, Debug, clap::Args)]
pub struct ExplainArgs {
    /// Figure, finding, method or error code, as dpmo, defects.rise, stats.cpk, E203.
    #[arg(value_name = "ID", required_unless_present_any = ["all", "docs"])]
    pub id: Option<String>,
    /// Every page.
    #[arg(long)]
    pub all: bool,
    /// Write every figure and method to a folder as Markdown, in all languages.
    #[arg(long, value_name = "DIR", conflicts_with_all = ["id", "all", "lang", "format"])]
    pub docs: Option<PathBuf>,
    /// Language of the page.
    #[arg(long, value_name = "LANG")]
    pub lang: Option<String>,
    /// How to print.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: TextFormat,
}

/// `gemba verify`.
#[derive(Clone, Debug, clap::Args)]
pub struct VerifyArgs {
    /// Folder of cases (*.json, also in folders below); the program's own when not given.
    #[arg(long, value_name = "DIR")]
    pub cases: Option<PathBuf>,
    /// Only cases whose name or procedure holds this text.
    #[arg(long, value_name = "TEXT")]
    pub only: Option<String>,
    /// One line a case, figures only where one misses.
    #[arg(long)]
    pub summary: bool,
    /// Language of the messages.
    #[arg(long, value_name = "LANG")]
    pub lang: Option<String>,
    /// How to print.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: TextFormat,
}

/// `gemba schema`.
#[derive(Clone, Copy, Debug, clap::Args)]
pub struct SchemaArgs {
    /// What the schema describes.
    #[arg(value_name = "OF", default_value = "report")]
    pub of: SchemaOf,
}

/// What a schema describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SchemaOf {
    /// report.json
    Report,
    /// gemba.toml
    Config,
}

/// `gemba sample`.
#[derive(Clone, Debug, clap::Args)]
pub struct SampleArgs {
    /// Folder to write to.
    #[arg(short, long, value_name = "DIR", default_value = "sample-data")]
    pub output: PathBuf,
    /// Rows of service records.
    #[arg(long, value_name = "N")]
    pub rows: Option<usize>,
    /// Seed; the same seed gives the same bytes.
    #[arg(long, value_name = "S", default_value_t = 1)]
    pub seed: u64,
    /// planted, or null for a company without any effect.
    #[arg(long, value_name = "NAME", default_value = "planted")]
    pub scenario: String,
}

/// What a report is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub enum OutputFormat {
    /// A self-contained page.
    Html,
    /// A workbook with live formulas.
    Xlsx,
    /// The language-free report.
    Json,
}

/// How a check is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum CheckFormat {
    /// For people.
    Text,
    /// For programs.
    Json,
    /// For those who mend the input: a workbook of the faulty rows.
    Xlsx,
}

/// How text results are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum TextFormat {
    /// For people.
    Text,
    /// For programs.
    Json,
}

/// Parses a command line.
///
/// # Errors
/// clap's error: a mistake in the line, or help or version asked for.
pub fn parse(line: impl IntoIterator<Item = OsString>) -> Result<Args, clap::Error> {
    Args::try_parse_from(line)
}
