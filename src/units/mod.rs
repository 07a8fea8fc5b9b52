//! Quantities with a unit: money in fixed point, calendar days and months, periods.

mod date;
mod money;
mod period;

pub use date::{Day, Month};
pub use money::Money;
pub use period::Period;
