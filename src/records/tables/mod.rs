//! The columns of every table.

mod design;
mod improvement;
mod lean;
mod masters;
mod quality;
mod sales;
mod service;

use super::{CellKind, Col, ColumnSpec, TableKind, TableSpec};

const fn must(col: Col, kind: CellKind) -> ColumnSpec {
    ColumnSpec { col, kind, required: true }
}

const fn may(col: Col, kind: CellKind) -> ColumnSpec {
    ColumnSpec { col, kind, required: false }
}

/// Every table, in the order of [`TableKind::ALL`].
pub(super) const SPECS: &[TableSpec] = &[
    quality::SERVICE_RECORDS,
    quality::DEFECT_LOG,
    quality::PROCESS_STEPS,
    quality::MEASUREMENTS,
    masters::CUSTOMERS,
    sales::ORDERS,
    sales::RETURNS,
    masters::PRODUCTS,
    masters::PEOPLE,
    sales::LEADS,
    sales::ACTIVITIES,
    sales::OPPORTUNITIES,
    sales::STAGE_HISTORY,
    service::TICKETS,
    service::CALLS,
    service::SURVEYS,
    service::CAMPAIGNS,
    service::SENDS,
    sales::TARGETS,
    service::COSTS_TO_SERVE,
    quality::PROJECTS,
    sales::REBATES,
    masters::CONTRACTS,
    service::TICKET_EVENTS,
    sales::PIPELINE_SNAPSHOTS,
    masters::TERRITORIES,
    improvement::FMEA,
    improvement::CHARTERS,
    improvement::SIPOC,
    improvement::CONTROL_PLAN,
    improvement::PROJECT_GATES,
    improvement::GAGE_STUDIES,
    design::QFD,
    design::PUGH,
    design::TOLERANCES,
    design::EXPERIMENTS,
    lean::WASTE_LOG,
    lean::ANDON,
    lean::CAPACITY,
    lean::QUALITY_COSTS,
    quality::SAMPLES,
];
