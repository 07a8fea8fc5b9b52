//! The company's own figures beside the rules.

mod acquire;
mod silent;
mod voice;

pub(super) use acquire::Acquire;
pub(super) use silent::Silent;
pub(super) use voice::{GOOD_PER_BAD, Group, Referral, Voice};

use super::params::Params;
use crate::dataset::{Dataset, trailing_months};
use crate::records::{Col, TableKind};
use crate::report::Missing;
use crate::units::Period;

/// A figure, or what it would need.
pub(super) type Own<T> = Result<T, Vec<Missing>>;

/// Every rule.
pub(super) struct Rules {
    /// The days looked at.
    pub(super) period: Period,
    /// A new customer costs five to seven times as much as keeping one.
    pub(super) acquire: Own<Acquire>,
    /// Twelve good impressions make up for a bad one.
    pub(super) voice: Own<Voice>,
    /// A hundred satisfied customers bring fifteen new ones.
    pub(super) referral: Own<Referral>,
    /// Behind one who complains stand twenty who do not; `None` where that is switched off.
    pub(super) silent: Option<Own<Silent>>,
}

/// The rules over the months up to the end of the period.
pub(super) fn rules(data: &Dataset, params: &Params, level: f64) -> Rules {
    let period = trailing_months(data.until(), params.months);
    Rules {
        period,
        acquire: acquire::acquire(data, period, level),
        voice: voice::voice(data, period, level),
        referral: voice::referral(data, period, level),
        silent: params.extrapolate.then(|| silent::silent(data, period, params)),
    }
}

/// What of some tables and columns is not there.
fn missing(data: &Dataset, needed: &[(TableKind, Col)]) -> Vec<Missing> {
    let absent = needed.iter().filter_map(|&(table, col)| match data.table(table) {
        None => Some(Missing { table, col: None }),
        Some(found) => (!found.has(col)).then_some(Missing { table, col: Some(col) }),
    });
    let mut out: Vec<Missing> = absent.collect();
    out.dedup();
    out
}
