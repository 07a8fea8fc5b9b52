//! What was asked (the command line and `gemba.toml`), then what is valid.

mod args;
mod checked;
mod file;
mod gate;
mod plan;
mod reading;

pub use args::{
    Args, CheckArgs, CheckFormat, Command, ExplainArgs, OutputFormat, ReportArgs, SampleArgs,
    TextFormat, parse,
};
pub use checked::{Checked, SettingsError};
pub use gate::{Compare, Gate};
pub use plan::{AnalysisPlan, Layout, ReportPlan};
pub use reading::{DateOrder, DecimalMark, Hidden, Limits, ReadSettings, Writing};
