//! What is planted, drawn by the seed. The null scenario plants nothing.

use super::Scenario;
use super::names::Names;
use super::rng::{Draw, Stream, cents};
use crate::units::{Day, Month};

/// First day of the records.
pub(super) const START: Day = Day::from_number(20_028);
/// Last day of the records, from which reports look.
pub(super) const AS_OF: Day = Day::from_number(20_757);
/// Days of records.
pub(super) const DAYS: usize = 730;
/// First day on which deals stall in the planted stage.
pub(super) const STALL_FROM: Day = Day::from_number(20_574);
/// Share of orders that go back from packing to picking, for every team alike where nothing is
/// planted.
pub(super) const REWORK: f64 = 0.06;
/// Days in a planted stage are multiplied by this.
pub(super) const STALL_FACTOR: f64 = 3.0;
/// Probability that a deal is won, for every rep alike where nothing is planted.
pub(super) const WIN_RATE: f64 = 0.38;
/// Probability that a customer answers a campaign, sent or not.
pub(super) const RESPONSE: f64 = 0.05;

/// A defect rate that rises and stays.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rise {
    pub(super) step: usize,
    pub(super) team: usize,
    pub(super) month: Month,
    pub(super) factor: f64,
}

/// An improvement project that has intervened.
#[derive(Clone, Copy, Debug)]
pub(super) struct Intervention {
    pub(super) step: usize,
    pub(super) day: Day,
    /// What the step's defect rate is multiplied by from that day.
    pub(super) factor: f64,
}

/// A rep unlike the others.
#[derive(Clone, Copy, Debug)]
pub(super) struct OddRep {
    pub(super) rep: usize,
    pub(super) win_rate: f64,
}

/// A campaign that works.
#[derive(Clone, Copy, Debug)]
pub(super) struct Effect {
    pub(super) campaign: usize,
    /// Response of those it was sent to.
    pub(super) treated: f64,
}

/// A characteristic whose mean moves and stays.
#[derive(Clone, Copy, Debug)]
pub(super) struct MeanShift {
    pub(super) characteristic: usize,
    pub(super) month: Month,
    /// By how many of its standard deviations.
    pub(super) sigmas: f64,
}

/// A team whose orders go back a step more often than others'.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rework {
    pub(super) team: usize,
    pub(super) share: f64,
}

/// Everything planted. The null scenario has none of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Planted {
    pub(super) rise: Rise,
    pub(super) good: Intervention,
    pub(super) failed: Intervention,
    pub(super) better: OddRep,
    pub(super) worse: OddRep,
    /// Index of the stage in which deals stall.
    pub(super) stalled: usize,
    /// Index of the segment whose costs to serve exceed its margin.
    pub(super) loss: usize,
    pub(super) effect: Effect,
    pub(super) shift: MeanShift,
    pub(super) rework: Rework,
}

/// Draws what is planted.
pub(super) fn draw(seed: u64, scenario: Scenario, names: &Names) -> Option<Planted> {
    if scenario == Scenario::Null {
        return None;
    }
    let mut draw = Draw::of(seed, Stream::Plan, 0);
    let month = Month::new(2026, 4).plus(draw.between(0, 4));
    let steps = draw.shuffled(names.steps.len());
    let step = |i: usize| steps.get(i).copied().unwrap_or(i);
    let reps = draw.shuffled(names.reps.len());
    let rep = |i: usize| reps.get(i).copied().unwrap_or(i);
    let begun = Day::from_civil(2026, 1, 15).unwrap_or(START);
    Some(Planted {
        rise: Rise {
            step: step(0),
            team: draw.below(names.teams.len()),
            month,
            factor: cents(draw.within(2.2, 2.5)),
        },
        good: Intervention { step: step(1), day: begun, factor: 0.5 },
        failed: Intervention { step: step(2), day: begun.plus(26), factor: 1.0 },
        better: OddRep { rep: rep(0), win_rate: 0.64 },
        worse: OddRep { rep: rep(1), win_rate: 0.14 },
        stalled: 2 + draw.below(2),
        loss: names.loss_segment,
        effect: Effect { campaign: draw.below(names.campaigns.len()), treated: 0.20 },
        shift: MeanShift {
            characteristic: draw.below(names.characteristics.len()),
            month: Month::new(2026, 5).plus(draw.between(0, 3)),
            sigmas: 1.4,
        },
        rework: Rework { team: draw.below(names.teams.len()), share: 0.40 },
    })
}

impl Planted {
    /// What a step's base defect rate is multiplied by in a team on a day.
    pub(super) fn defect_factor(&self, step: usize, team: usize, day: Day) -> f64 {
        let mut factor = 1.0;
        let rise = self.rise;
        if rise.step == step && rise.team == team && day >= rise.month.first_day() {
            factor *= rise.factor;
        }
        for project in [self.good, self.failed] {
            if project.step == step && day >= project.day {
                factor *= project.factor;
            }
        }
        factor
    }

    /// By how many standard deviations the mean of a characteristic has moved on a day.
    pub(super) fn mean_shift(&self, characteristic: usize, day: Day) -> f64 {
        let moved = self.shift.characteristic == characteristic;
        if moved && day >= self.shift.month.first_day() { self.shift.sigmas } else { 0.0 }
    }

    /// The probability that a rep wins a deal.
    pub(super) fn win_rate(&self, rep: usize) -> f64 {
        let odd = [self.better, self.worse].into_iter().find(|odd| odd.rep == rep);
        odd.map_or(WIN_RATE, |odd| odd.win_rate)
    }
}

#[cfg(test)]
mod tests {
    use super::{AS_OF, DAYS, STALL_FROM, START};
    use crate::units::Day;

    #[test]
    fn the_calendar_is_twenty_four_whole_months() {
        assert_eq!(START, Day::from_civil(2024, 11, 1).unwrap_or(AS_OF));
        assert_eq!(AS_OF, Day::from_civil(2026, 10, 31).unwrap_or(START));
        assert_eq!(STALL_FROM, Day::from_civil(2026, 5, 1).unwrap_or(START));
        assert_eq!(usize::try_from(AS_OF.since(START) + 1), Ok(DAYS));
    }
}
