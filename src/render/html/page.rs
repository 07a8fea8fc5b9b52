//! The page as its template sees it.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use minijinja::{Error, ErrorKind, Value};
use serde::Serialize;

use super::blocks::{BlockView, Blocks, anchor};
use super::policy::policy;
use super::table::TableView;
use crate::report::edition::{
    Cell, Column, Constant, Edition, Finding, Issue, MethodNote, Row, Section, Table,
};
use crate::report::{Format, Grade, Layout, Value as Quantity};

/// Style, in the order the cascade wants.
const STYLE: &str = concat!(
    include_str!("../../../reports/assets/colours.css"),
    include_str!("../../../reports/assets/page.css"),
    include_str!("../../../reports/assets/blocks.css"),
    include_str!("../../../reports/assets/print.css"),
);
/// The one script.
pub(super) const SCRIPT: &str = include_str!("../../../reports/assets/page.js");

/// The policy that lets it run.
static POLICY: LazyLock<String> = LazyLock::new(|| policy(SCRIPT));

/// Problems shown before the rest is folded away.
const TOP_ISSUES: usize = 10;

/// The page.
#[derive(Debug, Serialize)]
pub(super) struct Page<'a> {
    lang: &'a str,
    policy: Value,
    css: Value,
    script: Value,
    class: &'static str,
    /// Whether the page is its headline; what the report rests on is folded away.
    summary: bool,
    title: &'a str,
    subtitle: &'a str,
    period: &'a str,
    as_of: &'a str,
    headline: Vec<BlockView<'a>>,
    sections: Vec<SectionView<'a>>,
    skipped: &'a [String],
    account_line: &'a str,
    account: TableView,
    issues: Option<TableView>,
    methods: Vec<MethodView<'a>>,
    constants: Option<TableView>,
    inputs: TableView,
    reading: TableView,
    provenance: &'a str,
    ui: &'a BTreeMap<String, String>,
}

/// A section.
#[derive(Debug, Serialize)]
struct SectionView<'a> {
    id: &'a str,
    title: &'a str,
    /// Findings to act on, counted in the list of contents; absent where there is none.
    acts: Option<usize>,
    act_label: &'a str,
    blocks: Vec<BlockView<'a>>,
}

/// A method: what it is, term by term.
#[derive(Debug, Serialize)]
struct MethodView<'a> {
    page: String,
    name: &'a str,
    entries: Vec<Entry<'a>>,
}

/// One term of a method, and the key of its word.
#[derive(Debug, Serialize)]
struct Entry<'a> {
    term: &'static str,
    text: &'a str,
}

impl<'a> Page<'a> {
    /// The view of an edition.
    ///
    /// # Errors
    /// The key of a missing word.
    pub(super) fn new(edition: &'a Edition) -> Result<Self, Error> {
        let blocks = Blocks::new(edition.methods.iter().map(|method| method.id.as_str()));
        let words = Words(&edition.ui);
        let shown = match edition.layout {
            Layout::Full => edition.sections.as_slice(),
            Layout::Summary => &[],
        };
        Ok(Self {
            lang: &edition.html_lang,
            policy: Value::from_safe_string(POLICY.clone()),
            css: Value::from_safe_string(STYLE.to_owned()),
            script: Value::from_safe_string(SCRIPT.to_owned()),
            class: match edition.layout {
                Layout::Full => "full",
                Layout::Summary => "summary",
            },
            summary: edition.layout == Layout::Summary,
            title: &edition.title,
            subtitle: &edition.subtitle,
            period: &edition.period,
            as_of: &edition.as_of,
            headline: blocks.list(&edition.headline),
            sections: shown.iter().map(|s| section(&blocks, s)).collect(),
            skipped: &edition.skipped,
            account_line: &edition.account_line,
            account: TableView::fixed(&edition.account),
            issues: words.issues(&edition.issues)?,
            methods: edition.methods.iter().map(method).collect(),
            constants: words.constants(&edition.constants)?,
            inputs: TableView::fixed(&edition.inputs),
            reading: TableView::fixed(&edition.reading),
            provenance: &edition.provenance,
            ui: &edition.ui,
        })
    }
}

