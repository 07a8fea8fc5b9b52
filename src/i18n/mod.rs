//! Report → Edition: words and formats, one language at a time.
//!
//! [`Catalog`] holds the words by key, `Voice` says messages and values in them, and
//! [`edition`] walks a report and gives the same tree worded. A missing word shows as its key
//! in ⟦ ⟧, so that no test and no reader can overlook it.

mod blocks;
mod catalog;
mod explain;
mod format;
mod issue;
mod ledger;
mod methods;
mod metric;
mod outline;
mod rejects;
mod template;
mod texts;
mod voice;

#[cfg(test)]
mod tests;

pub use catalog::Catalog;
pub use explain::{explain, explain_ids};
pub use issue::{counts, issue, problem};
pub use ledger::{account_line, account_reasons};
pub use methods::{FAMILIES, Family, page_ids};
pub use outline::edition;
pub use rejects::{key_match, rejects};
pub use voice::say;
