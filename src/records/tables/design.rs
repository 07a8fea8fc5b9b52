//! Tables of new designs: needs, concepts, tolerances, experiments.

use super::CellKind::{Category, Number};
use super::{Col, TableKind, TableSpec, may, must};

pub(super) const QFD: TableSpec = TableSpec {
    kind: TableKind::Qfd,
    columns: &[
        may(Col::ProjectId, Category),
        must(Col::Need, Category),
        must(Col::Importance, Number),
        must(Col::Characteristic, Category),
        must(Col::Relation, Number),
    ],
    any_of: &[],
};

pub(super) const PUGH: TableSpec = TableSpec {
    kind: TableKind::Pugh,
    columns: &[
        may(Col::ProjectId, Category),
        must(Col::Criterion, Category),
        may(Col::Weight, Number),
        must(Col::Concept, Category),
        must(Col::Score, Number),
    ],
    any_of: &[],
};

pub(super) const TOLERANCES: TableSpec = TableSpec {
    kind: TableKind::Tolerances,
    columns: &[
        may(Col::ProjectId, Category),
        may(Col::Characteristic, Category),
        must(Col::Component, Category),
        may(Col::Distribution, Category),
        must(Col::Mean, Number),
        must(Col::Sd, Number),
        may(Col::Coefficient, Number),
        may(Col::Lsl, Number),
        may(Col::Usl, Number),
        may(Col::Target, Number),
    ],
    any_of: &[],
};

pub(super) const EXPERIMENTS: TableSpec = TableSpec {
    kind: TableKind::Experiments,
    columns: &[
        may(Col::ProjectId, Category),
        may(Col::Experiment, Category),
        must(Col::Run, Category),
        may(Col::Trial, Category),
        must(Col::Factor, Category),
        must(Col::Level, Category),
        must(Col::Value, Number),
        may(Col::Objective, Category),
    ],
    any_of: &[],
};
