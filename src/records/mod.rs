//! What gemba knows about records: tables, columns, origins, issues, and the account of every row.

mod account;
mod column;
mod fold;
mod issue;
mod origin;
mod schema;
mod tables;

pub use account::{Account, SheetAccount};
pub use column::{CellKind, Col};
pub use fold::fold;
pub use issue::{Issue, IssueCode, Place, Severity};
pub use origin::{InputFile, Origin, Source};
pub use schema::{ColumnSpec, TableKind, TableSpec, spec, specs};
