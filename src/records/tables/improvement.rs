//! Tables of improvement projects beside their list.

use super::CellKind::{Category, Count, Day, Number};
use super::{Col, TableKind, TableSpec, may, must};

pub(super) const FMEA: TableSpec = TableSpec {
    kind: TableKind::Fmea,
    columns: &[
        may(Col::ProjectId, Category),
        may(Col::Step, Category),
        must(Col::FailureMode, Category),
        may(Col::Effect, Category),
        may(Col::Cause, Category),
        must(Col::Severity, Count),
        must(Col::Occurrence, Count),
        must(Col::Detection, Count),
        may(Col::Action, Category),
        may(Col::Owner, Category),
        may(Col::SeverityAfter, Count),
        may(Col::OccurrenceAfter, Count),
        may(Col::DetectionAfter, Count),
        may(Col::Due, Day),
        may(Col::Status, Category),
    ],
    any_of: &[],
};

pub(super) const CHARTERS: TableSpec = TableSpec {
    kind: TableKind::Charters,
    columns: &[
        must(Col::ProjectId, Category),
        may(Col::Problem, Category),
        may(Col::Goal, Category),
        may(Col::Scope, Category),
        may(Col::BusinessCase, Category),
        may(Col::Sponsor, Category),
        may(Col::Members, Category),
        may(Col::Ctq, Category),
    ],
    any_of: &[Col::Problem, Col::Goal, Col::Scope],
};

pub(super) const SIPOC: TableSpec = TableSpec {
    kind: TableKind::Sipoc,
    columns: &[
        may(Col::ProjectId, Category),
        must(Col::Element, Category),
        must(Col::Item, Category),
    ],
    any_of: &[],
};

pub(super) const CONTROL_PLAN: TableSpec = TableSpec {
    kind: TableKind::ControlPlan,
    columns: &[
        may(Col::ProjectId, Category),
        may(Col::Step, Category),
        must(Col::Characteristic, Category),
        may(Col::Specification, Category),
        may(Col::Method, Category),
        may(Col::SampleSize, Count),
        may(Col::Frequency, Category),
        may(Col::Owner, Category),
        may(Col::ReactionPlan, Category),
        must(Col::Due, Day),
        may(Col::DoneAt, Day),
    ],
    any_of: &[],
};

pub(super) const PROJECT_GATES: TableSpec = TableSpec {
    kind: TableKind::ProjectGates,
    columns: &[
        must(Col::ProjectId, Category),
        must(Col::Phase, Category),
        must(Col::PlannedAt, Day),
        may(Col::DoneAt, Day),
    ],
    any_of: &[],
};

pub(super) const GAGE_STUDIES: TableSpec = TableSpec {
    kind: TableKind::GageStudies,
    columns: &[
        may(Col::Study, Category),
        may(Col::ProjectId, Category),
        may(Col::Characteristic, Category),
        must(Col::Part, Category),
        must(Col::Operator, Category),
        may(Col::Trial, Category),
        may(Col::Value, Number),
        may(Col::Rating, Category),
        may(Col::Reference, Category),
        may(Col::Lsl, Number),
        may(Col::Usl, Number),
        may(Col::Date, Day),
    ],
    any_of: &[Col::Value, Col::Rating],
};
