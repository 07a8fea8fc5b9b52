//! What gemba knows about records: tables, columns, origins, issues, and the account of every row.

mod account;
mod column;
mod fold;
mod group;
mod issue;
mod keys;
mod origin;
mod reject;
mod schema;
mod tables;

pub use account::{Account, SheetAccount};
pub use column::{CellKind, Col};
pub use fold::fold;
pub use group::{IssueGroup, groups, rows_of};
pub use issue::{Issue, IssueCode, Place, Severity};
pub use keys::KeyMatch;
pub use origin::{InputFile, Origin, Source};
pub use reject::{CellFault, HeldCell, RejectedRow, SheetRejects, address, column_letters};
pub use schema::{ColumnSpec, TableKind, TableSpec, spec, specs};
