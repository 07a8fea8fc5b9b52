//! How sheets map to tables: `[[map]]` of `gemba.toml`.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::de::{Error as _, Unexpected};
use serde::{Deserialize, Deserializer, Serialize};

use crate::records::{Col, TableKind};

/// How the sheets of some files are read. Where several fit a sheet, the first that says
/// something wins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SheetRule {
    /// File name, or glob over file names, as `2026-*.xlsx`; every file when left out.
    #[serde(default = "every")]
    pub file: String,
    /// Sheet name, or glob over sheet names; every sheet when left out.
    #[serde(default = "every")]
    pub sheet: String,
    /// Name of an Excel table, or a defined name, of the workbook: only this rectangle of the
    /// sheet is read.
    #[serde(default)]
    pub range: Option<String>,
    /// The table the sheet is; told from its headings when left out.
    #[serde(default)]
    pub table: Option<TableKind>,
    /// Row of the headings, 1 for the first and at most 1000; looked for when left out.
    #[serde(default, deserialize_with = "header_row")]
    #[schemars(range(min = 1, max = LOWEST_HEADER))]
    pub header_row: Option<u32>,
    /// Heading, or `@F` for the sheet's column F → the table's column, or `ignore`.
    #[serde(default)]
    pub columns: BTreeMap<String, ColumnUse>,
}

/// The lowest row that can be declared the header: what stands above it is held in memory.
const LOWEST_HEADER: u32 = 1000;

fn header_row<'de, D: Deserializer<'de>>(from: D) -> Result<Option<u32>, D::Error> {
    let row = Option::<u32>::deserialize(from)?;
    match row {
        Some(row) if !(1..=LOWEST_HEADER).contains(&row) => {
            let expected = format!("a row from 1 to {LOWEST_HEADER}");
            Err(D::Error::invalid_value(Unexpected::Unsigned(row.into()), &expected.as_str()))
        }
        row => Ok(row),
    }
}

fn every() -> String {
    "*".to_owned()
}

/// What a column of a sheet is used as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum ColumnUse {
    /// A column of the table.
    Col(Col),
    /// Nothing.
    Ignore,
}

const IGNORE: &str = "ignore";

impl ColumnUse {
    /// Its name in settings.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Col(col) => col.name(),
            Self::Ignore => IGNORE,
        }
    }

    fn names() -> impl Iterator<Item = &'static str> {
        Col::ALL.iter().map(|col| col.name()).chain([IGNORE])
    }
}

impl From<ColumnUse> for String {
    fn from(used: ColumnUse) -> Self {
        used.name().to_owned()
    }
}

impl TryFrom<String> for ColumnUse {
    type Error = String;

    /// The message has the form of serde's own, so that one reader of messages serves both.
    fn try_from(name: String) -> Result<Self, String> {
        if name == IGNORE {
            return Ok(Self::Ignore);
        }
        Col::parse(&name).map(Self::Col).ok_or_else(|| {
            let names: Vec<String> = Self::names().map(|known| format!("`{known}`")).collect();
            format!("unknown variant `{name}`, expected one of {}", names.join(", "))
        })
    }
}

impl JsonSchema for ColumnUse {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "ColumnUse".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let names: Vec<&str> = Self::names().collect();
        schemars::json_schema!({"type": "string", "enum": names})
    }
}
