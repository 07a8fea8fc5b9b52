//! The team: each representative's deals, and the tests that compare them.

mod differ;

use super::params::Params;
use crate::dataset::{ByDeals, Dataset, DealCounts, Deals, MISSING_CODE};
use crate::stats::comparison::homogeneity::{Homogeneity, homogeneity};
use crate::stats::comparison::shrink::{self, Prior};
use crate::units::Money;

/// One representative.
pub(super) struct Rep {
    /// Name, as in the records.
    pub(super) name: String,
    /// Deals closed in the period.
    pub(super) counts: DealCounts,
    /// Whether there are enough deals to compare.
    pub(super) compared: bool,
    /// How the rate differs from the rest of the team; only where the team is uneven.
    pub(super) difference: Option<Difference>,
}

/// A representative against the rest of the team.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Difference {
    /// Win rate of those compared with: the others, without those who differ themselves.
    pub(super) rest: f64,
    /// Holm-adjusted p-value.
    pub(super) p: f64,
    /// Whether p lies below the asked level.
    pub(super) differs: bool,
}

/// What the test of the whole team found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Verdict {
    /// Fewer than two representatives have enough deals, or all deals ended alike.
    TooFew,
    /// Differences compatible with chance.
    Even(Homogeneity),
    /// Differences beyond chance.
    Uneven(Homogeneity),
}

/// The team.
pub(super) struct Team {
    /// Representatives by name, those with deals closed in the period.
    pub(super) reps: Vec<Rep>,
    /// Deals of all of them.
    pub(super) all: DealCounts,
    /// Closed deals without an owner.
    pub(super) unowned: u64,
    /// What the test found.
    pub(super) verdict: Verdict,
    /// The distribution of true rates, for the shrunken rates.
    pub(super) prior: Option<Prior>,
}

impl Team {
    /// Win rate of the team.
    pub(super) fn rate(&self) -> f64 {
        rate(self.all.won, self.all.closed())
    }

    /// Mean value of a won deal, in units; `None` where no value is known.
    #[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
    pub(super) fn deal_value(&self) -> Option<f64> {
        let known =
            if self.all.won_value > Money::ZERO { self.all.won_value } else { self.all.won_price };
        (known > Money::ZERO && self.all.won > 0).then(|| known.to_units() / self.all.won as f64)
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
fn rate(won: u64, closed: u64) -> f64 {
    won as f64 / closed as f64
}

/// The team; `None` where no deal with an owner was closed.
pub(super) fn team(data: &Dataset, params: &Params) -> Option<Team> {
    let deals = Deals::of(data)?;
    let by_deals = ByDeals::of(&deals, data);
    let no_dates = by_deals.total(|key| key.closed.is_some()).closed() == 0;
    let counted = by_deals.grouped(|key| (key.in_period || no_dates).then_some(key.owner));
    let unowned = counted.get(&MISSING_CODE).map_or(0, DealCounts::closed);
    let mut reps: Vec<Rep> = (counted.into_iter())
        .filter(|(_, counts)| counts.closed() > 0)
        .filter_map(|(code, counts)| Some(rep(deals.owner(code)?, counts, params)))
        .collect();
    reps.sort_by(|a, b| a.name.cmp(&b.name));
    let mut all = DealCounts::default();
    for rep in &reps {
        all.add(&rep.counts);
    }
    if all.closed() == 0 {
        return None;
    }
    let pairs: Vec<_> = reps.iter().map(|rep| (rep.counts.won, rep.counts.closed())).collect();
    let verdict = verdict(&reps, params.alpha);
    let mut team = Team { reps, all, unowned, verdict, prior: shrink::fit(&pairs) };
    if matches!(team.verdict, Verdict::Uneven(_)) {
        differ::compare(&mut team.reps, params.alpha);
    }
    Some(team)
}

fn rep(name: &str, counts: DealCounts, params: &Params) -> Rep {
    let compared = counts.closed() >= params.min_closed;
    Rep { name: name.to_owned(), counts, compared, difference: None }
}

fn verdict(reps: &[Rep], alpha: f64) -> Verdict {
    let compared = reps.iter().filter(|rep| rep.compared);
    let groups: Vec<_> = compared.map(|rep| (rep.counts.won, rep.counts.closed())).collect();
    match homogeneity(&groups) {
        None => Verdict::TooFew,
        Some(test) if test.p_value < alpha => Verdict::Uneven(test),
        Some(test) => Verdict::Even(test),
    }
}
