//! The span of days a figure speaks of.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Day, Month};

/// Days `from` to `to`, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Period {
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
}

impl Period {
    /// Stands where nothing is dated.
    pub const UNDATED: Self = Self { from: Day::UNDATED, to: Day::UNDATED };

    /// The whole of one month.
    #[must_use]
    pub fn month(month: Month) -> Self {
        Self { from: month.first_day(), to: month.last_day() }
    }

    /// Whether the day lies in the period.
    #[must_use]
    pub fn contains(&self, day: Day) -> bool {
        self.from <= day && day <= self.to
    }

    /// Days in the period.
    #[must_use]
    pub const fn days(&self) -> i32 {
        self.to.since(self.from) + 1
    }

    /// Every month the period touches, in order.
    pub fn months(&self) -> impl Iterator<Item = Month> + use<> {
        (self.from.month().number()..=self.to.month().number()).map(Month::from_number)
    }
}
