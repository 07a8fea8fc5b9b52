//! Tables of waste, stops, capacity and the cost of quality.

use super::CellKind::{Category, Day, Instant, Money, Number};
use super::{Col, TableKind, TableSpec, may, must};

pub(super) const WASTE_LOG: TableSpec = TableSpec {
    kind: TableKind::WasteLog,
    columns: &[
        must(Col::Date, Day),
        must(Col::Waste, Category),
        may(Col::Step, Category),
        may(Col::Team, Category),
        may(Col::CaseId, Category),
        may(Col::Hours, Number),
        may(Col::Cost, Money),
    ],
    any_of: &[Col::Hours, Col::Cost],
};

pub(super) const ANDON: TableSpec = TableSpec {
    kind: TableKind::Andon,
    columns: &[
        must(Col::RaisedAt, Instant),
        may(Col::RespondedAt, Instant),
        may(Col::RecoveredAt, Instant),
        may(Col::Step, Category),
        may(Col::Team, Category),
        may(Col::Reason, Category),
    ],
    any_of: &[],
};

pub(super) const CAPACITY: TableSpec = TableSpec {
    kind: TableKind::Capacity,
    columns: &[
        must(Col::Date, Day),
        may(Col::Step, Category),
        may(Col::Team, Category),
        may(Col::Hours, Number),
        may(Col::Demand, Number),
        may(Col::CapacityUnits, Number),
    ],
    any_of: &[Col::Hours, Col::Demand, Col::CapacityUnits],
};

pub(super) const QUALITY_COSTS: TableSpec = TableSpec {
    kind: TableKind::QualityCosts,
    columns: &[
        must(Col::Date, Day),
        must(Col::CostClass, Category),
        must(Col::Cost, Money),
        may(Col::CostType, Category),
        may(Col::Step, Category),
        may(Col::Team, Category),
    ],
    any_of: &[],
};
