//! Values as they were asked, on the command line or in the file, and what they mean.

use super::args::OutputFormat;
use super::file::File;
use super::plan::ReportPlan;
use super::{Gate, SettingsError};
use crate::units::{Day, Month, Period};

/// The languages gemba speaks, in the order they are written.
pub(super) const LANGUAGES: [&str; 3] = ["en", "zh-Hant", "zh-Hans"];

/// A value, and what messages call it: the option, or file, line, column and key.
pub(super) struct Asked<T> {
    option: String,
    value: T,
}

/// The value of the command line, else that of the file.
pub(super) fn asked<T>(
    arg: Option<T>,
    option: &str,
    file: &File,
    key: &str,
    own: Option<T>,
) -> Option<Asked<T>> {
    match arg {
        Some(value) => Some(Asked { option: option.to_owned(), value }),
        None => own.map(|value| Asked { option: file.names(key), value }),
    }
}

/// A list of the command line; an empty one was not given.
pub(super) fn some<T: Clone>(list: &[T]) -> Option<Vec<T>> {
    (!list.is_empty()).then(|| list.to_vec())
}

fn invalid(option: &str, value: &str, expected: impl Into<String>) -> SettingsError {
    let (option, value) = (option.to_owned(), value.to_owned());
    SettingsError::Value { option, value, expected: expected.into() }
}

impl Asked<String> {
    /// A day.
    pub(super) fn day(self) -> Result<Day, SettingsError> {
        let day = Day::parse_iso(&self.value);
        day.ok_or_else(|| invalid(&self.option, &self.value, "a day such as 2026-10-31"))
    }

    /// A month, or first and last day or month.
    pub(super) fn period(self) -> Result<Period, SettingsError> {
        let text = self.value.as_str();
        let (from, to) = text.split_once("..").unwrap_or((text, text));
        let first = Month::parse_iso(from).map(Month::first_day).or_else(|| Day::parse_iso(from));
        let last = Month::parse_iso(to).map(Month::last_day).or_else(|| Day::parse_iso(to));
        match (first, last) {
            (Some(from), Some(to)) if from <= to => Ok(Period { from, to }),
            _ => Err(invalid(&self.option, text, "2026-10, 2026-01..2026-10 or two days")),
        }
    }
}

impl Asked<f64> {
    /// A number within bounds.
    pub(super) fn within(self, low: f64, high: f64) -> Result<f64, SettingsError> {
        let fits = (low..=high).contains(&self.value);
        fits.then_some(self.value).ok_or_else(|| {
            let expected = format!("a number from {low} to {high}");
            invalid(&self.option, &self.value.to_string(), expected)
        })
    }
}

impl Asked<Vec<String>> {
    /// The plans of those names.
    pub(super) fn plans(self, plans: &[ReportPlan]) -> Result<Vec<ReportPlan>, SettingsError> {
        let known: Vec<&str> = plans.iter().map(|p| p.id.as_str()).collect();
        let pick = |name: &String| {
            let found = plans.iter().find(|p| p.id == *name).cloned();
            found.ok_or_else(|| invalid(&self.option, name, known.join(", ")))
        };
        self.value.iter().map(pick).collect()
    }

    /// Language tags.
    pub(super) fn languages(self) -> Result<Vec<String>, SettingsError> {
        let known = |tag: &String| {
            let found = LANGUAGES.iter().find(|known| known.eq_ignore_ascii_case(tag));
            let tag = found.map(|&tag| tag.to_owned()).ok_or(tag);
            tag.map_err(|tag| invalid(&self.option, tag, LANGUAGES.join(", ")))
        };
        self.value.iter().map(known).collect()
    }

    /// Output formats.
    pub(super) fn formats(self) -> Result<Vec<OutputFormat>, SettingsError> {
        let parse = |name: &String| {
            <OutputFormat as clap::ValueEnum>::from_str(name, true)
                .map_err(|_| invalid(&self.option, name, "html, xlsx, json"))
        };
        self.value.iter().map(parse).collect()
    }
}

/// A gate of the command line.
pub(super) fn gate(text: &str) -> Result<Gate, SettingsError> {
    let expected = "a comparison such as 'z_st<4'";
    Gate::parse(text).ok_or_else(|| invalid("--fail-on", text, expected))
}
