//! Rectangles of a workbook that have a name: Excel tables and defined names. They say where a
//! table stands, whatever is written around it.

use std::io::{Read, Seek};

use super::area::Area;
use super::headers::{Declared, HeadRow, Heading, fits_sheet, heads};
use super::markup::{Parts, attribute, links, plain, sheet_parts, tags};
use super::sheet::Scope;
use crate::records::{Issue, IssueCode, Place, Source};
use crate::settings::SheetRule;

/// A named rectangle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NamedRange {
    name: String,
    sheet: String,
    /// Without the row of totals an Excel table declares.
    area: Area,
    /// The headings of an Excel table; none of a defined name.
    headings: Vec<String>,
    totals: bool,
}

impl NamedRange {
    /// A defined name; `None` where it is no rectangle of one sheet.
    pub(super) fn defined(name: &str, formula: &str) -> Option<Self> {
        let (sheet, cells) = sheet_of(formula.trim_start_matches('='))?;
        let area = area_of(cells)?;
        let name = name.to_owned();
        Some(Self { name, sheet, area, headings: Vec::new(), totals: false })
    }

    /// Names of Excel are the same in capitals.
    fn is(&self, name: &str) -> bool {
        self.name.to_lowercase() == name.trim().to_lowercase()
    }

    /// Whether it is an Excel table whose headings surely are those of a known one.
    fn heads_table(&self, declared: &Declared) -> bool {
        if declared.header_row.is_some_and(|row| row != self.area.top) {
            return false;
        }
        let heading = |(at, text): (u32, &String)| {
            let mut heading = Heading::new(at, text);
            heading.declared = declared.used(&heading);
            heading
        };
        let headings: Vec<Heading> = (self.area.left..).zip(&self.headings).map(heading).collect();
        let columns = headings.iter().map(|heading| heading.at).collect();
        heads(&HeadRow { headings, columns }, declared.table).is_some()
    }
}

/// The Excel tables of an `xlsx` workbook; `sheets` are the names and parts of its sheets.
pub(super) fn tables(
    parts: &mut Parts<impl Read + Seek>,
    sheets: &[(&str, &str)],
) -> Vec<NamedRange> {
    let mut out = Vec::new();
    if !parts.any("/tables/") {
        return out;
    }
    for (sheet, part) in sheets {
        for link in links(parts, part).iter().filter(|link| link.kind == "table") {
            out.extend(parts.take(&link.part).and_then(|text| table_of(&text, sheet)));
        }
    }
    out
}

/// The Excel tables of an `xlsx` workbook in memory; `sheets` are the names of its sheets in order.
pub(super) fn tables_of(bytes: &[u8], sheets: &[&str]) -> Vec<NamedRange> {
    let Some(mut parts) = Parts::open(bytes) else { return Vec::new() };
    let places = sheet_parts(&mut parts);
    let sheets: Vec<(&str, &str)> =
        sheets.iter().zip(&places).map(|(sheet, part)| (*sheet, part.as_str())).collect();
    tables(&mut parts, &sheets)
}

fn table_of(text: &[u8], sheet: &str) -> Option<NamedRange> {
    let tag = tags(text, b"table").next()?;
    let count = |name: &[u8]| attribute(tag, name).and_then(|digits| digits.parse::<u32>().ok());
    let mut area = area_of(attribute(tag, b"ref")?)?;
    let totals = count(b"totalsRowCount").unwrap_or(0);
    area.bottom = area.bottom.saturating_sub(totals).max(area.top);
    let headed = count(b"headerRowCount") != Some(0);
    let columns = tags(text, b"tableColumn").filter(|_| headed);
    Some(NamedRange {
        name: plain(attribute(tag, b"displayName").or_else(|| attribute(tag, b"name"))?),
        sheet: sheet.to_owned(),
        area,
        headings: columns.filter_map(|tag| Some(plain(attribute(tag, b"name")?))).collect(),
        totals: totals > 0,
    })
}

/// The sheet of a reference, and the cells: `Cases!$A$1:$D$9`, `'My cases'!A1:D9`, or as an
/// `ods` writes it `$Cases.$A$1:.$D$9`.
fn sheet_of(reference: &str) -> Option<(String, &str)> {
    let reference = reference.strip_prefix('$').unwrap_or(reference);
    let Some(quoted) = reference.strip_prefix('\'') else {
        let (sheet, cells) = reference.split_once('!').or_else(|| reference.split_once('.'))?;
        return Some((sheet.to_owned(), cells));
    };
    let (mut at, bytes) = (0, quoted.as_bytes());
    while bytes.get(at)? != &b'\'' || bytes.get(at + 1) == Some(&b'\'') {
        at += if bytes.get(at) == Some(&b'\'') { 2 } else { 1 };
    }
    let (sheet, rest) = quoted.split_at_checked(at)?;
    Some((sheet.replace("''", "'"), rest.get(2..)?))
}

/// The rectangle between two cells, or of whole columns or rows.
fn area_of(cells: &str) -> Option<Area> {
    let (first, last) = cells.split_once(':').unwrap_or((cells, cells));
    let last = last.rsplit(['.', '!']).next()?;
    let ((left, top), (right, bottom)) = (cell_of(first)?, cell_of(last)?);
    let area = Area {
        top: top.unwrap_or(Area::WHOLE.top),
        bottom: bottom.unwrap_or(Area::WHOLE.bottom),
        left: left.unwrap_or(Area::WHOLE.left),
        right: right.unwrap_or(Area::WHOLE.right),
    };
    (area.top > 0 && area.top <= area.bottom && area.left <= area.right).then_some(area)
}

