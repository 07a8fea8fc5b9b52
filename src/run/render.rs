//! Every report in every language as bytes, side by side on the threads allowed.

use std::collections::VecDeque;
use std::sync::Mutex;
use std::thread;

use crate::deliver::Artifact;
use crate::i18n::{self, Catalog};
use crate::render::{self, RenderError};
use crate::report::Report;
use crate::settings::OutputFormat;
use crate::units::Period;

/// One thing to make.
#[derive(Clone, Copy)]
enum Job<'a> {
    Json(&'a Report),
    Edition(&'a Report, &'a Catalog, OutputFormat),
}

/// The artifacts of all reports, in the order of reports, languages and formats.
pub(super) fn artifacts(
    reports: &[Report],
    catalogs: &[Catalog],
    formats: &[OutputFormat],
    threads: usize,
) -> Result<Vec<Artifact>, RenderError> {
    let jobs = jobs(reports, catalogs, formats);
    let queue: Mutex<VecDeque<(usize, Job<'_>)>> =
        Mutex::new(jobs.iter().copied().enumerate().collect());
    let made = Mutex::new(Vec::with_capacity(jobs.len()));
    let next = || queue.lock().ok().and_then(|mut queue| queue.pop_front());
    thread::scope(|scope| {
        for _ in 0..threads.clamp(1, jobs.len().max(1)) {
            scope.spawn(|| {
                while let Some((i, job)) = next() {
                    let artifact = make(job);
                    if let Ok(mut made) = made.lock() {
                        made.push((i, artifact));
                    }
                }
            });
        }
    });
    let mut made = made.into_inner().unwrap_or_default();
    made.sort_by_key(|(i, _)| *i);
    made.into_iter().map(|(_, artifact)| artifact).collect()
}

fn jobs<'a>(
    reports: &'a [Report],
    catalogs: &'a [Catalog],
    formats: &[OutputFormat],
) -> Vec<Job<'a>> {
    let mut jobs = Vec::new();
    for report in reports {
        for &format in formats {
            match format {
                OutputFormat::Json => jobs.push(Job::Json(report)),
                format => jobs.extend(catalogs.iter().map(|c| Job::Edition(report, c, format))),
            }
        }
    }
    jobs
}

fn make(job: Job<'_>) -> Result<Artifact, RenderError> {
    let (name, bytes) = match job {
        Job::Json(report) => (name(report, "json"), render::json(report)?),
        Job::Edition(report, catalog, format) => {
            let edition = i18n::edition(report, catalog);
            let tag = catalog.lang.tag();
            match format {
                OutputFormat::Xlsx => {
                    (name(report, &format!("{tag}.xlsx")), render::xlsx(&edition)?)
                }
                _ => (name(report, &format!("{tag}.html")), render::html(&edition)?.into_bytes()),
            }
        }
    };
    Ok(Artifact { name, bytes })
}

/// `monthly-sigma-2026-10.en.html`, or both ends where the period is more than a month.
fn name(report: &Report, ending: &str) -> String {
    format!("{}-{}.{ending}", report.id, period(report.period))
}

fn period(period: Period) -> String {
    let (first, last) = (period.from.month(), period.to.month());
    if first == last { first.to_string() } else { format!("{first}_{last}") }
}
