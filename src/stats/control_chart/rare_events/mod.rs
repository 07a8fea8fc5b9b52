//! Charts of rare events: the count of units or the time between one event and the next.

pub mod g_chart;
pub mod t_chart;
