//! Cases counted by the time they were seen for: as long as there are different times, however
//! many cases there are.

use super::{Case, Curve, Step};

/// Cases by time; any cause counts as the end.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tally {
    /// Cases under observation from the start.
    always: u64,
    /// When the others came under observation, rising once closed.
    entries: Vec<f64>,
    /// Rising.
    exits: Vec<Exit>,
}

/// The cases last seen at one time.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Exit {
    time: f64,
    ended: u32,
    all: u32,
}

impl Tally {
    /// The tally of cases in any order.
    #[must_use]
    pub fn of(cases: &[Case]) -> Self {
        let mut cases: Vec<Case> = cases.iter().copied().filter(Case::observed).collect();
        cases.sort_unstable_by(|a, b| a.time.total_cmp(&b.time));
        let mut out = Self::default();
        for case in cases {
            out.add(case);
        }
        out.closed()
    }

    /// Adds a case seen no shorter than those before it; one never observed adds nothing.
    pub fn add(&mut self, case: Case) {
        if !case.observed() {
            return;
        }
        if case.entry == f64::NEG_INFINITY {
            self.always += 1;
        } else {
            self.entries.push(case.entry);
        }
        let ended = u32::from(case.cause.is_some());
        match self.exits.last_mut() {
            Some(last) if last.time.total_cmp(&case.time).is_eq() && last.all < u32::MAX => {
                last.ended += ended;
                last.all += 1;
            }
            _ => self.exits.push(Exit { time: case.time, ended, all: 1 }),
        }
    }

    /// The tally once every case is in it.
    #[must_use]
    pub fn closed(mut self) -> Self {
        self.entries.sort_unstable_by(f64::total_cmp);
        self
    }

    /// Times at which cases ended, rising.
    pub(super) fn ends(&self) -> impl Iterator<Item = f64> + '_ {
        self.exits.iter().filter(|exit| exit.ended > 0).map(|exit| exit.time)
    }

    /// The Kaplan–Meier curve, no cause told from another.
    #[must_use]
    pub fn curve(&self) -> Curve {
        let sum = |of: fn(&Exit) -> u32| self.exits.iter().map(|exit| u64::from(of(exit))).sum();
        Curve {
            steps: self.steps().collect(),
            cases: sum(|exit| exit.all),
            events: sum(|exit| exit.ended),
        }
    }

    /// The first time at which at most the share `p` is left, as [`Curve::time_left`], without
    /// the curve.
    #[must_use]
    pub fn time_left(&self, p: f64) -> Option<f64> {
        let mut steps = self.steps();
        steps.find(|step| step.survival <= p + super::TOLERANCE).map(|step| step.time)
    }

    /// The steps of the curve.
    fn steps(&self) -> impl Iterator<Item = Step> + '_ {
        let mut under = Under::new(self);
        let (mut survival, mut greenwood) = (1.0, 0.0);
        self.ends().map(move |time| {
            let (n, d) = under.at(time);
            survival *= 1.0 - d / n;
            greenwood += d / (n * (n - d));
            let (at_risk, events) = (under.at_risk(), under.ended());
            Step { time, at_risk, events, survival, greenwood, causes: Vec::new() }
        })
    }
}

/// The cases of a tally under observation while time passes.
pub(super) struct Under<'a> {
    tally: &'a Tally,
    entered: usize,
    exit: usize,
    left: u64,
    ended: u64,
}

impl<'a> Under<'a> {
    pub(super) const fn new(tally: &'a Tally) -> Self {
        Self { tally, entered: 0, exit: 0, left: 0, ended: 0 }
    }

    /// Cases at risk just before `time`, and those of them that end at it. Times only rise.
    #[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
    pub(super) fn at(&mut self, time: f64) -> (f64, f64) {
        let entries = self.tally.entries.get(self.entered..).unwrap_or_default();
        self.entered += entries.iter().take_while(|entry| **entry < time).count();
        let exits = self.tally.exits.get(self.exit..).unwrap_or_default();
        for exit in exits.iter().take_while(|exit| exit.time < time) {
            self.left += u64::from(exit.all);
            self.exit += 1;
        }
        let exits = self.tally.exits.get(self.exit..).unwrap_or_default();
        let now = exits.iter().take_while(|exit| exit.time <= time);
        self.ended = now.map(|exit| u64::from(exit.ended)).sum();
        (self.at_risk() as f64, self.ended as f64)
    }

    const fn at_risk(&self) -> u64 {
        (self.tally.always + self.entered as u64).saturating_sub(self.left)
    }

    const fn ended(&self) -> u64 {
        self.ended
    }
}

#[cfg(test)]
mod tests {
    use super::Tally;
    use crate::stats::survival::{Case, kaplan_meier};

    #[test]
    fn the_curve_of_a_tally_is_that_of_its_cases() {
        let case = |i: u32| {
            let case = Case::new(f64::from(i * 7 % 13), (!i.is_multiple_of(3)).then_some(0));
            if i.is_multiple_of(4) { case.entering(f64::from(i % 5)) } else { case }
        };
        let cases: Vec<Case> = (0..60).map(case).collect();
        let (whole, tally) = (kaplan_meier(&cases, 1), Tally::of(&cases));
        let curve = tally.curve();
        assert_eq!((curve.cases, curve.events), (whole.cases, whole.events));
        let bits = |curve: &crate::stats::survival::Curve| -> Vec<_> {
            let of = |s: &crate::stats::survival::Step| {
                (s.time.to_bits(), s.survival.to_bits(), s.greenwood.to_bits(), s.at_risk, s.events)
            };
            curve.steps.iter().map(of).collect()
        };
        assert_eq!(bits(&curve), bits(&whole));
        assert_eq!(tally.time_left(0.5), whole.median());
    }
}
