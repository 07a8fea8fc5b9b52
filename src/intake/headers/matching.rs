//! A row of headings read as the header of one table.

use serde::{Deserialize, Serialize};

use super::quantity;
use super::unit::{HeadingUnit, split};
use super::vocabulary::{Meaning, Sense, meanings, of_table};
use crate::records::{Col, TableKind, fold, spec};
use crate::settings::ColumnUse;

/// How a heading was matched to a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// The settings say so.
    Declared,
    /// It is the column's name.
    Exact,
    /// It is the column's name but for case, blanks and punctuation.
    Folded,
    /// It is a known synonym.
    Synonym,
}

/// A heading that was matched.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MappedHeader {
    /// Heading as in the file.
    pub header: String,
    /// Its column.
    pub col: Col,
    /// How it was matched.
    pub how: How,
    /// Column of the sheet, 0 for the first.
    pub at: u32,
    /// Unit the heading names, as `min` or `萬元`; empty where it names none.
    pub unit: String,
    /// How loose a synonym it is: 0 for the column's own name.
    #[serde(skip)]
    pub(super) rank: u32,
}

/// One cell of a row that may be the header.
#[derive(Clone, Debug)]
pub(in crate::intake) struct Heading {
    /// Column of the sheet, 0 for the first.
    pub(in crate::intake) at: u32,
    /// Text as in the file.
    pub(in crate::intake) text: String,
    pub(super) folded: String,
    /// What it may mean as it stands.
    pub(super) known: &'static [Meaning],
    /// The unit it names, and the heading without it, folded.
    pub(super) unit: Option<(String, HeadingUnit)>,
    /// What the settings say it is.
    pub(in crate::intake) declared: Option<ColumnUse>,
}

impl Heading {
    /// A heading the settings do not speak of.
    pub(in crate::intake) fn new(at: u32, text: &str) -> Self {
        let unit = split(text).map(|(name, unit)| (fold(name), unit));
        let folded = fold(text);
        let known = meanings(&folded);
        Self { at, text: text.to_owned(), folded, known, unit, declared: None }
    }

    /// Whether the table knows it as it stands.
    pub(super) fn is_known(&self, kind: TableKind) -> bool {
        !of_table(kind, self.known).is_empty()
    }
}

/// A row read as the header of a table.
#[derive(Clone, Debug)]
pub(in crate::intake) struct Match {
    /// The table.
    pub(in crate::intake) kind: TableKind,
    /// Headings matched, in the order of the sheet.
    pub(in crate::intake) columns: Vec<MappedHeader>,
    /// Columns meant twice: the heading used, the one left out and where that stands.
    pub(in crate::intake) twice: Vec<(MappedHeader, Heading)>,
    /// Columns meant twice by headings none of which is better.
    pub(in crate::intake) ambiguous: Vec<(MappedHeader, Heading)>,
    /// Headings that mean nothing to the table.
    pub(in crate::intake) unmapped: Vec<Heading>,
    /// What the table needs and the row lacks.
    pub(in crate::intake) missing: Vec<Col>,
}

/// Reads a row as the header of one table.
///
/// Every heading gets the best column that no better heading has taken.
pub(in crate::intake) fn match_row(kind: TableKind, row: &[Heading]) -> Match {
    let mut columns = assigned(kind, row);
    let taken = |heading: &Heading| columns.iter().any(|c| c.at == heading.at);
    let left = |heading: &&Heading| !taken(heading) && heading.declared != Some(ColumnUse::Ignore);
    let (mut twice, mut ambiguous, mut unmapped) = (Vec::new(), Vec::new(), Vec::new());
    for heading in row.iter().filter(left) {
        let best = senses(kind, heading).next().filter(|_| heading.declared.is_none());
        let rival = best.and_then(|best| Some((columns.iter().find(|c| c.col == best.col)?, best)));
        match rival {
            Some((used, best)) if is_rival(used, heading) => {
                let equal = used.rank == best.rank;
                let list = if equal { &mut ambiguous } else { &mut twice };
                list.push((used.clone(), heading.clone()));
            }
            _ => unmapped.push(heading.clone()),
        }
    }
    for col in missing(kind, &columns) {
        columns.extend(choices(kind, &col).iter().find_map(|&col| second_sense(kind, col, row)));
    }
    columns.sort_by_key(|c| (c.at, c.rank));
    let missing = missing(kind, &columns);
    Match { kind, columns, twice, ambiguous, unmapped, missing }
}

