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

/// How urgent an action is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ActionPriority {
    /// Act, or say why the present controls suffice.
    High,
    /// Better act.
    Medium,
    /// May stay as it is.
    Low,
}

impl Rating {
    /// Action priority: severity speaks first, then occurrence, then detection.
    ///
    /// The rules are those the AIAG & VDA handbook (2019) is publicly summarised by; the handbook
    /// itself is sold, and decides where this reading should differ.
    #[must_use]
    pub const fn action_priority(&self) -> ActionPriority {
        use ActionPriority::{High, Low, Medium};
        match (self.severity, self.occurrence, self.detection) {
            (9.., 6.., _)
            | (9.., 4..=5, 2..)
            | (9.., 2..=3, 7..)
            | (7..=8, 8.., _)
            | (7..=8, 6..=7, 2..)
            | (7..=8, 4..=5, 7..)
            | (4..=6, 8.., 5..) => High,
            (9.., 4..=5, _)
            | (9.., 2..=3, 5..=6)
            | (7..=8, 4..=7, _)
            | (7..=8, 2..=3, 5..)
            | (4..=6, 8.., _)
            | (4..=6, 6..=7, 2..)
            | (4..=6, 4..=5, 7..)
            | (2..=3, 8.., 5..) => Medium,
            _ => Low,
        }
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
    use super::{ActionPriority, Rating, by_priority, severe};

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

    /// One rating of each cell of the published table, from detection 7–10 to 1.
    #[test]
    fn action_priority_reads_severity_first() {
        let cells = [
            (9, 8, "HHHH"),
            (9, 6, "HHHH"),
            (10, 4, "HHHM"),
            (10, 3, "HMLL"),
            (10, 1, "LLLL"),
            (8, 9, "HHHH"),
            (7, 7, "HHHM"),
            (7, 5, "HMMM"),
            (8, 2, "MMLL"),
            (8, 1, "LLLL"),
            (6, 10, "HHMM"),
            (5, 6, "MMML"),
            (4, 4, "MLLL"),
            (6, 3, "LLLL"),
            (3, 8, "MMLL"),
            (2, 7, "LLLL"),
            (1, 10, "LLLL"),
        ];
        for (severity, occurrence, row) in cells {
            for (detection, want) in [8, 6, 3, 1].into_iter().zip(row.chars()) {
                let got = match rating(severity, occurrence, detection).action_priority() {
                    ActionPriority::High => 'H',
                    ActionPriority::Medium => 'M',
                    ActionPriority::Low => 'L',
                };
                assert_eq!(got, want, "{severity} {occurrence} {detection}");
            }
        }
    }

    #[test]
    fn ratings_are_checked() {
        assert!(rating(10, 1, 1).check().is_ok());
        assert!(rating(11, 1, 1).check().is_err() && rating(5, 0, 1).check().is_err());
    }
}
