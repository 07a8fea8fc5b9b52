//! Attribute agreement: appraisers who judge the same items, each several times.
//!
//! Source: AIAG, Measurement Systems Analysis, 4th edition (2010), chapter III, section C. An item
//! counts as matched only where every judgement concerned is the same.

use crate::stats::interval::clopper_pearson;
use crate::stats::{Bounds, Unestimable};

/// Items on which all judgements concerned are the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Matched {
    /// Matched items.
    pub matched: u64,
    /// Items judged.
    pub items: u64,
}

impl Matched {
    fn of(hits: impl Iterator<Item = bool>) -> Self {
        let none = Self { matched: 0, items: 0 };
        hits.fold(none, |sum, hit| Self {
            matched: sum.matched + u64::from(hit),
            items: sum.items + 1,
        })
    }

    /// Exact (Clopper–Pearson) interval of the share, two-sided at `level`; `None` unless
    /// 0 < `level` < 1.
    #[must_use]
    pub fn bounds(&self, level: f64) -> Option<Bounds> {
        clopper_pearson(self.matched, self.items, level)
    }
}

/// How one appraiser did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Appraiser {
    /// Items judged alike in all trials; `None` of a single trial.
    pub within: Option<Matched>,
    /// Items judged right in all trials; `None` without a standard.
    pub against_standard: Option<Matched>,
}

/// How all appraisers did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agreement {
    /// Appraiser by appraiser.
    pub appraisers: Vec<Appraiser>,
    /// Items judged alike by all in all trials; `None` of a single appraiser.
    pub between: Option<Matched>,
    /// Items judged right by all in all trials; `None` without a standard.
    pub all_against_standard: Option<Matched>,
}

/// Compares `judgements`: appraiser → item → trials; with the true category of each item, where
/// there is a standard.
///
/// # Errors
/// `Outside` where appraisers judged different numbers of items, an item has no judgement, or the
/// standard is not as long; `TooFew` without appraisers or items.
pub fn agreement<L: PartialEq>(
    judgements: &[Vec<Vec<L>>],
    standard: Option<&[L]>,
) -> Result<Agreement, Unestimable> {
    let items = judgements.first().map_or(0, Vec::len);
    if items == 0 {
        return Err(Unestimable::TooFew { needed: 1, got: 0 });
    }
    let unequal = judgements.iter().any(|a| a.len() != items || a.iter().any(Vec::is_empty));
    if unequal || standard.is_some_and(|standard| standard.len() != items) {
        return Err(Unestimable::Outside("every appraiser must judge every item"));
    }
    let whose = |appraisers: &[Vec<Vec<L>>]| Appraiser {
        within: appraisers
            .iter()
            .flatten()
            .all(|trials| trials.len() > 1)
            .then(|| matched(appraisers, items, None)),
        against_standard: standard.map(|_| matched(appraisers, items, standard)),
    };
    Ok(Agreement {
        appraisers: judgements.chunks(1).map(whose).collect(),
        between: (judgements.len() > 1).then(|| matched(judgements, items, None)),
        all_against_standard: standard.map(|_| matched(judgements, items, standard)),
    })
}

/// Items that all of `appraisers` judge alike in all trials; and right, against a standard.
fn matched<L: PartialEq>(
    appraisers: &[Vec<Vec<L>>],
    items: usize,
    standard: Option<&[L]>,
) -> Matched {
    Matched::of((0..items).map(|i| {
        let mut judgements = appraisers.iter().filter_map(|own| own.get(i)).flatten();
        let truth = standard.and_then(|standard| standard.get(i)).or_else(|| judgements.next());
        judgements.all(|judgement| Some(judgement) == truth)
    }))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test")]
mod tests {
    use super::{Matched, agreement};

    #[test]
    fn three_items_two_appraisers_by_hand() {
        let a = vec![vec!["ok", "ok"], vec!["bad", "ok"], vec!["ok", "ok"]];
        let b = vec![vec!["ok", "ok"], vec!["bad", "bad"], vec!["bad", "bad"]];
        let found = agreement(&[a.clone(), b], Some(&["ok", "bad", "ok"])).unwrap();
        let hits = |matched| Some(Matched { matched, items: 3 });
        let of = |i: usize| (found.appraisers[i].within, found.appraisers[i].against_standard);
        assert_eq!(of(0), (hits(2), hits(2)));
        assert_eq!(of(1), (hits(3), hits(2)));
        assert_eq!((found.between, found.all_against_standard), (hits(1), hits(1)));
        let bounds = hits(2).unwrap().bounds(0.95).unwrap();
        assert!((bounds.low - 0.094_299).abs() < 1e-6, "{bounds:?}");
        let alone = agreement(&[a], None).unwrap();
        assert_eq!((alone.between, alone.all_against_standard), (None, None));
    }

    #[test]
    fn what_was_not_judged_is_refused() {
        let short = agreement(&[vec![vec![1], vec![2]], vec![vec![1]]], None);
        assert!(short.is_err());
        assert!(agreement(&[vec![vec![1]]], Some(&[1, 2])).is_err());
        assert!(agreement::<u8>(&[], None).is_err());
        let once = agreement(&[vec![vec![1], vec![2]]], None).unwrap();
        assert_eq!(once.appraisers[0].within, None, "one trial cannot agree with itself");
    }
}
