//! Every report in every language as bytes, side by side on the threads allowed.

use std::collections::VecDeque;
use std::sync::Mutex;
use std::thread;

use sha2::{Digest as _, Sha256};

use super::outline;
use crate::deliver::Artifact;
use crate::i18n::{self, Catalog};
use crate::render::{self, RenderError};
use crate::report::{OutputFile, Report};
use crate::settings::OutputFormat;
use crate::units::Period;

/// One thing to do: the report's data, or its edition in one language in every format asked.
#[derive(Clone, Copy)]
enum Job<'a> {
    Json(&'a Report),
    Edition(&'a Report, &'a Catalog),
}

impl Job<'_> {
    /// An edition takes twice as long as the data it words.
    fn size(self) -> usize {
        match self {
            Job::Json(report) => report.sections.len(),
            Job::Edition(report, _) => 2 * report.sections.len(),
        }
    }
}

/// A file, and how the protocol names it.
type Made = (Artifact, OutputFile);

/// The artifacts of all reports, in the order of reports, languages and formats.
pub(super) fn artifacts(
    reports: &[Report],
    catalogs: &[Catalog],
    formats: &[OutputFormat],
    threads: usize,
) -> Result<(Vec<Artifact>, Vec<OutputFile>), RenderError> {
    let jobs = jobs(reports, catalogs, formats);
    // The largest first, so that no thread is left alone with one at the end.
    let mut queue: Vec<(usize, Job<'_>)> = jobs.iter().copied().enumerate().collect();
    queue.sort_by_key(|(_, job)| std::cmp::Reverse(job.size()));
    let queue = Mutex::new(VecDeque::from(queue));
    let made = Mutex::new(Vec::with_capacity(jobs.len()));
    let next = || queue.lock().ok().and_then(|mut queue| queue.pop_front());
    let work = || {
        while let Some((i, job)) = next() {
            let artifacts = make(job, formats);
            if let Ok(mut made) = made.lock() {
                made.push((i, artifacts));
            }
        }
    };
    thread::scope(|scope| {
        for _ in 1..threads.clamp(1, jobs.len().max(1)) {
            scope.spawn(work);
        }
        work();
    });
    let mut made = made.into_inner().unwrap_or_default();
    made.sort_by_key(|(i, _)| *i);
    let made: Result<Vec<_>, _> = made.into_iter().map(|(_, artifacts)| artifacts).collect();
    Ok(made?.into_iter().flatten().unzip())
}

/// The data of a report are made first, then its editions.
fn jobs<'a>(
    reports: &'a [Report],
    catalogs: &'a [Catalog],
    formats: &[OutputFormat],
) -> Vec<Job<'a>> {
    let editions = formats.iter().any(|&format| format != OutputFormat::Json);
    let mut jobs = Vec::new();
    for report in reports {
        if formats.contains(&OutputFormat::Json) {
            jobs.push(Job::Json(report));
        }
        if editions {
            jobs.extend(catalogs.iter().map(|catalog| Job::Edition(report, catalog)));
        }
    }
    jobs
}

fn make(job: Job<'_>, formats: &[OutputFormat]) -> Result<Vec<Made>, RenderError> {
    let (report, catalog) = match job {
        Job::Json(report) => {
            let bytes = render::json(report)?;
            return Ok(vec![named(name(report, "json"), bytes)]);
        }
        Job::Edition(report, catalog) => (report, catalog),
    };
    let edition = i18n::edition(report, catalog);
    let tag = catalog.lang.tag();
    let mut artifacts = Vec::new();
    for format in formats {
        let (ending, bytes) = match format {
            OutputFormat::Html => ("html", render::html(&edition)?.into_bytes()),
            OutputFormat::Xlsx => ("xlsx", render::xlsx(&edition)?),
            OutputFormat::Json => continue,
        };
        artifacts.push(named(name(report, &format!("{tag}.{ending}")), bytes));
    }
    Ok(artifacts)
}

fn named(name: String, bytes: Vec<u8>) -> Made {
    let file = OutputFile {
        name: name.clone(),
        bytes: bytes.len() as u64,
        sha256: outline::hex(&Sha256::digest(&bytes)),
    };
    (Artifact { name, bytes }, file)
}

/// `monthly-sigma-2026-10.en.html`, or both ends where the period is more than a month.
fn name(report: &Report, ending: &str) -> String {
    format!("{}-{}.{ending}", report.id, period(report.period))
}

fn period(period: Period) -> String {
    if period == Period::UNDATED {
        return "undated".to_owned();
    }
    let (first, last) = (period.from.month(), period.to.month());
    if first == last { first.to_string() } else { format!("{first}_{last}") }
}
