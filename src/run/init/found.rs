//! What the inputs suggest for the settings: as comments, for whoever reads the file to decide.

use std::collections::BTreeMap;

use super::super::read::Inputs;
use super::{Page, quoted};
use crate::dataset;
use crate::intake;
use crate::records::{Col, TableKind};
use crate::report::Message;

/// Characteristics, or metrics with targets, that are named; the rest are counted.
const NAMED: usize = 20;

/// The keys at the top of the file.
pub(super) fn settings(page: &mut Page<'_>, inputs: &Inputs) {
    page.line("");
    page.comment("languages = [\"en\", \"zh-Hant\", \"zh-Hans\"]");
    if let Some(days) = dataset::span(&inputs.read.tables) {
        page.say(
            &Message::new("run.init.days")
                .arg("from", days.from.to_string())
                .arg("to", days.to.to_string()),
        );
        let month = |day: String| day.get(..7).unwrap_or_default().to_owned();
        let (from, to) = (month(days.from.to_string()), month(days.to.to_string()));
        page.comment(&format!("period = {}", quoted(&format!("{from}..{to}"))));
    }
    currency(page, inputs);
    page.comment("sigma_shift = 1.5");
    page.comment("max_reject_share = 0.2");
}

/// The currency most headings name.
fn currency(page: &mut Page<'_>, inputs: &Inputs) {
    let mut named: BTreeMap<&str, (usize, &str)> = BTreeMap::new();
    for column in inputs.read.mapping.iter().flat_map(|sheet| &sheet.columns) {
        if let Some(code) = intake::currency_of(&column.header) {
            named.entry(code).or_insert((0, &column.header)).0 += 1;
        }
    }
    let best = named.iter().max_by_key(|(code, (times, _))| (*times, std::cmp::Reverse(**code)));
    let Some((code, (_, header))) = best else {
        page.note("run.init.no_currency");
        return page.comment("currency = \"TWD\"");
    };
    page.say(&Message::new("run.init.currency").arg("header", *header));
    page.comment(&format!("currency = {}", quoted(code)));
}

/// The keys of `[read]`.
pub(super) fn read_settings(page: &mut Page<'_>) {
    page.line("");
    page.note("run.init.read");
    page.comment("[read]");
    page.comment("hidden_sheets = \"skip\"");
    page.comment("hidden_rows = \"include\"");
    page.comment("encoding = \"big5\"");
    page.comment("decimal = \"comma\"");
    page.comment("date_order = \"dmy\"");
}

/// What is measured, and its limits: candidates for the characteristics critical to quality.
pub(super) fn characteristics(page: &mut Page<'_>, inputs: &Inputs) {
    let Some(table) = inputs.read.tables.get(&TableKind::Measurements) else { return };
    let mut found: BTreeMap<&str, (u64, Option<f64>, Option<f64>)> = BTreeMap::new();
    for row in 0..table.len() {
        let name = table.text(Col::Characteristic, row).unwrap_or("–");
        let known = found.entry(name).or_default();
        known.0 += 1;
        known.1 = known.1.or_else(|| table.number(Col::Lsl, row));
        known.2 = known.2.or_else(|| table.number(Col::Usl, row));
    }
    page.line("");
    page.note("run.init.characteristics");
    let limit = |x: Option<f64>| x.map_or_else(|| "–".to_owned(), |x| x.to_string());
    for (name, (rows, low, high)) in found.iter().take(NAMED) {
        let message = Message::new("run.init.characteristic")
            .arg("name", *name)
            .arg("rows", *rows)
            .arg("low", limit(*low))
            .arg("high", limit(*high));
        page.say(&message);
    }
    rest(page, found.len());
}

/// The metrics with targets.
pub(super) fn targets(page: &mut Page<'_>, inputs: &Inputs) {
    let Some(table) = inputs.read.tables.get(&TableKind::Targets) else { return };
    let mut found: BTreeMap<&str, u64> = BTreeMap::new();
    for row in 0..table.len() {
        *found.entry(table.text(Col::Metric, row).unwrap_or("–")).or_default() += 1;
    }
    page.line("");
    page.note("run.init.targets");
    for (name, rows) in found.iter().take(NAMED) {
        page.say(&Message::new("run.init.target").arg("name", *name).arg("rows", *rows));
    }
    rest(page, found.len());
}

fn rest(page: &mut Page<'_>, all: usize) {
    if all > NAMED {
        let more = u64::try_from(all - NAMED).unwrap_or(u64::MAX);
        page.say(&Message::new("run.init.more").arg("more", more));
    }
}
