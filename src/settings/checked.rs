//! What is valid: the command line over the file over the defaults, checked once.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::Gate;
use super::ReadSettings;
use super::args::{CheckArgs, OutputFormat, ReportArgs};
use super::file::{self, File};
use super::plan::{self, ReportPlan};
use crate::units::{Day, Month, Period};

/// Why the settings are not valid.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "the fields are named in the sentence")]
pub enum SettingsError {
    /// A file cannot be read.
    #[error("{file}: cannot be read: {reason}")]
    Unreadable { file: String, reason: String },
    /// A TOML file does not fit.
    #[error("{file}: {reason}")]
    Toml { file: String, reason: String },
    /// A value is not one of those that can be.
    #[error("{option}: {value:?} is not valid; expected {expected}")]
    Value { option: &'static str, value: String, expected: String },
}

/// Valid settings of a run.
#[derive(Clone, Debug)]
pub struct Checked {
    /// Files, folders or globs.
    pub inputs: Vec<String>,
    /// The reports to make.
    pub plans: Vec<ReportPlan>,
    /// Language tags, in order.
    pub languages: Vec<String>,
    /// What to write, in order.
    pub formats: Vec<OutputFormat>,
    /// The days to speak of, where given.
    pub period: Option<Period>,
    /// The day to look from, where given.
    pub as_of: Option<Day>,
    /// Folder to write to.
    pub output: PathBuf,
    /// ISO 4217 code shown beside money.
    pub currency: Option<String>,
    /// Confidence level of intervals.
    pub confidence: f64,
    /// Shift between long-term and short-term sigma.
    pub sigma_shift: f64,
    /// Share of rows that may be rejected.
    pub max_reject_share: f64,
    /// Comparisons that make the run fail.
    pub gates: Vec<Gate>,
    /// Threads a run may use.
    pub threads: usize,
    /// Tables fixed by sheet: `file.xlsx/Sheet` → table name.
    pub tables: BTreeMap<String, String>,
    /// How inputs are read.
    pub read: ReadSettings,
}

/// The languages gemba speaks, in the order they are written.
pub(super) const LANGUAGES: [&str; 3] = ["en", "zh-Hant", "zh-Hans"];

impl Checked {
    /// Checks what `gemba report` was asked.
    ///
    /// # Errors
    /// [`SettingsError`] naming the option, its value, and what was expected.
    pub fn report(args: &ReportArgs) -> Result<Self, SettingsError> {
        let file = file::read(args.config.as_deref())?;
        let folder =
            args.reports_dir.clone().or_else(|| file.reports_dir.as_ref().map(PathBuf::from));
        let names = first(&args.reports, file.reports.as_ref());
        let period = args.period.as_ref().or(file.period.as_ref());
        let as_of = args.as_of.as_ref().or(file.as_of.as_ref());
        let output = args.output.clone().or_else(|| file.output.as_ref().map(PathBuf::from));
        Ok(Self {
            inputs: args.inputs.clone(),
            plans: chosen(plan::plans(folder.as_deref())?, &names)?,
            languages: languages(&first(&args.lang, file.languages.as_ref()))?,
            formats: formats(&args.format, &file)?,
            period: period.map(|text| parse_period(text)).transpose()?,
            as_of: as_of.map(|text| parse_day("--as-of", text)).transpose()?,
            output: output.unwrap_or_else(|| PathBuf::from("reports/out")),
            currency: file.currency.clone(),
            confidence: within("confidence", file.confidence.unwrap_or(0.95), 0.5, 0.9999)?,
            sigma_shift: within("sigma_shift", file.sigma_shift.unwrap_or(1.5), 0.0, 3.0)?,
            max_reject_share: reject_share(args.max_reject_share, &file)?,
            gates: args.fail_on.iter().map(|text| parse_gate(text)).collect::<Result<_, _>>()?,
            threads: args.threads.unwrap_or_else(cores).clamp(1, 64),
            tables: file.tables,
            read: file.read,
        })
    }

    /// Checks what `gemba check` was asked: the settings of a report over the same inputs.
    ///
    /// # Errors
    /// [`SettingsError`] naming the option, its value, and what was expected.
    pub fn check(args: &CheckArgs) -> Result<Self, SettingsError> {
        Self::report(&ReportArgs {
            inputs: args.inputs.clone(),
            config: args.config.clone(),
            lang: vec![args.lang.clone().unwrap_or_else(|| LANGUAGES[0].to_owned())],
            ..ReportArgs::default()
        })
    }

