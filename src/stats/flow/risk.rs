//! Failure mode and effects analysis.
//!
//! Sources: IEC 60812; AIAG, *Potential Failure Mode and Effects Analysis*, 4th edition (2008).
//! The AIAG & VDA handbook (2019) put Action Priority in place of the risk priority number,
//! because a product of ranks lets a severe, rare failure sink below a trivial, frequent one;
//! hence the severe ones are listed apart here.

use std::cmp::Reverse;

use crate::stats::Unestimable;

/// Ratings from here on call for action whatever the product.
const SEVERE: u32 = 9;

/// Ratings of one failure mode, each from 1 to 10.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rating {
    /// How bad its effect is.
    pub severity: u32,
    /// How often it occurs.
    pub occurrence: u32,
    /// How likely it stays undetected.
    pub detection: u32,
}

impl Rating {
    /// Checks that each rating lies within 1 to 10.
    ///
    /// # Errors
    /// A rating outside.
    pub fn check(&self) -> Result<(), Unestimable> {
        let rated = [self.severity, self.occurrence, self.detection];
        let inside = rated.iter().all(|rating| (1..=10).contains(rating));
        if inside { Ok(()) } else { Err(Unestimable::Outside("ratings lie from 1 to 10")) }
    }

    /// Risk priority number: severity × occurrence × detection, 1 to 1000. A product of ranks: it
    /// orders, it does not measure.
    #[must_use]
    pub const fn priority(&self) -> u32 {
        self.severity * self.occurrence * self.detection
    }

    /// Criticality: severity × occurrence.
    #[must_use]
    pub const fn criticality(&self) -> u32 {
        self.severity * self.occurrence
    }

    /// Whether its severity alone, 9 or 10, calls for action.
    #[must_use]
    pub const fn is_severe(&self) -> bool {
        self.severity >= SEVERE
    }
}

/// Indices by falling risk priority number; equal ones in the order given.
#[must_use]
pub fn by_priority(ratings: &[Rating]) -> Vec<usize> {
    let mut order: Vec<(usize, u32)> = ratings.iter().map(Rating::priority).enumerate().collect();
    order.sort_by_key(|&(_, priority)| Reverse(priority));
    order.into_iter().map(|(i, _)| i).collect()
}

/// Indices of the failure modes of severity 9 or 10, in the order given.
#[must_use]
pub fn severe(ratings: &[Rating]) -> Vec<usize> {
    (0..ratings.len()).filter(|&i| ratings[i].is_severe()).collect()
}

#[cfg(test)]
mod tests {
    use super::{Rating, by_priority, severe};

    const fn rating(severity: u32, occurrence: u32, detection: u32) -> Rating {
        Rating { severity, occurrence, detection }
    }

    #[test]
    fn a_severe_failure_ranks_last_and_is_listed_all_the_same() {
        let ratings = [rating(4, 6, 3), rating(10, 1, 2), rating(3, 8, 9), rating(9, 1, 8)];
        assert_eq!(by_priority(&ratings), [2, 0, 3, 1], "216, 72, 72 and 20");
        assert_eq!(severe(&ratings), [1, 3]);
        assert_eq!(ratings[2].criticality(), 24);
    }

    #[test]
    fn ratings_are_checked() {
        assert!(rating(10, 1, 1).check().is_ok());
        assert!(rating(11, 1, 1).check().is_err() && rating(5, 0, 1).check().is_err());
    }
}
