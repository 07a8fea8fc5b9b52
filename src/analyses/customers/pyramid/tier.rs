//! Tiers by rank of sales.

use super::params::Params;
use crate::report::Message;
use crate::units::Money;

/// A tier, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Tier {
    /// The first per cent.
    Top,
    /// To 5 %.
    Large,
    /// To 20 %.
    Medium,
    /// The rest who bought.
    Small,
    /// Who did not buy.
    Inactive,
}

impl Tier {
    /// Tiers of customers who bought.
    pub(super) const BUYING: [Self; 4] = [Self::Top, Self::Large, Self::Medium, Self::Small];
    /// Every tier.
    pub(super) const ALL: [Self; 5] =
        [Self::Top, Self::Large, Self::Medium, Self::Small, Self::Inactive];

    /// Its id in columns and words.
    pub(super) const fn id(self) -> &'static str {
        match self {
            Self::Top => "top",
            Self::Large => "large",
            Self::Medium => "medium",
            Self::Small => "small",
            Self::Inactive => "inactive",
        }
    }

    /// Its name.
    pub(super) fn name(self) -> Message {
        Message::new(format!("pyramid.tier.{}", self.id()))
    }
}

/// The last ranks of the top, large and medium tiers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cuts([usize; 3]);

impl Cuts {
    /// The cuts of so many customers, each rounded up.
    pub(super) fn new(params: &Params, n: usize) -> Self {
        Self([params.top, params.large, params.medium].map(|share| part(share, n)))
    }

    /// The tier of a rank, 1 for the first.
    pub(super) fn tier(self, rank: usize) -> Tier {
        let above = self.0.iter().filter(|&&last| rank > last).count();
        Tier::ALL.get(above).copied().unwrap_or(Tier::Small)
    }
}

/// ⌈share · n⌉. Rounded to a millionth first, so that 7 % of 100 is 7 and not 8.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "customers stay far below 2⁵³, shares lie between 0 and 1"
)]
pub(super) fn part(share: f64, n: usize) -> usize {
    ((share * n as f64 * 1e6).round() / 1e6).ceil() as usize
}

/// Puts the larger sales first; equals in the order of their ids.
pub(super) fn by_sales(a: (Money, &str), b: (Money, &str)) -> std::cmp::Ordering {
    b.0.cmp(&a.0).then_with(|| a.1.cmp(b.1))
}
