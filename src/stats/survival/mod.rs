//! Time to an event with cases still open, and cases seen only from some time on.
//!
//! Sources: E. Kaplan and P. Meier, JASA 53 (1958); M. Greenwood (1926); J. Kalbfleisch and
//! R. Prentice, The Statistical Analysis of Failure Time Data (2002), § 1.4 (log-log bounds),
//! § 8.2 (cumulative incidence, after O. Aalen and S. Johansen 1978); J. Klein and
//! M. Moeschberger, Survival Analysis (2003), § 4.6 (delayed entry).

pub mod interval;
pub mod logrank;
pub mod table;
pub mod tally;
pub mod truncation;

use crate::stats::Bounds;

/// Survival counts as fallen to p when it is at most this far above it, so that a median does
/// not hang on the last bit of a product.
const TOLERANCE: f64 = 1e-9;

/// One case. Times share one unit and one origin: the case's own start.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Case {
    /// The case is under observation after this time; −∞ when from the start.
    pub entry: f64,
    /// When it ended or was last seen open.
    pub time: f64,
    /// What ended it, as a number of the caller's; `None` when it was still open.
    pub cause: Option<usize>,
}

impl Case {
    /// A case observed from its start.
    #[must_use]
    pub const fn new(time: f64, cause: Option<usize>) -> Self {
        Self { entry: f64::NEG_INFINITY, time, cause }
    }

    /// The same case, observed only after `entry`.
    #[must_use]
    pub const fn entering(mut self, entry: f64) -> Self {
        self.entry = entry;
        self
    }

    fn observed(&self) -> bool {
        self.time.is_finite() && !self.entry.is_nan() && self.time > self.entry
    }
}

/// The state of the curve after one time at which cases ended.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// The time.
    pub time: f64,
    /// Cases under observation just before it.
    pub at_risk: u64,
    /// Cases that ended at it.
    pub events: u64,
    /// S(t): share not ended.
    pub survival: f64,
    /// Greenwood's sum Σ d / (n (n − d)); infinite once S is 0.
    pub greenwood: f64,
    /// By cause, where more than one is told from another.
    pub causes: Vec<Cause>,
}

/// One cause at a step.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Cause {
    /// Cases it ended at the time.
    pub ended: u64,
    /// Share ended by it (Aalen–Johansen); the sum over all causes is 1 − S(t).
    pub incidence: f64,
}

impl Step {
    /// Greenwood's standard error of S(t); 0 once S is 0 or while it is 1.
    #[must_use]
    pub fn standard_error(&self) -> f64 {
        if self.survival > 0.0 { self.survival * self.greenwood.sqrt() } else { 0.0 }
    }

    /// Log-log bounds of S(t): S^exp(±z √G / ln S). `None` while S is 1 or once it is 0.
    #[must_use]
    pub fn bounds(&self, level: f64) -> Option<Bounds> {
        interval::bounds(self, level, interval::Scale::LogLog)
    }
}

/// A survival curve.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Curve {
    /// One step a time at which cases ended, ascending.
    pub steps: Vec<Step>,
    /// Cases that were observed at all.
    pub cases: u64,
    /// Those of them that ended.
    pub events: u64,
}

/// The Kaplan–Meier curve of `cases`, whose causes are numbered 0 to `kinds` − 1.
///
/// Cases whose time is not beyond their entry were never observed and are left out. A cause of
/// `kinds` or more counts as still open.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
pub fn kaplan_meier(cases: &[Case], kinds: usize) -> Curve {
    let observed = || cases.iter().filter(|case| case.observed());
    let mut entries: Vec<f64> = observed().map(|case| case.entry).collect();
    entries.sort_unstable_by(f64::total_cmp);
    // Copies lie together in memory; a million of them sort several times as fast as references.
    let mut exits: Vec<(f64, Option<usize>)> =
        observed().map(|case| (case.time, case.cause)).collect();
    exits.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
    let mut curve = Curve { cases: exits.len() as u64, ..Curve::default() };
    let (mut entered, mut left) = (0, 0);
    let (mut survival, mut greenwood, mut incidence) = (1.0, 0.0, vec![0.0; kinds]);
    for same_time in exits.chunk_by(|a, b| a.0.total_cmp(&b.0).is_eq()) {
        let time = same_time.first().map_or(f64::NAN, |exit| exit.0);
        entered += entries.get(entered..).map_or(0, |rest| rest.partition_point(|e| *e < time));
        let at_risk = (entered - left) as u64;
        left += same_time.len();
        if same_time.iter().all(|exit| exit.1.is_none()) {
            continue;
        }
        let ended = by_cause(same_time, kinds);
        let events: u64 = ended.iter().sum();
        let (n, d) = (at_risk as f64, events as f64);
        if events == 0 {
            continue;
        }
        for (share, count) in incidence.iter_mut().zip(&ended) {
            *share += survival * *count as f64 / n;
        }
        survival *= 1.0 - d / n;
        greenwood += d / (n * (n - d));
        curve.events += events;
        let cause = |(&ended, &incidence): (&u64, &f64)| Cause { ended, incidence };
        // A single cause is the end itself.
        let told = if kinds > 1 { ended.iter().zip(&incidence) } else { [].iter().zip(&[]) };
        let step = Step { time, at_risk, events, survival, greenwood, causes: Vec::new() };
        curve.steps.push(Step { causes: told.map(cause).collect(), ..step });
    }
    curve
}

fn by_cause(exits: &[(f64, Option<usize>)], kinds: usize) -> Vec<u64> {
    let mut ended = vec![0; kinds];
    for cause in exits.iter().filter_map(|exit| exit.1) {
        if let Some(count) = ended.get_mut(cause) {
            *count += 1;
        }
    }
    ended
}

