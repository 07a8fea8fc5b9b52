//! Cases by priority, category, agent and so on, compared before anyone is ranked.

use std::collections::BTreeMap;

use super::window::{Timed, Window};
use super::{Params, Share};
use crate::dataset::{Clock, Ticket, Tickets};
use crate::records::Col;
use crate::stats::comparison::homogeneity::homogeneity;
use crate::stats::holm;
use crate::stats::hypothesis::exact;
use crate::stats::survival::Case;
use crate::stats::survival::logrank::{log_rank, log_rank_groups};

/// What cases are told apart by.
const DIMENSIONS: [Col; 7] = [
    Col::Priority,
    Col::Category,
    Col::TicketType,
    Col::Team,
    Col::Agent,
    Col::Region,
    Col::Channel,
];
/// A column with more labels is a list of names, not of groups.
const LABELS: usize = 200;
/// Groups compared at most, the largest.
const COMPARED: usize = 40;

/// One group of cases.
pub(in super::super) struct Group {
    /// Its label.
    pub(in super::super) name: String,
    /// Cases in the window.
    pub(in super::super) cases: u64,
    /// Their main clock.
    pub(in super::super) timed: Option<Timed>,
    /// Promises decided in the window.
    pub(in super::super) kept: Share,
    /// Whether there are enough cases to compare.
    pub(in super::super) compared: bool,
    /// Against the others: adjusted p-value of the time, and whether it takes longer.
    pub(in super::super) slower: Option<(f64, bool)>,
    /// Against the others: adjusted p-value of the promises, and the share of the others.
    pub(in super::super) later: Option<(f64, f64)>,
    members: Vec<Case>,
}

/// The groups of one column.
pub(in super::super) struct Dimension {
    /// The column.
    pub(in super::super) col: Col,
    /// Its groups, the largest first; none where the column has too many labels.
    pub(in super::super) groups: Vec<Group>,
    /// Cases without a label.
    pub(in super::super) unnamed: u64,
    /// Labels of the column.
    pub(in super::super) labels: usize,
    /// P-value of equal times (log-rank).
    pub(in super::super) time: Option<f64>,
    /// P-value of equal shares of promises kept (chi-square).
    pub(in super::super) kept: Option<f64>,
}

impl Dimension {
    /// Whether its groups are promised different times, so that they differ by design.
    pub(in super::super) fn by_design(&self) -> bool {
        self.col == Col::Priority
    }

    /// The two tests that may make a finding: that cases promised less time end sooner is none.
    pub(super) fn tests(&self) -> (Option<f64>, Option<f64>) {
        (self.time.filter(|_| !self.by_design()), self.kept)
    }
}

/// The dimensions with at least two labels.
pub(super) fn dimensions(
    tickets: &Tickets<'_>,
    cases: &[Ticket],
    main: Option<Clock>,
    window: Window,
    params: &Params,
) -> Vec<Dimension> {
    let by = |col: &Col| dimension(*col, tickets, cases, main, window, params);
    DIMENSIONS.iter().filter_map(by).collect()
}

fn dimension(
    col: Col,
    tickets: &Tickets<'_>,
    cases: &[Ticket],
    main: Option<Clock>,
    window: Window,
    params: &Params,
) -> Option<Dimension> {
    let mut named: BTreeMap<&str, Vec<Ticket>> = BTreeMap::new();
    let mut unnamed = 0;
    for ticket in cases {
        match tickets.table().text(col, ticket.row) {
            Some(name) => named.entry(name).or_default().push(*ticket),
            None => unnamed += 1,
        }
    }
    let labels = named.len();
    if labels < 2 {
        return None;
    }
    let named = if labels > LABELS { BTreeMap::new() } else { named };
    let groups = named.iter().map(|(name, own)| group(name, own, main, window, params));
    let mut groups: Vec<Group> = groups.collect();
    groups.sort_by(|a, b| b.cases.cmp(&a.cases).then_with(|| a.name.cmp(&b.name)));
    for group in groups.iter_mut().skip(COMPARED) {
        group.compared = false;
    }
    let compared = || groups.iter().filter(|group| group.compared);
    let curves: Vec<&[Case]> = compared().map(|group| group.members.as_slice()).collect();
    let shares: Vec<(u64, u64)> = compared().map(|group| (group.kept.k, group.kept.n)).collect();
    let time = if curves.len() > 1 { log_rank_groups(&curves).map(|t| t.p_value) } else { None };
    let kept = homogeneity(&shares).map(|test| test.p_value);
    let mut found = Dimension { col, groups, unnamed, labels, time, kept };
    if found.time.is_some_and(|p| p < params.alpha) {
        slower(&mut found.groups);
    }
    if found.kept.is_some_and(|p| p < params.alpha) {
        later(&mut found.groups);
    }
    Some(found)
}

