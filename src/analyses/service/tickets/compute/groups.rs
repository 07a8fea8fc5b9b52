//! Cases by priority, category, agent and so on, compared before anyone is ranked.

use super::window::{Seen, Window};
use super::{Params, Share};
use crate::dataset::{Categories, Tickets};
use crate::records::Col;
use crate::stats::comparison::homogeneity::homogeneity;
use crate::stats::holm;
use crate::stats::hypothesis::exact;
use crate::stats::summary::robust::median;
use crate::stats::survival::logrank::{log_rank_others, log_rank_tallies};
use crate::stats::survival::tally::Tally;

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

/// The main clock of a group.
#[derive(Clone, Copy, Debug, Default)]
pub(in super::super) struct Times {
    /// Cases whose clock runs on at the end.
    pub(in super::super) open: u64,
    /// Time after which half of them still run, open cases counted.
    pub(in super::super) median: Option<f64>,
    /// Median of the clocks stopped in the window.
    pub(in super::super) closed_median: Option<f64>,
}

/// One group of cases.
pub(in super::super) struct Group {
    /// Its label.
    pub(in super::super) name: String,
    /// Cases in the window.
    pub(in super::super) cases: u64,
    /// Their main clock.
    pub(in super::super) timed: Option<Times>,
    /// Promises decided in the window.
    pub(in super::super) kept: Share,
    /// Whether there are enough cases to compare.
    pub(in super::super) compared: bool,
    /// Against the others: adjusted p-value of the time, and whether it takes longer.
    pub(in super::super) slower: Option<(f64, bool)>,
    /// Against the others: adjusted p-value of the promises, and the share of the others.
    pub(in super::super) later: Option<(f64, f64)>,
    members: Tally,
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

/// The dimensions with at least two labels. `main` is the main clock of every case of the window,
/// by rising time.
pub(super) fn dimensions(
    tickets: &Tickets<'_>,
    main: Option<&[Seen]>,
    window: Window,
    params: &Params,
) -> Vec<Dimension> {
    let labelled = |col| Some(Counted::new(col, tickets.table().categories(col)?));
    let mut counted: Vec<Counted<'_>> = DIMENSIONS.into_iter().filter_map(labelled).collect();
    for ticket in tickets.iter().filter(|ticket| window.touches(ticket)) {
        let decided = (window.from..=window.to).contains(&ticket.decided);
        let kept = ticket.kept.filter(|_| decided);
        for counted in &mut counted {
            counted.add(ticket.row, kept);
        }
    }
    counted.iter().filter_map(|counted| dimension(counted, main, params)).collect()
}

/// The cases of a column's labels.
struct Counted<'a> {
    col: Col,
    names: &'a Categories,
    /// Cases and promises kept, by code.
    labels: Vec<(u64, Share)>,
    unnamed: u64,
}

impl<'a> Counted<'a> {
    fn new(col: Col, names: &'a Categories) -> Self {
        Self { col, names, labels: vec![(0, Share::default()); names.named()], unnamed: 0 }
    }

    fn add(&mut self, row: usize, kept: Option<bool>) {
        let code = self.names.codes().get(row).map(|code| *code as usize);
        match code.and_then(|code| self.labels.get_mut(code)) {
            Some((cases, share)) => {
                *cases += 1;
                share.add(kept);
            }
            None => self.unnamed += 1,
        }
    }

    /// Its groups in the order of their codes, and the place of each code's among them.
    fn groups(&self, params: &Params) -> (Vec<Group>, Vec<usize>) {
        let (mut groups, mut places) = (Vec::new(), vec![usize::MAX; self.labels.len()]);
        let labels = self.labels.iter().zip(self.names.names()).zip(&mut places);
        for (((cases, kept), name), place) in labels.filter(|(((cases, _), _), _)| *cases > 0) {
            *place = groups.len();
            groups.push(Group {
                name: name.to_owned(),
                cases: *cases,
                timed: None,
                kept: *kept,
                compared: *cases >= params.min_cases,
                slower: None,
                later: None,
                members: Tally::default(),
            });
        }
        (groups, places)
    }
}

fn dimension(counted: &Counted<'_>, main: Option<&[Seen]>, params: &Params) -> Option<Dimension> {
    let labels = counted.labels.iter().filter(|(cases, _)| *cases > 0).count();
    if labels < 2 {
        return None;
    }
    let mut groups = Vec::new();
    if labels <= LABELS {
        let places;
        (groups, places) = counted.groups(params);
        if let Some(seen) = main {
            time(&mut groups, seen, |row| {
                places.get(*counted.names.codes().get(row)? as usize).copied()
            });
        }
    }
    groups.sort_by(|a, b| b.cases.cmp(&a.cases).then_with(|| a.name.cmp(&b.name)));
    for group in groups.iter_mut().skip(COMPARED) {
        group.compared = false;
    }
    let compared = || groups.iter().filter(|group| group.compared);
    let tallies: Vec<&Tally> = compared().map(|group| &group.members).collect();
    let shares: Vec<(u64, u64)> = compared().map(|group| (group.kept.k, group.kept.n)).collect();
    let time = if tallies.len() > 1 { log_rank_tallies(&tallies).map(|t| t.p_value) } else { None };
    let kept = homogeneity(&shares).map(|test| test.p_value);
    let (col, unnamed) = (counted.col, counted.unnamed);
    let mut found = Dimension { col, groups, unnamed, labels, time, kept };
    if found.time.is_some_and(|p| p < params.alpha) {
        slower(&mut found.groups);
    }
    if found.kept.is_some_and(|p| p < params.alpha) {
        later(&mut found.groups);
    }
    // What was counted for the tests is as large as the table; the section needs none of it.
    found.groups.iter_mut().for_each(|group| group.members = Tally::default());
    Some(found)
}

/// Deals the cases out to their groups, by rising time.
fn time(groups: &mut [Group], seen: &[Seen], place: impl Fn(usize) -> Option<usize>) {
    let mut stopped: Vec<Vec<f64>> = groups.iter().map(|_| Vec::new()).collect();
    let mut open = vec![0_u64; groups.len()];
    for seen in seen {
        let Some(place) = place(seen.row as usize) else { continue };
        let Some(group) = groups.get_mut(place) else { continue };
        group.members.add(seen.case());
        if let Some(open) = open.get_mut(place) {
            *open += u64::from(!seen.stopped);
        }
        if let Some(stopped) = stopped.get_mut(place).filter(|_| seen.took) {
            stopped.push(seen.time);
        }
    }
    for ((group, stopped), open) in groups.iter_mut().zip(stopped).zip(open) {
        group.members = std::mem::take(&mut group.members).closed();
        let (all, closed_median) = (group.members.time_left(0.5), median(&stopped));
        group.timed = Some(Times { open, median: all, closed_median });
    }
}

/// Each compared group's time against that of the other compared ones.
fn slower(groups: &mut [Group]) {
    let compared = || groups.iter().filter(|group| group.compared);
    let tallies: Vec<&Tally> = compared().map(|group| &group.members).collect();
    let mut tests = log_rank_others(&tallies).into_iter();
    let raw: Vec<Option<(f64, bool)>> = groups
        .iter()
        .map(|group| {
            let test = group.compared.then(|| tests.next()).flatten()??;
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