impl Curve {
    /// The last step at or before `time`; `None` while nothing has ended.
    #[must_use]
    pub fn at(&self, time: f64) -> Option<&Step> {
        let after = self.steps.partition_point(|step| step.time <= time);
        self.steps.get(after.checked_sub(1)?)
    }

    /// The first time at which at most the share `p` is left; `None` where S never falls to it.
    #[must_use]
    pub fn time_left(&self, p: f64) -> Option<f64> {
        self.first(|step| Some(step.survival), p)
    }

    /// As [`Curve::time_left`], but where S stays at `p` for a while, the middle of that while, as
    /// R's `survfit` reads it.
    #[must_use]
    pub fn time_left_midway(&self, p: f64) -> Option<f64> {
        let at = self.steps.iter().position(|step| step.survival <= p + TOLERANCE)?;
        let (reached, next) = (self.steps.get(at)?, self.steps.get(at + 1));
        let stays = (reached.survival - p).abs() <= TOLERANCE;
        let end = next.filter(|_| stays).map_or(reached.time, |next| next.time);
        Some(f64::midpoint(reached.time, end))
    }

    /// The median time.
    #[must_use]
    pub fn median(&self) -> Option<f64> {
        self.time_left(0.5)
    }

    /// Bounds of the median: where the bounds of S(t) fall to one half. An end may be unknown.
    #[must_use]
    pub fn median_bounds(&self, level: f64) -> (Option<f64>, Option<f64>) {
        self.time_left_bounds(0.5, level)
    }

    /// Bounds of the time at which the share `p` is left, as [`Curve::median_bounds`]. Source:
    /// R. Brookmeyer and J. Crowley, Biometrics 38 (1982).
    #[must_use]
    pub fn time_left_bounds(&self, p: f64, level: f64) -> (Option<f64>, Option<f64>) {
        let low = self.first(|step| step.bounds(level).map(|b| b.low), p);
        let high = self.first(|step| step.bounds(level).map(|b| b.high), p);
        (low.or_else(|| self.time_left(0.0)), high.or_else(|| self.time_left(0.0)))
    }

    fn first(&self, share: impl Fn(&Step) -> Option<f64>, p: f64) -> Option<f64> {
        let fallen = |step: &&Step| share(step).is_some_and(|s| s <= p + TOLERANCE);
        self.steps.iter().find(fallen).map(|step| step.time)
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::{Case, kaplan_meier};

    /// Miller's AML data (`survival::aml` of R): weeks, and whether the case relapsed.
    pub(in crate::stats) const MAINTAINED: [(f64, bool); 11] = [
        (9.0, true),
        (13.0, true),
        (13.0, false),
        (18.0, true),
        (23.0, true),
        (28.0, false),
        (31.0, true),
        (34.0, true),
        (45.0, false),
        (48.0, true),
        (161.0, false),
    ];

    pub(in crate::stats) fn cases(data: &[(f64, bool)]) -> Vec<Case> {
        data.iter().map(|(time, event)| Case::new(*time, event.then_some(0))).collect()
    }

    #[test]
    fn aml_maintained_has_its_published_median() {
        let curve = kaplan_meier(&cases(&MAINTAINED), 1);
        assert_eq!((curve.median(), curve.cases, curve.events), (Some(31.0), 11, 7));
        let step = curve.at(20.0).map(|s| (s.survival, s.standard_error(), s.at_risk));
        let (survival, error, at_risk) = step.unwrap_or_default();
        assert!((survival - 0.715_909_090_909_091).abs() < 1e-12, "{survival}");
        assert!((error - 0.1397).abs() < 5e-5 && at_risk == 8, "{error}");
    }

    /// By hand: the log-log bounds fall to 0.75 at week 9 (0.508) and at week 34 (0.657, after
    /// 0.753 at week 31).
    #[test]
    fn the_first_quartile_has_its_bounds() {
        let curve = kaplan_meier(&cases(&MAINTAINED), 1);
        assert_eq!(curve.time_left(0.75), Some(18.0));
        assert_eq!(curve.time_left_bounds(0.75, 0.95), (Some(9.0), Some(34.0)));
        assert_eq!(curve.time_left_bounds(0.5, 0.95), curve.median_bounds(0.95));
    }

    #[test]
    fn incidence_of_all_causes_and_survival_add_to_one() {
        let case = |i: u32| Case::new(f64::from(i % 13), [Some(0), Some(1), None][i as usize % 3]);
        let cases: Vec<_> = (1..40).map(case).collect();
        for step in kaplan_meier(&cases, 2).steps {
            let sum: f64 =
                step.causes.iter().map(|cause| cause.incidence).sum::<f64>() + step.survival;
            assert!((sum - 1.0).abs() < 1e-12);
        }
    }

    #[test]
    fn a_case_not_seen_before_its_entry_is_not_at_risk_there() {
        let late = Case::new(10.0, Some(0)).entering(5.0);
        let curve = kaplan_meier(&[Case::new(2.0, Some(0)), Case::new(4.0, None), late], 1);
        assert_eq!(curve.steps.iter().map(|s| s.at_risk).collect::<Vec<_>>(), [2, 1]);
        assert_eq!(kaplan_meier(&[Case::new(5.0, Some(0)).entering(5.0)], 1).cases, 0);
    }

    #[test]
    fn a_curve_without_events_has_no_median() {
        let curve = kaplan_meier(&[Case::new(3.0, None), Case::new(f64::NAN, Some(0))], 1);
        assert_eq!(
            (curve.median(), curve.median_bounds(0.95), curve.cases),
            (None, (None, None), 1)
        );
    }
}
