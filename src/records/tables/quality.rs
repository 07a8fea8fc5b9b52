//! Tables of quality: what was done, what went wrong, and what improves it.

use super::CellKind::{Category, Count, Day, Flag, Instant, Money, Number};
use super::{Col, TableKind, TableSpec, may, must};

pub(super) const SERVICE_RECORDS: TableSpec = TableSpec {
    kind: TableKind::ServiceRecords,
    columns: &[
        may(Col::RecordId, Category),
        must(Col::Date, Day),
        may(Col::Step, Category),
        may(Col::Team, Category),
        may(Col::Category, Category),
        may(Col::Shift, Category),
        may(Col::Units, Count),
        may(Col::Opportunities, Count),
        may(Col::Defects, Count),
        may(Col::Defective, Count),
        may(Col::DefectType, Category),
        may(Col::Cost, Money),
        may(Col::CustomerId, Category),
    ],
    any_of: &[Col::Defects, Col::Defective],
};

pub(super) const DEFECT_LOG: TableSpec = TableSpec {
    kind: TableKind::DefectLog,
    columns: &[
        may(Col::RecordId, Category),
        must(Col::Date, Day),
        must(Col::DefectType, Category),
        may(Col::Step, Category),
        may(Col::Team, Category),
        may(Col::Category, Category),
        may(Col::Defects, Count),
        may(Col::Cost, Money),
        may(Col::FoundAt, Category),
    ],
    any_of: &[],
};

pub(super) const PROCESS_STEPS: TableSpec = TableSpec {
    kind: TableKind::ProcessSteps,
    columns: &[
        must(Col::CaseId, Category),
        must(Col::Step, Category),
        must(Col::Start, Instant),
        may(Col::End, Instant),
        may(Col::Resource, Category),
        may(Col::Team, Category),
        may(Col::Category, Category),
        may(Col::ValueAdded, Flag),
    ],
    any_of: &[],
};

pub(super) const MEASUREMENTS: TableSpec = TableSpec {
    kind: TableKind::Measurements,
    columns: &[
        may(Col::RecordId, Category),
        may(Col::Date, Day),
        may(Col::Characteristic, Category),
        must(Col::Value, Number),
        may(Col::Lsl, Number),
        may(Col::Usl, Number),
        may(Col::Target, Number),
        may(Col::Unit, Category),
        may(Col::Step, Category),
        may(Col::Team, Category),
        may(Col::Subgroup, Category),
        may(Col::ProjectId, Category),
        may(Col::Phase, Category),
    ],
    any_of: &[Col::Date, Col::Subgroup],
};

pub(super) const SAMPLES: TableSpec = TableSpec {
    kind: TableKind::Samples,
    columns: &[
        may(Col::Subgroup, Category),
        may(Col::Characteristic, Category),
        may(Col::Step, Category),
        may(Col::Size, Number),
        may(Col::Defects, Count),
        may(Col::Defective, Count),
        may(Col::CasesBetween, Count),
        may(Col::TimeBetween, Number),
    ],
    any_of: &[Col::Defects, Col::Defective, Col::CasesBetween, Col::TimeBetween],
};

pub(super) const PROJECTS: TableSpec = TableSpec {
    kind: TableKind::Projects,
    columns: &[
        must(Col::ProjectId, Category),
        must(Col::ProjectName, Category),
        may(Col::ProjectType, Category),
        may(Col::Step, Category),
        may(Col::Team, Category),
        may(Col::Metric, Category),
        must(Col::Phase, Category),
        may(Col::PhaseSince, Day),
        may(Col::Owner, Category),
        may(Col::Start, Day),
        may(Col::Intervention, Day),
        may(Col::End, Day),
        may(Col::Status, Category),
        may(Col::Baseline, Number),
        may(Col::Target, Number),
        may(Col::Benefit, Money),
        may(Col::BenefitBooked, Money),
        may(Col::Cost, Money),
    ],
    any_of: &[],
};
