//! The language-free result: what was found, with its uncertainty, ready to be worded.
//!
//! `report.json` is this tree, versioned by [`SCHEMA`]. [`edition`] is the same tree in words.

mod block;
mod chart;
mod check;
pub mod edition;
mod expr;
mod finding;
pub mod formula;
mod message;
mod metric;
mod outline;
mod protocol;
mod status;
mod table;
mod value;

pub use block::{Block, Check, CheckState, Tone};
pub use chart::{Chart, ChartKind, Mark, MarkKind, Reference, Role, Series};
pub use check::{InputCheck, ReadHeading};
pub use expr::{Expr, Formula, Func, Op};
pub use finding::{Finding, Grade};
pub use message::Message;
pub use metric::{Direction, Interval, Metric};
pub use outline::{
    Constant, Layout, Missing, Outcome, Provenance, Report, SCHEMA, Section, Skipped,
};
pub use protocol::{InputProtocol, OutputFile, PROTOCOL, Protocol};
pub use status::{Assurance, Change, ChangeVerdict, StatusRow, Variation};
pub use table::{Cell, Column, Emphasis, Format, Row, Table};
pub use value::Value;
