//! What is worth saying of a table besides its rows.

use super::super::habits::Habits;
use super::super::headers::{suggestions, unit_of};
use super::super::slots::Slot;
use super::region::Region;
use crate::records::{CellKind, Col, Issue, IssueCode};
use crate::settings::DecimalMark;

impl Region<'_> {
    /// Says which headings were met twice, computed, or only nearly known.
    pub(super) fn report_headers(&mut self) {
        let header = self.header;
        let cell = |at: u32| header.map(|row| (at, row));
        for (used, other) in &self.found.twice {
            let issue = Issue::new(IssueCode::DuplicateHeader, self.log.place(cell(other.at)))
                .value(&other.text)
                .arg("column", &used.header)
                .arg("other", &other.text);
            self.log.add(issue);
        }
        for foreign in self.found.unmapped.iter().filter(|h| h.declared.is_some()) {
            let issue = Issue::new(IssueCode::UnusedMapping, self.log.place(cell(foreign.at)))
                .arg("header", &foreign.text)
                .arg("column", &foreign.text);
            self.log.add(issue);
        }
        for slot in self.slots.iter().filter(|slot| slot.product.is_some()) {
            let from: Vec<&str> = [Col::Qty, Col::Price].map(Col::name).to_vec();
            let issue = Issue::new(IssueCode::DerivedColumn, self.log.place(cell(slot.at)))
                .arg("column", slot.col.name())
                .arg("from", from.join(", "));
            self.log.add(issue);
        }
        for slot in self.slots.iter().filter(|slot| (slot.reading.scale - 1.0).abs() > 0.0) {
            let unit = unit_of(&slot.header).map_or_else(String::new, |unit| unit.text);
            let issue = Issue::new(IssueCode::HeadingUnit, self.log.place(cell(slot.at)))
                .arg("column", &slot.header)
                .arg("unit", unit)
                .arg("factor", slot.reading.scale.to_string());
            self.log.add(issue);
        }
        for near in suggestions(&self.found) {
            let issue = Issue::new(IssueCode::HeaderSuggestion, self.log.place(cell(near.at)))
                .value(&near.header)
                .arg("header", &near.header)
                .arg("column", near.col.name());
            self.log.add(issue);
        }
    }

    /// Says how dates and numbers were read where the cell alone left it open.
    pub(super) fn report_habits(&mut self) {
        for slot in &self.slots {
            for (code, arg) in remarks(slot, self.habits.decimal_comma.contains(&slot.at)) {
                let place = self.log.place(self.header.map(|row| (slot.at, row)));
                let issue = Issue::new(code, place).arg("column", &slot.header);
                self.log.add(match arg {
                    Some((name, value)) => issue.arg(name, value),
                    None => issue,
                });
            }
        }
    }

    /// The habits the rows show.
    pub(super) fn shown(&self) -> Habits {
        let day_first = self.slots.iter().filter(|s| s.tally.says_day_first()).map(|s| s.at);
        let comma: u64 = self.slots.iter().map(|s| s.tally.comma).sum();
        let point: u64 = self.slots.iter().map(|s| s.tally.point).sum();
        // What a column does not prove, the sheet does.
        let sheet = if comma > point { DecimalMark::Comma } else { DecimalMark::Point };
        let commas = |slot: &&Slot| {
            let open = slot.tally.has_open(CellKind::Money);
            open && slot.tally.mark().unwrap_or(sheet) == DecimalMark::Comma
        };
        Habits {
            day_first: day_first.collect(),
            decimal_comma: self.slots.iter().filter(commas).map(|s| s.at).collect(),
            ..self.task.declared.clone()
        }
    }
}

type Remark = (IssueCode, Option<(&'static str, &'static str)>);

/// What is worth saying of the way a column is written; `commas` if its open numbers were read
/// with a decimal comma. What is declared needs no remark.
fn remarks(slot: &Slot, commas: bool) -> Vec<Remark> {
    let (tally, how) = (&slot.tally, slot.reading);
    let mut out: Vec<Remark> = Vec::new();
    if !how.order.is_declared() {
        match tally.order() {
            Some(order) => out.push((IssueCode::DateOrder, Some(("order", order)))),
            None if tally.undecided() => out.push((IssueCode::DateOrderUnknown, None)),
            None => {}
        }
    }
    if tally.mixes_zones() {
        out.push((IssueCode::MixedOffsets, None));
    }
    if !how.mark.is_declared() {
        let open = tally.has_open(how.kind);
        let mark =
            if commas || tally.mark() == Some(DecimalMark::Comma) { "comma" } else { "point" };
        let decided = commas || tally.mark().is_some();
        if mark == "comma" || (open && decided) {
            out.push((IssueCode::DecimalMark, Some(("mark", mark))));
        } else if open {
            out.push((IssueCode::DecimalMarkUnknown, Some(("mark", mark))));
        }
    }
    out
}
