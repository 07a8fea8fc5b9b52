//! How every sheet is read, as `[[map]]`.

use super::super::read::Inputs;
use super::{Page, quoted};
use crate::i18n;
use crate::intake::{How, MappedHeader, SheetMapping};
use crate::records::{Issue, Source, column_letters, fold};
use crate::report::Message;

/// One `[[map]]` for every sheet that is a table, and a comment for every other.
pub(super) fn maps(page: &mut Page<'_>, inputs: &Inputs) {
    page.line("");
    page.note("run.init.maps");
    for mapping in &inputs.read.mapping {
        page.line("");
        title(page, mapping);
        remarks(page, inputs, &mapping.source);
        let alone = |other: &&SheetMapping| other.source == mapping.source;
        let tables = inputs.read.mapping.iter().filter(alone).count();
        if mapping.kind.is_some() && tables == 1 {
            rule(page, mapping);
        } else if mapping.kind.is_some() {
            page.note("run.init.several");
            columns(page, mapping, "# ");
        } else {
            page.comment("[[map]]");
            source(page, &mapping.source, "# ");
            page.comment("table = \"orders\"");
        }
    }
}

fn title(page: &mut Page<'_>, mapping: &SheetMapping) {
    let table = mapping.kind.map_or_else(
        || page.words.word("account.no_table"),
        |kind| page.words.word(&format!("table.{}", kind.name())),
    );
    let place = [mapping.source.file.as_str(), mapping.source.sheet.as_str()];
    let place: Vec<&str> = place.into_iter().filter(|part| !part.is_empty()).collect();
    let message = match mapping.header_row {
        Some(row) => Message::new("run.check.sheet_row").arg("row", u64::from(row)),
        None => Message::new("run.check.sheet"),
    };
    page.say(&message.arg("place", place.join(" / ")).arg("table", table));
}

/// What was seen of the way the sheet is written, and of its headings.
fn remarks(page: &mut Page<'_>, inputs: &Inputs, source: &Source) {
    const OF_THE_SHEET: [&str; 11] =
        ["N111", "W108", "E122", "E125", "E126", "N123", "N129", "N220", "W221", "N222", "N223"];
    let here = |issue: &&Issue| {
        let sheet = issue.place.sheet == source.sheet || issue.place.sheet.is_empty();
        issue.place.file == source.file && sheet && OF_THE_SHEET.contains(&issue.code.code())
    };
    for issue in inputs.read.issues.iter().filter(here) {
        let issue = i18n::issue(issue, page.words);
        page.comment(&format!("{} {}", issue.code, issue.problem));
    }
}

fn rule(page: &mut Page<'_>, mapping: &SheetMapping) {
    page.line("[[map]]");
    source(page, &mapping.source, "");
    if let Some(kind) = mapping.kind {
        page.line(&format!("table = {}", quoted(kind.name())));
    }
    page.line("[map.columns]");
    columns(page, mapping, "");
}

fn source(page: &mut Page<'_>, source: &Source, prefix: &str) {
    page.line(&format!("{prefix}file = {}", quoted(&source.file)));
    if !source.sheet.is_empty() {
        page.line(&format!("{prefix}sheet = {}", quoted(&source.sheet)));
    }
}

/// A line for every heading: what it is and how that was told; what is not read, as comment.
fn columns(page: &mut Page<'_>, mapping: &SheetMapping, prefix: &str) {
    let mut last = None;
    for column in &mapping.columns {
        // A heading that stands for two columns is named once; the second follows from it.
        if last.replace(column.at) == Some(column.at) {
            continue;
        }
        let how = page.words.word(how_key(column.how));
        let line = format!("{} = {}", key(mapping, column), quoted(column.col.name()));
        page.line(&format!("{prefix}{line}  # {how}"));
    }
    for header in &mapping.unmapped {
        let near = mapping.suggestions.iter().find(|s| s.header == *header);
        let used = near.map_or("ignore", |near| near.col.name());
        let why = if near.is_some() { "run.init.near" } else { "run.init.unread" };
        let why = page.words.word(why);
        page.comment(&format!("{} = {}  # {why}", quoted(header), quoted(used)));
    }
}

const fn how_key(how: How) -> &'static str {
    match how {
        How::Declared => "run.check.declared",
        How::Exact => "run.check.exact",
        How::Folded => "run.check.folded",
        How::Synonym => "run.check.synonym",
    }
}

/// The heading, or its column where another heading reads the same.
fn key(mapping: &SheetMapping, column: &MappedHeader) -> String {
    let own = fold(&column.header);
    let others = mapping.columns.iter().filter(|c| c.at != column.at).map(|c| &c.header);
    let mut others = others.chain(&mapping.unmapped);
    if column.header.starts_with('@') || others.any(|other| fold(other) == own) {
        return quoted(&format!("@{}", column_letters(column.at)));
    }
    quoted(&column.header)
}
