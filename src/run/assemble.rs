//! What was read becomes the dataset: the day it looks from, and the period it speaks of.

use super::{Exit, Failure};
use crate::dataset::{self, Dataset};
use crate::i18n::{self, Catalog};
use crate::intake::Read;
use crate::report::Message;
use crate::settings::Checked;
use crate::units::Period;

/// The dataset of a run, which takes the tables over.
///
/// The day it looks from is `--as-of`, else the end of `--period`, else the last day on which
/// anything happened; the period is `--period`, else everything up to that day. Samples and studies
/// need no day: of them alone the period stays undated.
pub(super) fn dataset(
    read: &mut Read,
    checked: &Checked,
    words: &Catalog,
) -> Result<Dataset, Failure> {
    let span = dataset::span(&read.tables);
    let undated = || dataset::stands_undated(&read.tables).then_some(Period::UNDATED);
    let Some(span) = span.or(checked.period).or_else(undated) else {
        return Err(nothing_dated(read, words));
    };
    let asked = checked.as_of.or_else(|| checked.period.map(|p| p.to.min(span.to)));
    let as_of = asked.unwrap_or(span.to);
    let period = checked.period.unwrap_or(Period { from: span.from.min(as_of), to: as_of });
    Ok(Dataset {
        tables: std::mem::take(&mut read.tables),
        sources: read.sources.clone(),
        period: Period { from: period.from, to: period.to.min(as_of).max(period.from) },
        as_of,
        threads: checked.threads,
        kept: crate::dataset::Kept::default(),
    })
}

/// Rows were read, but none says when anything happened.
fn nothing_dated(read: &Read, words: &Catalog) -> Failure {
    let files: Vec<&str> = read.inputs.iter().map(|input| input.name.as_str()).collect();
    let message = Message::new("run.nothing_dated").arg("files", files.join(", "));
    Failure::new(Exit::Refused, i18n::say(&message, words), words.word("run.nothing_usable_hint"))
}

pub(super) fn nothing_usable(words: &Catalog) -> Failure {
    let (text, hint) = ("run.nothing_usable", "run.nothing_usable_hint");
    Failure::new(Exit::Refused, words.word(text), words.word(hint))
}
