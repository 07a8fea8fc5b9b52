//! What is worth saying of a table besides its rows.

use super::super::habits::Habits;
use super::super::headers::suggestions;
use super::region::Region;
use crate::records::{Col, Issue, IssueCode};

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
        for slot in self.slots.iter().filter(|slot| slot.product.is_some()) {
            let from: Vec<&str> = [Col::Qty, Col::Price].map(Col::name).to_vec();
            let issue = Issue::new(IssueCode::DerivedColumn, self.log.place(cell(slot.at)))
                .arg("column", slot.col.name())
                .arg("from", from.join(", "));
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

    /// Says how dates were read where the text alone left it open.
    pub(super) fn report_habits(&mut self) {
        if self.habits.decimal_comma {
            self.log.add(Issue::new(IssueCode::DecimalComma, self.log.place(None)));
        }
        for slot in &self.slots {
            let place = self.log.place(self.header.map(|row| (slot.at, row)));
            let note = |code| Issue::new(code, place).arg("column", &slot.header);
            let issue = match slot.tally.order() {
                Some(order) => note(IssueCode::DateOrder).arg("order", order),
                None if slot.tally.undecided() => note(IssueCode::DateOrderUnknown),
                None => continue,
            };
            self.log.add(issue);
        }
    }

    /// The habits the rows show.
    pub(super) fn shown(&self) -> Habits {
        let day_first = self.slots.iter().filter(|s| s.tally.says_day_first()).map(|s| s.at);
        let comma: u64 = self.slots.iter().map(|s| s.tally.comma).sum();
        let point: u64 = self.slots.iter().map(|s| s.tally.point).sum();
        Habits { day_first: day_first.collect(), decimal_comma: comma > point }
    }
}
