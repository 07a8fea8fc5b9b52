//! What the workbook of rejected rows is made from.

use std::collections::BTreeMap;
use std::path::Path;

use crate::intake::SheetMapping;
use crate::records::address;
use crate::report::{InputCheck, ReadHeading};
use crate::run::read::Inputs;

/// What was found, for a workbook that will stand at `to`.
pub(super) fn found(inputs: &Inputs, to: &Path) -> InputCheck {
    let read = &inputs.read;
    InputCheck {
        account: read.account.clone(),
        headings: read.mapping.iter().flat_map(headings).collect(),
        keys: inputs.keys.clone(),
        issues: inputs.issues.clone(),
        rejects: read.rejects.clone(),
        inputs: read.inputs.clone(),
        links: links(inputs, to),
    }
}

fn headings(sheet: &SheetMapping) -> Vec<ReadHeading> {
    let heading = |cell: String, text: &str, col| ReadHeading {
        source: sheet.source.clone(),
        table: sheet.kind,
        cell,
        heading: text.to_owned(),
        col,
    };
    let read = sheet.columns.iter().map(|column| {
        let cell = sheet.header_row.map_or_else(String::new, |row| address(column.at, row));
        heading(cell, &column.header, Some(column.col))
    });
    let others = sheet.unmapped.iter().map(|text| heading(String::new(), text, None));
    read.chain(others).collect()
}

/// Where each file lies, seen from the workbook's folder where it is below it.
fn links(inputs: &Inputs, to: &Path) -> BTreeMap<String, String> {
    let folder = to.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let folder = folder.canonicalize().ok();
    let link = |path: &Path| {
        let whole = path.canonicalize().ok()?;
        let below = folder.as_ref().and_then(|folder| whole.strip_prefix(folder).ok());
        let name = path.file_name()?.to_string_lossy().into_owned();
        // In a link this would start the address inside the file.
        if whole.to_string_lossy().contains('#') {
            return None;
        }
        Some((name, below.unwrap_or(&whole).display().to_string()))
    };
    inputs.paths.iter().filter_map(|path| link(path)).collect()
}