/// Whether a heading left over could as well stand for the column. Beside a column that was
/// declared, or stands under its own name, what could also mean it is just another column.
fn is_rival(used: &MappedHeader, heading: &Heading) -> bool {
    match used.how {
        How::Declared => false,
        How::Synonym => true,
        How::Exact | How::Folded => heading.folded == fold(&used.header),
    }
}

/// What a heading may mean: as it stands, else without its unit.
fn senses(kind: TableKind, heading: &Heading) -> impl Iterator<Item = Sense> {
    let bare = || heading.unit.as_ref().map(|(name, _)| meanings(name));
    // A measured quantity has units of its own: `Diameter (mm)`.
    let quantity = || {
        let text = Some(&heading.text).filter(|_| kind == TableKind::Measurements)?;
        Some(meanings(&fold(quantity::split(text).0)))
    };
    let own = |all| Some(of_table(kind, all)).filter(|own| !own.is_empty());
    let found = own(heading.known);
    let found = found.or_else(|| own(bare()?)).or_else(|| own(quantity()?));
    found.unwrap_or_default().iter().map(|(_, sense)| *sense)
}

/// Headings and columns paired, the best pairs first.
fn assigned(kind: TableKind, row: &[Heading]) -> Vec<MappedHeader> {
    let mut columns: Vec<MappedHeader> = Vec::new();
    for heading in row {
        let Some(ColumnUse::Col(col)) = heading.declared else { continue };
        let free = columns.iter().all(|c| c.col != col);
        if free && spec(kind).column(col).is_some() {
            columns.push(MappedHeader {
                how: How::Declared,
                ..mapped(heading, Sense { rank: 0, col })
            });
        }
    }
    let open = row.iter().filter(|heading| heading.declared.is_none());
    let pair = |heading| senses(kind, heading).map(move |sense| (heading, sense));
    let mut pairs: Vec<(&Heading, Sense)> = open.flat_map(pair).collect();
    pairs.sort_by_key(|(heading, sense)| (sense.rank, heading.at));
    for (heading, sense) in pairs {
        if columns.iter().all(|c| c.col != sense.col && c.at != heading.at) {
            columns.push(mapped(heading, sense));
        }
    }
    columns
}

/// A heading that can stand for a needed column besides what it was read as: where an order names
/// its customer only by name, the name is the key.
fn second_sense(kind: TableKind, col: Col, row: &[Heading]) -> Option<MappedHeader> {
    let pair = |heading| senses(kind, heading).map(move |sense| (heading, sense));
    let senses = row.iter().flat_map(pair);
    let best = senses.filter(|(_, sense)| sense.col == col).min_by_key(|(_, sense)| sense.rank);
    best.map(|(heading, sense)| mapped(heading, sense))
}

fn mapped(heading: &Heading, sense: Sense) -> MappedHeader {
    let how = match sense.rank {
        0 if heading.text.trim() == sense.col.name() => How::Exact,
        0 => How::Folded,
        _ => How::Synonym,
    };
    let header = heading.text.clone();
    let unit = heading.unit.as_ref().map_or_else(String::new, |(_, unit)| unit.text.clone());
    MappedHeader { header, col: sense.col, how, at: heading.at, unit, rank: sense.rank }
}

fn missing(kind: TableKind, columns: &[MappedHeader]) -> Vec<Col> {
    let has = |col: Col| columns.iter().any(|c| c.col == col);
    let table = spec(kind);
    let required = table.columns.iter().filter(|c| c.required).map(|c| c.col);
    let mut out: Vec<Col> =
        required.filter(|&col| !has(col) && !derivable(kind, col, has)).collect();
    if !table.any_of.is_empty() && !table.any_of.iter().any(|&col| has(col)) {
        out.extend(table.any_of.first());
    }
    out
}

/// The columns that will do for a missing one.
fn choices(kind: TableKind, col: &Col) -> &[Col] {
    let any_of = spec(kind).any_of;
    if any_of.contains(col) { any_of } else { std::slice::from_ref(col) }
}

/// An order's amount follows from quantity and unit price.
fn derivable(kind: TableKind, col: Col, has: impl Fn(Col) -> bool) -> bool {
    kind == TableKind::Orders && col == Col::Amount && has(Col::Qty) && has(Col::Price)
}
