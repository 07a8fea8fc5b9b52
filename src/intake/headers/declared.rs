//! What the settings declare of a sheet, and the lines that declare it.

use super::matching::Heading;
use crate::records::{Col, Issue, IssueCode, Place, Source, TableKind, column_letters, fold};
use crate::settings::{ColumnUse, SheetRule};

/// What the settings say of one sheet.
#[derive(Clone, Debug, Default)]
pub(in crate::intake) struct Declared {
    /// The table it is.
    pub(in crate::intake) table: Option<TableKind>,
    /// Row of its headings, 1 for the first.
    pub(in crate::intake) header_row: Option<u32>,
    columns: Vec<(String, ColumnUse)>,
}

impl Declared {
    /// What the rules that fit a sheet, or a named range of it, say; the first that says something
    /// wins.
    pub(in crate::intake) fn of(source: &Source, rules: &[SheetRule], range: Option<&str>) -> Self {
        let mut out = Self::default();
        let of_range = |rule: &&SheetRule| rule.range.is_none() || rule.range.as_deref() == range;
        for rule in rules.iter().filter(of_range).filter(|rule| fits_sheet(rule, source)) {
            out.table = out.table.or(rule.table);
            out.header_row = out.header_row.or(rule.header_row);
            for (heading, &used) in &rule.columns {
                if out.columns.iter().all(|(known, _)| known != heading) {
                    out.columns.push((heading.clone(), used));
                }
            }
        }
        out
    }

    /// What a heading was declared to be: named by its column before its text, by its exact text
    /// before its folded.
    pub(in crate::intake) fn used(&self, heading: &Heading) -> Option<ColumnUse> {
        let at = format!("@{}", column_letters(heading.at));
        let find = |test: &dyn Fn(&str) -> bool| {
            self.columns.iter().find(|(name, _)| test(name)).map(|(_, used)| *used)
        };
        find(&|name| name == at)
            .or_else(|| find(&|name| name == heading.text))
            .or_else(|| find(&|name| !name.starts_with('@') && fold(name) == heading.folded))
    }

    /// Declared headings that no heading of the sheet is.
    pub(in crate::intake) fn unmet<'a>(&'a self, row: &[Heading]) -> Vec<&'a str> {
        let met = |name: &str| {
            row.iter().any(|heading| {
                name == heading.text
                    || name == format!("@{}", column_letters(heading.at))
                    || fold(name) == heading.folded
            })
        };
        let names = self.columns.iter().map(|(name, _)| name.as_str());
        names.filter(|name| !met(name)).collect()
    }
}

/// Whether a rule speaks of a sheet.
pub(in crate::intake) fn fits_sheet(rule: &SheetRule, source: &Source) -> bool {
    fits(&rule.file, &source.file) && fits(&rule.sheet, &source.sheet)
}

/// Whether a pattern fits a name. A name is itself before it is a glob.
fn fits(pattern: &str, name: &str) -> bool {
    pattern == name || glob::Pattern::new(pattern).is_ok_and(|glob| glob.matches(name))
}

/// The rules that fit no sheet. Where a rule fits a file none of whose sheets was read, nobody
/// knows, and nothing is said.
pub(in crate::intake) fn unused_rules(
    rules: &[SheetRule],
    files: &[String],
    sheets: &[Source],
) -> Vec<Issue> {
    let unread = |file: &&String| sheets.iter().all(|sheet| sheet.file != **file);
    let unread: Vec<&String> = files.iter().filter(unread).collect();
    let used = |rule: &SheetRule| {
        sheets.iter().any(|sheet| fits_sheet(rule, sheet))
            || unread.iter().any(|file| fits(&rule.file, file))
    };
    let issue = |rule: &SheetRule| {
        let (file, sheet) = (rule.file.clone(), rule.sheet.clone());
        let place = Place { file: file.clone(), sheet: sheet.clone(), cell: String::new() };
        Issue::new(IssueCode::UnusedRule, place).arg("file", file).arg("sheet", sheet)
    };
    let nothing = files.is_empty();
    rules.iter().filter(|rule| !nothing && !used(rule)).map(issue).collect()
}

/// The lines of `gemba.toml` that declare something of a sheet.
fn lines(source: &Source, what: &str) -> String {
    let file = format!("[[map]]\nfile = {}\n", quoted(&source.file));
    if source.sheet.is_empty() {
        return file + what;
    }
    format!("{file}sheet = {}\n{what}", quoted(&source.sheet))
}

/// The lines that declare a column of a sheet.
pub(in crate::intake) fn column_lines(source: &Source, at: u32, col: Col) -> String {
    let used = format!("columns = {{ \"@{}\" = \"{}\" }}", column_letters(at), col.name());
    lines(source, &used)
}

/// The lines that declare the table of a sheet.
pub(in crate::intake) fn table_lines(source: &Source, kind: TableKind) -> String {
    lines(source, &format!("table = \"{}\"", kind.name()))
}

/// A text as TOML writes it.
fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}
