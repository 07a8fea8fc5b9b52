//! One problem, with its place: the same struct prints on the terminal, in the HTML, in the
//! rejects sheet and in JSON.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How much an issue weighs.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Worth knowing; nothing was lost.
    Note,
    /// A figure may be affected.
    Warning,
    /// A row, sheet or file was refused.
    Error,
}

macro_rules! codes {
    ($($(#[$doc:meta])+ $variant:ident $code:literal $severity:ident),+ $(,)?) => {
        /// What kind of problem. The code is stable: `gemba explain E203` has its page.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum IssueCode { $($(#[$doc])+ $variant),+ }

        impl IssueCode {
            /// Every code.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The stable code, as `E203`.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            /// How much it weighs.
            #[must_use]
            pub const fn severity(self) -> Severity {
                match self { $(Self::$variant => Severity::$severity),+ }
            }
        }
    };
}

codes! {
    /// The file is missing or cannot be opened. Args: `reason`.
    Unreadable "E101" Error,
    /// The file holds no bytes, or no sheet with a cell.
    EmptyFile "E102" Error,
    /// The bytes are of no format gemba reads. Args: `found`.
    UnknownFormat "E103" Error,
    /// The extension and the content disagree; the content was believed. Args: `extension`, `found`.
    FormatMismatch "W104" Warning,
    /// The lock file Excel keeps beside an open workbook; it was skipped.
    LockFile "N141" Note,
    /// The workbook is broken or protected. Args: `reason`.
    BrokenWorkbook "E105" Error,
    /// A limit was passed. Args: `limit`, `maximum`.
    OverLimit "E106" Error,
    /// A sheet has a header row and no data.
    HeaderOnly "W107" Warning,
    /// A sheet is no table gemba knows. Args: `nearest`, `missing`.
    UnknownTable "W108" Warning,
    /// A sheet is hidden. Args: `rows`.
    HiddenSheet "N109" Note,
    /// A sheet is hidden and was read as the settings ask. Args: `rows`.
    HiddenSheetRead "N136" Note,
    /// Bytes of a text file mean nothing in its encoding. Args: `encoding`, `line`.
    Encoding "E110" Error,
    /// A text file is in another encoding than UTF-8. Args: `encoding`.
    EncodingNamed "N111" Note,
    /// The same content was handed in before; this copy was left out. Args: `other`.
    SameFile "W112" Warning,
    /// A line has more fields than the header, or so few that a needed cell is missing. Args:
    /// `columns`, `expected`.
    RaggedRow "E113" Error,
    /// Lines have fewer fields than the header; what they lack is blank. Args: `rows`, `line`.
    ShortRows "W114" Warning,
    /// A quote opens and is never closed. Args: `line`.
    OpenQuote "E115" Error,
    /// A header is close to a known one and was not mapped. Args: `header`, `column`.
    HeaderSuggestion "N120" Note,
    /// Two headers mean the same column; the better one was used. Args: `column`, `other`.
    DuplicateHeader "W121" Warning,
    /// A needed column is missing. Args: `column`.
    MissingColumn "E122" Error,
    /// A column was computed from others. Args: `column`, `from`.
    DerivedColumn "N123" Note,
    /// The sheet is a pivot table or another finished report, not a list of records.
    PivotExport "W130" Warning,
    /// Two headings mean one column equally; the sheet was left out. Args: `col`, `column`, `cell`,
    /// `other`, `toml`.
    AmbiguousHeader "E125" Error,
    /// The headings are as much one table as another; the sheet was left out. Args: `nearest`,
    /// `toml`.
    AmbiguousTable "E126" Error,
    /// The settings map what the sheet does not have. Args: `header`, `column`.
    UnusedMapping "W127" Warning,
    /// A rule of the settings fits no sheet of any input. Args: `file`, `sheet`.
    UnusedRule "W140" Warning,
    /// The values of a column look like one the table lacks. Args: `header`, `column`, `toml`.
    ValueSuggestion "N128" Note,
    /// Numbers were multiplied by the unit of their heading. Args: `column`, `unit`, `factor`.
    HeadingUnit "N129" Note,
    /// The sheets of a table do not all have the same columns. Args: `table`, `differences`.
    SchemaDrift "W131" Warning,
    /// Every row of the sheet stands in another one; this copy was left out. Args: `other`, `rows`.
    CopiedSheet "W132" Warning,
    /// Rows of the sheet stand in another one too. Args: `other`, `rows`.
    SharedRows "W133" Warning,
    /// Hidden or filtered rows were read like the rest. Args: `rows`.
    HiddenRowsRead "N134" Note,
    /// Hidden or filtered rows were left out, as the settings ask. Args: `rows`.
    HiddenRowsSkipped "N135" Note,
    /// Columns with a meaning are hidden; they were read like the rest. Args: `columns`.
    HiddenColumns "N142" Note,
    /// A row holds the totals of others and was left out.
    TotalRow "N137" Note,
    /// The settings name a table or range the workbook does not have. Args: `range`.
    RangeNotFound "W138" Warning,
    /// Rows outside the named ranges or Excel tables of a sheet were left out. Args: `rows`.
    OutsideRange "N139" Note,
    /// The cell is no number. Args: `column`.
    BadNumber "E201" Error,
    /// The number is not finite or too large for its column. Args: `column`.
    NumberRange "E202" Error,
    /// The cell is no date. Args: `column`.
    BadDate "E203" Error,
    /// The calendar has no such day. Args: `column`.
    ImpossibleDate "E204" Error,
    /// The cell holds an Excel error. Args: `column`.
    ErrorCell "E205" Error,
    /// The formula has no stored value. Args: `column`.
    UncalculatedFormula "E206" Error,
    /// A needed cell is blank. Args: `column`.
    BlankRequired "E207" Error,
    /// The cell is neither yes nor no. Args: `column`.
    BadFlag "E208" Error,
    /// A count is negative or not whole. Args: `column`.
    BadCount "E209" Error,
    /// The order of day and month was decided from other rows. Args: `column`, `order`.
    DateOrder "N220" Note,
    /// Nothing decides the order of day and month; month first was assumed. Args: `column`.
    DateOrderUnknown "W221" Warning,
    /// The decimal mark was decided from other cells. Args: `column`, `mark`.
    DecimalMark "N222" Note,
    /// Nothing tells decimals from thousands; a mark was assumed. Args: `column`, `mark`.
    DecimalMarkUnknown "N223" Note,
    /// Times of a column are of different zones. Args: `column`.
    MixedOffsets "W224" Warning,
    /// Digits of an identifier may be lost. Args: `column`.
    RoundedId "W225" Warning,
    /// Rows are exact copies of others. Args: `rows`.
    DuplicateRows "W230" Warning,
    /// A key has no partner in its master table. Args: `column`, `rows`, `master`, `near`.
    OrphanKey "W301" Warning,
    /// An id that should be unique stands more than once. Args: `column`, `rows`.
    DuplicateKey "W302" Warning,
    /// A table holds a row a change; one row a case was made of it. Args: `table`, `events`,
    /// `cases`, `order`.
    CaseLog "N303" Note,
}

impl Serialize for IssueCode {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for IssueCode {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        let known = Self::ALL.iter().copied().find(|code| code.code() == text);
        known.ok_or_else(|| serde::de::Error::custom(format!("unknown code {text}")))
    }
}

impl JsonSchema for IssueCode {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "IssueCode".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({"type": "string", "pattern": "^[ENW][0-9]{3}$"})
    }
}

/// Where an issue was seen. Empty parts are not known or do not apply.
#[derive(
    Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
pub struct Place {
    /// File name without its folder.
    pub file: String,
    /// Sheet name.
    pub sheet: String,
    /// As `D17`; in a text file 17 is the line its row starts on.
    pub cell: String,
}

/// One problem seen in the input.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Issue {
    /// What kind.
    pub code: IssueCode,
    /// Where.
    pub place: Place,
    /// The value as it stood, shortened to 80 characters.
    pub value: String,
    /// What the code's sentences name; keys as listed at the code.
    pub args: BTreeMap<String, String>,
    /// Rows the issue stands for (1 for a single cell).
    pub rows: u64,
}

impl Issue {
    /// An issue at a place.
    #[must_use]
    pub fn new(code: IssueCode, place: Place) -> Self {
        Self { code, place, value: String::new(), args: BTreeMap::new(), rows: 1 }
    }

    /// With the value as it stood, shortened to 80 characters.
    #[must_use]
    pub fn value(mut self, value: &str) -> Self {
        self.value = value.chars().take(80).collect();
        self
    }

    /// With one argument of the code's sentences.
    #[must_use]
    pub fn arg(mut self, name: &str, value: impl Into<String>) -> Self {
        self.args.insert(name.to_owned(), value.into());
        self
    }

    /// How much it weighs.
    #[must_use]
    pub const fn severity(&self) -> Severity {
        self.code.severity()
    }
}