fn section<'a>(blocks: &Blocks<'a>, section: &'a Section) -> SectionView<'a> {
    let acts: Vec<&Finding> =
        section.findings.iter().filter(|finding| finding.grade == Grade::Act).collect();
    SectionView {
        id: &section.id,
        title: &section.title,
        acts: (!acts.is_empty()).then_some(acts.len()),
        act_label: acts.first().map_or("", |finding| &finding.grade_label),
        blocks: blocks.section(&section.findings, &section.blocks),
    }
}

fn method(note: &MethodNote) -> MethodView<'_> {
    MethodView {
        page: anchor(&note.id),
        name: &note.name,
        entries: note.parts().map(|(term, text)| Entry { term, text }).collect(),
    }
}

/// The words of the interface, for the tables the page makes itself.
struct Words<'a>(&'a BTreeMap<String, String>);

impl Words<'_> {
    fn get(&self, key: &str) -> Result<String, Error> {
        let missing = || Error::new(ErrorKind::UndefinedError, format!("no word for ui.{key}"));
        self.0.get(key).cloned().ok_or_else(missing)
    }

    fn columns(&self, columns: &[(&str, Format)]) -> Result<Vec<Column>, Error> {
        let column = |&(id, format): &(&str, Format)| {
            Ok(Column { id: id.to_owned(), header: self.get(id)?, format })
        };
        columns.iter().map(column).collect()
    }

    /// The problems seen in the input; absent where there is none.
    fn issues(&self, issues: &[Issue]) -> Result<Option<TableView>, Error> {
        if issues.is_empty() {
            return Ok(None);
        }
        let table = Table {
            id: "issues".to_owned(),
            title: self.get("problems")?,
            columns: self.columns(&[
                ("code", Format::Text),
                ("where", Format::Text),
                ("as_given", Format::Text),
                ("problem", Format::Text),
                ("expected", Format::Text),
                ("hint", Format::Text),
                ("rows", Format::Count),
            ])?,
            rows: issues.iter().map(issue).collect(),
            note: None,
            top: Some(TOP_ISSUES),
        };
        Ok(Some(TableView::new(&table)))
    }

    /// The numbers the formulas name; absent where there is none.
    fn constants(&self, constants: &[Constant]) -> Result<Option<TableView>, Error> {
        if constants.is_empty() {
            return Ok(None);
        }
        let line = |constant: &Constant| {
            let value = Cell { text: constant.value.to_string(), ..Cell::default() };
            row([text(&constant.meaning), text(&constant.name), value])
        };
        let table = Table {
            id: "constants".to_owned(),
            title: self.get("constants")?,
            columns: self.columns(&[
                ("meaning", Format::Text),
                ("name", Format::Text),
                ("value", Format::Number(0)),
            ])?,
            rows: constants.iter().map(line).collect(),
            ..Table::default()
        };
        Ok(Some(TableView::fixed(&table)))
    }
}

fn issue(issue: &Issue) -> Row {
    let place = [&issue.file, &issue.sheet, &issue.cell];
    let place: Vec<&str> =
        place.into_iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
    let cells = [place.join(" › "), issue.also.clone()];
    let cells: Vec<&str> = cells.iter().map(String::as_str).filter(|s| !s.is_empty()).collect();
    row([
        text(&format!("{} {}", issue.code, issue.severity)),
        text(&cells.join(", ")),
        text(&issue.value),
        text(&issue.problem),
        text(&issue.expected),
        text(&issue.hint),
        Cell {
            text: issue.rows.to_string(),
            value: Some(Quantity::count(issue.rows)),
            formula: None,
        },
    ])
}

fn row(cells: impl IntoIterator<Item = Cell>) -> Row {
    Row { cells: cells.into_iter().collect(), emphasis: None }
}

fn text(text: &str) -> Cell {
    Cell { text: text.to_owned(), ..Cell::default() }
}
