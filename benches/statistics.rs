//! Times the statistics on a set of series and durations, for comparison with other software.
//!
//!     statistics --write FOLDER    writes series.f64, times.f64 and events.u8
//!     statistics FOLDER            reads them and prints: stage, milliseconds, a check sum
#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::cast_precision_loss,
    reason = "a benchmark reads the clock and its own files"
)]

use std::fs;
use std::path::Path;
use std::time::Instant;

use gemba::stats::capability::{Sample, Specification, Terms, assess};
use gemba::stats::control_chart::individuals::{Chart, SigmaMethod, chart};
use gemba::stats::control_chart::rules::Rule;
use gemba::stats::special::normal;
use gemba::stats::survival::{Case, kaplan_meier};

const SERIES: usize = 1_000;
const POINTS: usize = 1_000;
const DURATIONS: usize = 1_000_000;

/// Uniform numbers between 0 and 1, the same every time.
struct Uniform(u64);

impl Uniform {
    fn next(&mut self) -> f64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
    }
}

fn write(folder: &Path) {
    let mut uniform = Uniform(20_261_101);
    let bytes =
        |numbers: Vec<f64>| numbers.into_iter().flat_map(f64::to_le_bytes).collect::<Vec<_>>();
    let series = (0..SERIES * POINTS).map(|_| normal::quantile(uniform.next()).unwrap()).collect();
    fs::write(folder.join("series.f64"), bytes(series)).unwrap();
    let days = |u: f64| (-30.0 * u.ln() * 100.0).round() / 100.0;
    let times = (0..DURATIONS).map(|_| days(uniform.next())).collect();
    fs::write(folder.join("times.f64"), bytes(times)).unwrap();
    let events: Vec<u8> = (0..DURATIONS).map(|_| u8::from(uniform.next() < 0.8)).collect();
    fs::write(folder.join("events.u8"), events).unwrap();
}

fn read(path: &Path) -> Vec<f64> {
    let bytes = fs::read(path).unwrap();
    bytes.chunks_exact(8).map(|eight| f64::from_le_bytes(eight.try_into().unwrap())).collect()
}

fn stage<T>(name: &str, work: impl FnOnce() -> T, check: impl FnOnce(&T) -> f64) -> T {
    let start = Instant::now();
    let done = work();
    let milliseconds = start.elapsed().as_secs_f64() * 1_000.0;
    println!("{name} {milliseconds:.3} {:.6}", check(&done));
    done
}

fn charts(series: &[f64]) {
    let all = stage(
        "limits",
        || -> Vec<Chart> {
            let each = series.chunks_exact(POINTS);
            each.map(|x| chart(x, SigmaMethod::MeanMovingRange, 3.0).unwrap()).collect()
        },
        |charts| {
            let sum = |c: &Chart| c.individuals.center + c.sigma + c.moving_ranges.ucl;
            charts.iter().map(sum).sum()
        },
    );
    let signals = |(x, chart): (&[f64], &Chart)| {
        let standard: Vec<f64> =
            x.iter().map(|x| (x - chart.individuals.center) / chart.sigma).collect();
        Rule::ALL.iter().map(|rule| rule.signals(&standard).len()).sum::<usize>()
    };
    stage(
        "rules",
        || series.chunks_exact(POINTS).zip(&all).map(signals).sum::<usize>(),
        |signals| *signals as f64,
    );
}

fn capability(series: &[f64]) {
    let spec = Specification::new(Some(-4.0), Some(0.0), Some(4.0)).unwrap();
    stage(
        "capability",
        || -> f64 {
            let indices = |x: &[f64]| {
                let found = assess(Sample::Individuals(x), &spec, Terms::default()).unwrap();
                let within = found.within.unwrap().normal.indices;
                let overall = found.overall.normal.indices;
                [within.potential, within.least(), overall.potential, overall.least()]
                    .into_iter()
                    .flatten()
                    .sum::<f64>()
            };
            series.chunks_exact(POINTS).map(indices).sum()
        },
        |sum| *sum,
    );
}

fn durations(folder: &Path) {
    let times = read(&folder.join("times.f64"));
    let events = fs::read(folder.join("events.u8")).unwrap();
    let cases: Vec<Case> = times
        .iter()
        .zip(&events)
        .map(|(&time, &done)| Case::new(time, (done == 1).then_some(0)))
        .collect();
    stage("kaplan-meier", || kaplan_meier(&cases, 1), |curve| curve.median().unwrap());
}

fn main() {
    let mut words = std::env::args().skip(1);
    let first = words.next().unwrap_or_default();
    if first == "--write" {
        write(Path::new(&words.next().unwrap()));
        return;
    }
    let folder = Path::new(&first);
    let series = read(&folder.join("series.f64"));
    charts(&series);
    capability(&series);
    durations(folder);
}
