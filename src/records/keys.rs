//! How well the keys of one table find their partners in another.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Col, TableKind};

/// One relation between two tables, and how many rows and distinct keys found their partner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct KeyMatch {
    /// The table that names the key.
    pub table: TableKind,
    /// Its column.
    pub col: Col,
    /// The table the key should stand in.
    pub master: TableKind,
    /// Rows that name a key.
    pub rows: u64,
    /// Those of them whose key the master has.
    pub rows_matched: u64,
    /// Distinct keys named.
    pub keys: u64,
    /// Those of them the master has.
    pub keys_matched: u64,
}