/// Column and row of a cell, each where it is said.
fn cell_of(cell: &str) -> Option<(Option<u32>, Option<u32>)> {
    let cell = cell.trim().replace('$', "").to_ascii_uppercase();
    let digits = cell.trim_start_matches(|c: char| c.is_ascii_uppercase());
    let letters = cell.strip_suffix(digits)?;
    let add = |all: u32, b: u8| all.checked_mul(26)?.checked_add(u32::from(b - b'A') + 1);
    let column = match letters.bytes().try_fold(0, add)? {
        0 => None,
        at => Some(at - 1),
    };
    let row = if digits.is_empty() { None } else { Some(digits.parse().ok()?) };
    (column.is_some() || row.is_some()).then_some((column, row))
}

/// Characters shown of a reference.
const SHOWN: usize = 24;

/// The first reference of a cell that no sheet can have, among the first bytes of the sheet at a
/// place in an `xlsx` workbook.
pub(super) fn impossible_cell(bytes: &[u8], sheet: usize) -> Option<String> {
    let mut parts = Parts::open(bytes)?;
    let part = sheet_parts(&mut parts).into_iter().nth(sheet)?;
    let text = parts.take(&part)?;
    let mut cells = tags(&text, b"c").filter_map(|tag| attribute(tag, b"r"));
    let cell = cells.find(|cell| !is_cell(cell))?;
    Some(cell.chars().take(SHOWN).collect())
}

/// Whether a reference stands between A1 and XFD1048576.
fn is_cell(reference: &str) -> bool {
    let Some((Some(column), Some(row))) = cell_of(reference) else { return false };
    column < 16_384 && (1..=1_048_576).contains(&row)
}

/// What of a sheet is read: the ranges the settings name, else the Excel tables that are known
/// ones, else all of it.
pub(super) fn scopes(ranges: &[NamedRange], source: &Source, rules: &[SheetRule]) -> Vec<Scope> {
    let own = || ranges.iter().filter(|range| range.sheet == source.sheet);
    let rules_here = rules.iter().filter(|rule| fits_sheet(rule, source));
    let asked = rules_here.filter_map(|rule| rule.range.as_ref());
    let mut found: Vec<(&NamedRange, Option<String>)> = Vec::new();
    for name in asked {
        let known = |range: &NamedRange| found.iter().any(|(known, _)| *known == range);
        if let Some(range) = own().find(|range| range.is(name)).filter(|range| !known(range)) {
            found.push((range, Some(name.clone())));
        }
    }
    if found.is_empty() {
        let declared = Declared::of(source, rules, None);
        found.extend(own().filter(|range| range.heads_table(&declared)).map(|range| (range, None)));
    }
    if found.is_empty() {
        return vec![Scope::WHOLE];
    }
    let all: Vec<Area> = found.iter().map(|(range, _)| range.area).collect();
    let scope = |(index, (range, name)): (usize, (&NamedRange, Option<String>))| Scope {
        area: range.area,
        grows: all.len() == 1 && !range.headings.is_empty() && !range.totals,
        range: name,
        all: (index == 0).then(|| all.clone()),
    };
    found.into_iter().enumerate().map(scope).collect()
}

/// The issues of the ranges the settings name for a file and none of its sheets has.
pub(super) fn unmet(ranges: &[NamedRange], file: &str, rules: &[SheetRule]) -> Vec<Issue> {
    let source = |sheet: &str| Source { file: file.to_owned(), sheet: sheet.to_owned() };
    let met = |rule: &SheetRule, name: &str| {
        ranges.iter().any(|range| range.is(name) && fits_sheet(rule, &source(&range.sheet)))
    };
    let issue = |rule: &SheetRule| {
        let name = rule.range.as_deref().filter(|name| !met(rule, name))?;
        let here = SheetRule { sheet: "*".to_owned(), ..rule.clone() };
        let place = Place { file: file.to_owned(), ..Place::default() };
        fits_sheet(&here, &source(""))
            .then(|| Issue::new(IssueCode::RangeNotFound, place).arg("range", name))
    };
    rules.iter().filter_map(issue).collect()
}

#[cfg(test)]
mod tests {
    use super::{Area, NamedRange, is_cell};

    #[test]
    fn references_are_read_as_every_program_writes_them() {
        let read = |formula: &str| {
            let range = NamedRange::defined("n", formula)?;
            Some(format!("{} {}", range.sheet, range.area))
        };
        for (formula, expected) in [
            ("Cases!$A$1:$D$9", "Cases A1:D9"),
            ("='My ''own'' cases'!B3:AA20", "My 'own' cases B3:AA20"),
            ("$Cases.$A$1:.$D$9", "Cases A1:D9"),
            ("$'a.b'.$A$1:$'a.b'.$D$9", "a.b A1:D9"),
            ("工單!$C$4", "工單 C4:C4"),
        ] {
            assert_eq!(read(formula).as_deref(), Some(expected), "{formula}");
        }
        let columns = NamedRange::defined("n", "Cases!$B:$D").map(|range| range.area);
        assert_eq!(columns, Some(Area { left: 1, right: 3, ..Area::WHOLE }));
        for none in ["5", "Cases!#REF!", "OFFSET(Cases!$A$1,0,0,5,5)", "'open", "A!D9:A1", ""] {
            assert_eq!(read(none), None, "{none}");
        }
    }

    #[test]
    fn cells_stand_between_the_first_and_the_last() {
        for cell in ["A1", "b7", "XFD1048576", "AAA1"] {
            assert!(is_cell(cell), "{cell}");
        }
        for cell in ["", "A", "7", "A0", "XFE1", "AAAA1", "A1048577", "A99999999999", "1A", "A-1"] {
            assert!(!is_cell(cell), "{cell}");
        }
    }
}
