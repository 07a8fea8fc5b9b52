//! What is valid: the command line over the file over the defaults, checked once.

use std::path::PathBuf;

use super::args::{CheckArgs, InitArgs, OutputFormat, ReportArgs};
use super::asked::{Asked, LANGUAGES, asked, gate, some};
use super::file::{self, File};
use super::plan::{self, ReportPlan};
use super::{Gate, ReadSettings, SheetRule};
use crate::units::{Day, Period};

/// Why the settings are not valid.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "the fields are named in the sentence")]
pub enum SettingsError {
    /// A file cannot be read.
    #[error("{file}: cannot be read: {reason}")]
    Unreadable { file: String, reason: String },
    /// A TOML file does not fit.
    #[error("{place}: {reason}")]
    Toml { place: String, reason: String },
    /// A value is not one of those that can be.
    #[error("{option}: {value:?} is not valid; expected {expected}")]
    Value { option: String, value: String, expected: String },
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
    /// How sheets map to tables.
    pub map: Vec<SheetRule>,
    /// How inputs are read.
    pub read: ReadSettings,
}

impl Checked {
    /// Checks what `gemba report` was asked.
    ///
    /// # Errors
    /// [`SettingsError`] naming the option, its value, and what was expected.
    pub fn report(args: &ReportArgs) -> Result<Self, SettingsError> {
        Self::with(args, file::read(args.config.as_deref())?)
    }

    fn with(args: &ReportArgs, file: File) -> Result<Self, SettingsError> {
        let folder =
            args.reports_dir.clone().or_else(|| file.reports_dir.as_ref().map(PathBuf::from));
        let output = args.output.clone().or_else(|| file.output.as_ref().map(PathBuf::from));
        let list = |arg: &[String], option, key, own: &Option<Vec<String>>| {
            asked(some(arg), option, &file, key, own.clone())
        };
        let text = |arg: &Option<String>, option, key, own: &Option<String>| {
            asked(arg.clone(), option, &file, key, own.clone())
        };
        let number = |arg, key, own, (low, high), default| {
            let given = asked(arg, key, &file, key, own);
            given.map_or(Ok(default), |given| given.within(low, high))
        };
        let plans = plan::plans(folder.as_deref())?;
        let reports = list(&args.reports, "--report", "reports", &file.reports);
        let languages = list(&args.lang, "--lang", "languages", &file.languages);
        let formats = asked(None, "", &file, "formats", file.formats.clone());
        let period = text(&args.period, "--period", "period", &file.period);
        let as_of = text(&args.as_of, "--as-of", "as_of", &file.as_of);
        let shift = number(None, "sigma_shift", file.sigma_shift, (0.0, 3.0), 1.5)?;
        let confidence = number(None, "confidence", file.confidence, (0.5, 0.9999), 0.95)?;
        let (arg, own) = (args.max_reject_share, file.max_reject_share);
        Ok(Self {
            inputs: args.inputs.clone(),
            plans: reports.map_or_else(|| Ok(plans.clone()), |names| names.plans(&plans))?,
            languages: languages.map_or_else(|| Ok(all_languages()), Asked::languages)?,
            formats: some(&args.format).map_or_else(|| written(formats), Ok)?,
            period: period.map(Asked::period).transpose()?,
            as_of: as_of.map(Asked::day).transpose()?,
            output: output.unwrap_or_else(|| PathBuf::from("reports/out")),
            currency: file.currency.clone(),
            confidence,
            sigma_shift: shift,
            max_reject_share: number(arg, "max_reject_share", own, (0.0, 1.0), 0.2)?,
            gates: args.fail_on.iter().map(|text| gate(text)).collect::<Result<_, _>>()?,
            threads: args.threads.unwrap_or_else(cores).clamp(1, 64),
            map: file.map,
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

    /// Checks what `gemba init` was asked. What a settings file says already is not looked at.
    ///
    /// # Errors
    /// [`SettingsError`] naming the option, its value, and what was expected.
    pub fn init(args: &InitArgs) -> Result<Self, SettingsError> {
        let lang = vec![args.lang.clone().unwrap_or_else(|| LANGUAGES[0].to_owned())];
        let inputs = args.inputs.clone();
        Self::with(&ReportArgs { inputs, lang, ..ReportArgs::default() }, File::default())
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
            "period={:?}\nas_of={:?}\ncurrency={:?}\nconfidence={}\nsigma_shift={}\nmap={:?}\nread={:?}\n{}\n",
            self.period,
            self.as_of,
            self.currency,
            self.confidence,
            self.sigma_shift,
            self.map,
            self.read,
            plans.join("\n")
        )
    }
}

fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}

fn all_languages() -> Vec<String> {
    LANGUAGES.map(str::to_owned).to_vec()
}

fn written(asked: Option<Asked<Vec<String>>>) -> Result<Vec<OutputFormat>, SettingsError> {
    let all = || Ok(vec![OutputFormat::Html, OutputFormat::Xlsx, OutputFormat::Json]);
    asked.map_or_else(all, Asked::formats)
}
