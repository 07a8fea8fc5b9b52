//! What was asked (the command line and `gemba.toml`), then what is valid.

mod args;
mod asked;
mod checked;
mod file;
mod gate;
mod mapping;
mod mistake;
mod plan;
mod reading;

pub use args::{
    Args, CheckArgs, CheckFormat, Command, ExplainArgs, InitArgs, OutputFormat, ReportArgs,
    SampleArgs, SchemaArgs, SchemaOf, TextFormat, VerifyArgs, parse,
};
pub use checked::{Checked, SettingsError};
pub use file::schema;
pub use gate::{Compare, Gate};
pub use mapping::{ColumnUse, SheetRule};
pub use plan::{AnalysisPlan, Layout, ReportPlan};
pub use reading::{DateOrder, DecimalMark, Hidden, Limits, ReadSettings, Reader, Writing};