    /// The settings that can change a byte of output, one `key=value` a line.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let plans: Vec<String> = self
            .plans
            .iter()
            .flat_map(|p| p.analyses.iter().map(move |a| format!("{}.{}={}", p.id, a.id, a.params)))
            .collect();
        format!(
            "period={:?}\nas_of={:?}\ncurrency={:?}\nconfidence={}\nsigma_shift={}\ntables={:?}\nread={:?}\n{}\n",
            self.period,
            self.as_of,
            self.currency,
            self.confidence,
            self.sigma_shift,
            self.tables,
            self.read,
            plans.join("\n")
        )
    }
}

fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}

fn first(args: &[String], file: Option<&Vec<String>>) -> Vec<String> {
    if args.is_empty() { file.cloned().unwrap_or_default() } else { args.to_vec() }
}

fn invalid(option: &'static str, value: &str, expected: impl Into<String>) -> SettingsError {
    SettingsError::Value { option, value: value.to_owned(), expected: expected.into() }
}

fn chosen(plans: Vec<ReportPlan>, names: &[String]) -> Result<Vec<ReportPlan>, SettingsError> {
    if names.is_empty() {
        return Ok(plans);
    }
    let known: Vec<&str> = plans.iter().map(|p| p.id.as_str()).collect();
    let pick = |name: &String| {
        let found = plans.iter().find(|p| p.id == *name).cloned();
        found.ok_or_else(|| invalid("--report", name, known.join(", ")))
    };
    names.iter().map(pick).collect()
}

fn languages(tags: &[String]) -> Result<Vec<String>, SettingsError> {
    if tags.is_empty() {
        return Ok(LANGUAGES.map(str::to_owned).to_vec());
    }
    let known = |tag: &String| {
        let found = LANGUAGES.iter().find(|known| known.eq_ignore_ascii_case(tag));
        found.map(|&tag| tag.to_owned()).ok_or_else(|| invalid("--lang", tag, LANGUAGES.join(", ")))
    };
    tags.iter().map(known).collect()
}

fn formats(args: &[OutputFormat], file: &File) -> Result<Vec<OutputFormat>, SettingsError> {
    let all = [OutputFormat::Html, OutputFormat::Xlsx, OutputFormat::Json];
    if !args.is_empty() {
        return Ok(args.to_vec());
    }
    let Some(names) = &file.formats else {
        return Ok(all.to_vec());
    };
    let parse = |name: &String| {
        <OutputFormat as clap::ValueEnum>::from_str(name, true)
            .map_err(|_| invalid("formats", name, "html, xlsx, json"))
    };
    names.iter().map(parse).collect()
}

fn parse_gate(text: &str) -> Result<Gate, SettingsError> {
    Gate::parse(text).ok_or_else(|| invalid("--fail-on", text, "a comparison such as 'z_st<4'"))
}

fn parse_day(option: &'static str, text: &str) -> Result<Day, SettingsError> {
    Day::parse_iso(text).ok_or_else(|| invalid(option, text, "a day such as 2026-10-31"))
}

fn parse_period(text: &str) -> Result<Period, SettingsError> {
    let (from, to) = text.split_once("..").unwrap_or((text, text));
    let from_day = Month::parse_iso(from).map(Month::first_day).or_else(|| Day::parse_iso(from));
    let to_day = Month::parse_iso(to).map(Month::last_day).or_else(|| Day::parse_iso(to));
    match (from_day, to_day) {
        (Some(from), Some(to)) if from <= to => Ok(Period { from, to }),
        _ => Err(invalid("--period", text, "2026-10, 2026-01..2026-10 or two days")),
    }
}

fn within(option: &'static str, value: f64, low: f64, high: f64) -> Result<f64, SettingsError> {
    let fits = (low..=high).contains(&value);
    fits.then_some(value).ok_or_else(|| {
        invalid(option, &value.to_string(), format!("a number from {low} to {high}"))
    })
}

fn reject_share(arg: Option<f64>, file: &File) -> Result<f64, SettingsError> {
    within("max_reject_share", arg.or(file.max_reject_share).unwrap_or(0.2), 0.0, 1.0)
}
