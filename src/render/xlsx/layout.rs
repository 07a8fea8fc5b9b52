//! First pass: every sheet gets its name, every item its row, every column its width.

use std::collections::{BTreeMap, BTreeSet};

use super::criteria;
use super::draft::{Draft, Item, Kind, Line};
use super::formula::{self, Here, Unprintable};
use super::lists::CONSTANTS;
use super::names::{SheetNames, identifier, quoted};
use super::{chart, width};
use crate::report::edition::{Constant, Table};

/// Rows of data a sheet holds below its header.
pub(super) const MAX_ROWS: usize = 1_048_000;
/// Tables longer than this carry values only: a live formula a row would make the file crawl.
const LIVE_ROWS: usize = 20_000;
/// Characters a line of text runs over before it wraps.
const TEXT_WIDTH: f64 = 118.0;
const DEFAULT_WIDTH: f64 = 10.0;

/// An item with its place.
pub(super) struct Placed<'e> {
    /// Its first row.
    pub(super) row: u32,
    /// The item.
    pub(super) item: Item<'e>,
}

/// A sheet with everything in its place.
pub(super) struct Sheet<'e> {
    /// Its name, accepted by Excel and unique.
    pub(super) name: String,
    /// The name as formulas quote it.
    pub(super) quoted: String,
    /// What it is for.
    pub(super) kind: Kind,
    /// Its items, from the top down.
    pub(super) placed: Vec<Placed<'e>>,
    /// Column widths in characters.
    pub(super) widths: Vec<f64>,
    /// Columns a line of text runs over.
    pub(super) span: u16,
}

/// Where a table stands.
#[derive(Clone, Debug)]
pub(super) struct Place {
    /// Index of its sheet.
    pub(super) sheet: usize,
    /// Index of the item on the sheet.
    pub(super) item: usize,
    /// Row of its first record; the header stands above.
    pub(super) first: u32,
}

/// The workbook, laid out.
pub(super) struct Book<'e> {
    /// The sheets, in order.
    pub(super) sheets: Vec<Sheet<'e>>,
    places: BTreeMap<String, Place>,
    constants: BTreeMap<String, usize>,
    ambiguous: BTreeSet<(String, String, String)>,
}

impl<'e> Book<'e> {
    /// Lays out the drafts.
    pub(super) fn new(drafts: Vec<Draft<'e>>, constants: &[Constant]) -> Self {
        let mut names = SheetNames::default();
        let sheets: Vec<Sheet<'e>> =
            drafts.into_iter().map(|draft| place(draft, &mut names)).collect();
        let mut book = Self {
            places: places(&sheets),
            constants: constants.iter().enumerate().map(|(i, c)| (c.name.clone(), i)).collect(),
            ambiguous: BTreeSet::new(),
            sheets,
        };
        book.ambiguous = book.tables().flat_map(|(_, table)| criteria::ambiguous(table)).collect();
        book
    }

    /// Where the table with this id stands, and the table.
    pub(super) fn table(&self, id: &str) -> Option<(&Place, &Table)> {
        let place = self.places.get(id)?;
        match &self.sheets.get(place.sheet)?.placed.get(place.item)?.item {
            Item::Table { table, .. } => Some((place, table)),
            _ => None,
        }
    }

    /// Whether the workbook names this constant.
    pub(super) fn has_constant(&self, name: &str) -> bool {
        self.constants.contains_key(name)
    }

    /// Whether another text of the column differs from this one by case only.
    pub(super) fn is_ambiguous(&self, table: &str, column: &str, lower: String) -> bool {
        self.ambiguous.contains(&(table.to_owned(), column.to_owned(), lower))
    }

    /// The defined names and the cells they stand for.
    pub(super) fn constants(&self) -> Vec<(String, String)> {
        let cell = |(name, &row): (&String, &usize)| {
            let cell = formula::cell(self, CONSTANTS, "value", row).ok()?;
            Some((identifier(name), cell))
        };
        self.constants.iter().filter_map(cell).collect()
    }

    /// The references that lead nowhere.
    pub(super) fn dangling(&self) -> Vec<String> {
        let mut out = BTreeSet::new();
        for (place, table) in self.tables() {
            for (row, cells) in table.rows.iter().enumerate().take(live_rows(table)) {
                let here = Here { book: self, place: &place, table, row };
                for expr in cells.cells.iter().filter_map(|cell| cell.formula.as_ref()) {
                    if let Err(Unprintable::Dangling(name)) = formula::print(expr, &here) {
                        out.insert(format!("{}: {name}", table.id));
                    }
                }
            }
        }
        out.into_iter().collect()
    }

    fn tables(&self) -> impl Iterator<Item = (Place, &Table)> {
        self.sheets.iter().enumerate().flat_map(|(sheet, s)| {
            s.placed.iter().enumerate().filter_map(move |(item, placed)| match &placed.item {
                Item::Table { table, .. } => {
                    Some((Place { sheet, item, first: placed.row + 1 }, table.as_ref()))
                }
                _ => None,
            })
        })
    }
}

/// Rows of a table that carry formulas.
pub(super) fn live_rows(table: &Table) -> usize {
    if table.rows.len() > LIVE_ROWS { 0 } else { table.rows.len() }
}

/// Rows of a table a sheet can hold.
pub(super) fn held_rows(table: &Table) -> usize {
    table.rows.len().min(MAX_ROWS)
}

fn places(sheets: &[Sheet<'_>]) -> BTreeMap<String, Place> {
    let mut out = BTreeMap::new();
    for (sheet, s) in sheets.iter().enumerate() {
        for (item, placed) in s.placed.iter().enumerate() {
            if let Item::Table { table, .. } = &placed.item {
                let place = Place { sheet, item, first: placed.row + 1 };
                out.entry(table.id.clone()).or_insert(place);
            }
        }
    }
    out
}

fn place<'e>(draft: Draft<'e>, names: &mut SheetNames) -> Sheet<'e> {
    let (widths, span) = widths(&draft);
    let mut row = 0;
    let mut placed = Vec::with_capacity(draft.items.len());
    for item in draft.items {
        let rows = rows_of(&item);
        placed.push(Placed { row, item });
        row += rows;
    }
    let name = names.give(&draft.wish);
    Sheet { quoted: quoted(&name), name, kind: draft.kind, placed, widths, span }
}

fn rows_of(item: &Item<'_>) -> u32 {
    match item {
        Item::Table { table, .. } => u32::try_from(held_rows(table)).unwrap_or(0) + 1,
        Item::Chart(_) => chart::ROWS,
        Item::Text(..) | Item::Back(_) | Item::Gap => 1,
    }
}

/// Column widths, and the columns a line of text runs over.
fn widths(draft: &Draft<'_>) -> (Vec<f64>, u16) {
    let mut widths: Vec<f64> = Vec::new();
    for item in &draft.items {
        let Item::Table { table, .. } = item else { continue };
        for (i, own) in width::columns(table).into_iter().enumerate() {
            match widths.get_mut(i) {
                Some(width) => *width = width.max(own),
                None => widths.push(own),
            }
        }
    }
    let has_text = |i: &Item<'_>| matches!(i, Item::Text(line, _) if *line != Line::Title);
    if draft.items.iter().any(has_text) {
        while widths.iter().sum::<f64>() < TEXT_WIDTH {
            widths.push(DEFAULT_WIDTH);
        }
    }
    let span = span(&widths);
    (widths, span)
}

fn span(widths: &[f64]) -> u16 {
    let mut total = 0.0;
    let mut span = 0;
    for width in widths {
        if total >= TEXT_WIDTH {
            break;
        }
        total += width;
        span += 1;
    }
    span
}
