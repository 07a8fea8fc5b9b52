//! How each procedure is computed from the inputs of a case, family by family. Nothing here may
//! look at what is expected.

mod attributes;
mod capability;
mod describe;
mod hypothesis;
mod models;
mod shipped;
mod variables;

use serde_json::Value;

use super::bar::Bar;
use super::case::{Case, Refusal};

pub(super) use shipped::SHIPPED;

/// What a procedure computes: the figures under the names the cases use. A figure that cannot be
/// estimated is `null`.
pub(crate) type Answer = Result<Value, Refusal>;

/// A procedure.
pub(crate) struct Procedure {
    /// Its dotted name in the cases.
    pub name: &'static str,
    /// How it is computed.
    pub run: fn(&Case) -> Answer,
    /// Bars of figures (by key) whose cases state them in words only.
    pub allow: Allowances,
}

/// Bars by the key of the figures they hold for.
pub(crate) type Allowances = &'static [(&'static str, Bar)];

impl Procedure {
    /// A procedure whose cases state every bar.
    const fn new(name: &'static str, run: fn(&Case) -> Answer) -> Self {
        Self { name, run, allow: &[] }
    }
}

const FAMILIES: &[&[Procedure]] = &[
    attributes::PROCEDURES,
    capability::PROCEDURES,
    describe::PROCEDURES,
    hypothesis::PROCEDURES,
    models::PROCEDURES,
    variables::PROCEDURES,
];

/// The figures of `case`, and the bars its procedure states itself.
pub(super) fn run(case: &Case) -> Result<(Value, Allowances), Refusal> {
    let found = FAMILIES.iter().flat_map(|family| family.iter()).find(|p| p.name == case.procedure);
    let procedure = found
        .ok_or_else(|| Refusal::NotCovered(format!("no procedure is called {}", case.procedure)))?;
    Ok(((procedure.run)(case)?, procedure.allow))
}