fn group(
    name: &str,
    own: &[Ticket],
    main: Option<Clock>,
    window: Window,
    params: &Params,
) -> Group {
    let within = |t: &&Ticket| (window.from..=window.to).contains(&t.decided);
    let members = main
        .map_or_else(Vec::new, |clock| own.iter().filter_map(|t| window.case(t, clock)).collect());
    Group {
        name: name.to_owned(),
        cases: own.len() as u64,
        timed: main.map(|clock| Timed::of(own, clock, window)),
        kept: Share::of(own.iter().filter(within).map(|t| t.kept)),
        compared: own.len() as u64 >= params.min_cases,
        slower: None,
        later: None,
        members,
    }
}

/// Each compared group's time against that of the other compared ones.
fn slower(groups: &mut [Group]) {
    let raw: Vec<Option<(f64, bool)>> = (0..groups.len())
        .map(|at| {
            let own = groups.get(at).filter(|group| group.compared)?;
            let others = groups.iter().enumerate().filter(|(i, g)| *i != at && g.compared);
            let rest: Vec<Case> = others.flat_map(|(_, g)| g.members.iter().copied()).collect();
            let test = log_rank(&own.members, &rest)?;
            Some((test.p_value, test.first_is_slower()))
        })
        .collect();
    let p: Vec<f64> = raw.iter().map(|raw| raw.map_or(f64::NAN, |(p, _)| p)).collect();
    for ((group, raw), p) in groups.iter_mut().zip(raw).zip(holm(&p)) {
        group.slower = raw.map(|(_, slower)| (p, slower));
    }
}

/// Each compared group's promises against those of the other compared ones.
fn later(groups: &mut [Group]) {
    let compared = || groups.iter().filter(|group| group.compared);
    let (k, n) = compared().fold((0, 0), |(k, n), g| (k + g.kept.k, n + g.kept.n));
    let against = |group: &Group| {
        let rest = Share { k: k - group.kept.k, n: n - group.kept.n };
        let p = exact::fisher_two_sided(group.kept.k, group.kept.n, rest.k, rest.n)?;
        Some((p, rest.value()?))
    };
    let raw: Vec<Option<(f64, f64)>> =
        groups.iter().map(|group| Some(group).filter(|g| g.compared).and_then(against)).collect();
    let p: Vec<f64> = raw.iter().map(|raw| raw.map_or(f64::NAN, |(p, _)| p)).collect();
    for ((group, raw), p) in groups.iter_mut().zip(raw).zip(holm(&p)) {
        group.later = raw.map(|(_, rest)| (p, rest));
    }
}

/// Cases of customers with more than one, and the most one customer has.
pub(super) fn repeat(tickets: &Tickets<'_>, cases: &[Ticket]) -> Option<(Share, u64)> {
    let mut by_customer: BTreeMap<&str, u64> = BTreeMap::new();
    for ticket in cases {
        if let Some(customer) = tickets.table().text(Col::CustomerId, ticket.row) {
            *by_customer.entry(customer).or_default() += 1;
        }
    }
    let n = by_customer.values().sum();
    let k = by_customer.values().filter(|n| **n > 1).sum();
    let most = by_customer.values().max().copied()?;
    Some((Share { k, n }, most))
}
