//! The book of projects, one entry a project.

use crate::dataset::{Dataset, Table};
use crate::records::{Col, TableKind, fold};
use crate::units::{Day, Money};

/// The road a project takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Approach {
    /// Improves what is there.
    Dmaic,
    /// Designs what is new.
    Dmadv,
}

/// How far a project has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// What is to be improved.
    Define,
    /// How it is now.
    Measure,
    /// Why.
    Analyze,
    /// What is changed (DMAIC).
    Improve,
    /// What is designed (DMADV).
    Design,
    /// Whether it lasts (DMAIC).
    Control,
    /// Whether the design does what it should (DMADV).
    Verify,
}

impl Phase {
    /// The phases of an approach, in order.
    #[must_use]
    pub const fn road(approach: Approach) -> [Self; 5] {
        match approach {
            Approach::Dmaic => {
                [Self::Define, Self::Measure, Self::Analyze, Self::Improve, Self::Control]
            }
            Approach::Dmadv => {
                [Self::Define, Self::Measure, Self::Analyze, Self::Design, Self::Verify]
            }
        }
    }

    /// The phase a text names, in any of the languages of the workbooks.
    #[must_use]
    pub fn named(text: &str) -> Option<Self> {
        Some(match meaning(text)? {
            "define" => Self::Define,
            "measure" => Self::Measure,
            "analyze" => Self::Analyze,
            "improve" => Self::Improve,
            "design" => Self::Design,
            "control" => Self::Control,
            "verify" => Self::Verify,
            _ => return None,
        })
    }

    /// A short id, as `define`.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Define => "define",
            Self::Measure => "measure",
            Self::Analyze => "analyze",
            Self::Improve => "improve",
            Self::Design => "design",
            Self::Control => "control",
            Self::Verify => "verify",
        }
    }
}

/// The meaning of a name of a phase or a state.
fn meaning(text: &str) -> Option<&'static str> {
    let plain = |text: &str| -> String { fold(text).chars().filter(|c| !c.is_numeric()).collect() };
    let name = plain(text);
    let begins = |line: &'static str| {
        let (meaning, word) = line.split_once(' ')?;
        name.starts_with(&plain(word)).then_some(meaning)
    };
    let lines = include_str!("phases.txt").lines();
    lines.filter(|line| !line.starts_with('#')).find_map(begins)
}

/// One project.
#[derive(Clone, Debug, PartialEq)]
pub struct Project {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The road it takes: by its type, else by its phase.
    pub approach: Approach,
    /// How far it has come; `None` where the word is not known.
    pub phase: Option<Phase>,
    /// The phase as written.
    pub phase_text: String,
    /// Since when it is there.
    pub phase_since: Option<Day>,
    /// Whether it is over: done, or stopped.
    pub closed: bool,
    /// Step it works on.
    pub step: Option<String>,
    /// Team it works with.
    pub team: Option<String>,
    /// What it was to improve.
    pub metric: Option<String>,
    /// Who leads it.
    pub owner: Option<String>,
    /// When it began.
    pub start: Option<Day>,
    /// When it changed the process.
    pub intervention: Option<Day>,
    /// When it ended.
    pub end: Option<Day>,
    /// Level before, as the project states it.
    pub baseline: Option<f64>,
    /// Level promised, in the same unit.
    pub target: Option<f64>,
    /// Money promised.
    pub benefit: Option<Money>,
    /// Money booked.
    pub booked: Option<Money>,
    /// What it cost.
    pub cost: Option<Money>,
}

impl Project {
    fn read(table: &Table, row: usize) -> Option<Self> {
        let text = |col| table.text(col, row).map(|text| text.trim().to_owned());
        let phase_text = text(Col::Phase).unwrap_or_default();
        let status = text(Col::Status).unwrap_or_default();
        let over = |text: &str| matches!(meaning(text), Some("closed" | "stopped"));
        let phase = Phase::named(&phase_text);
        Some(Self {
            id: text(Col::ProjectId)?,
            name: text(Col::ProjectName).unwrap_or_default(),
            approach: approach(text(Col::ProjectType).as_deref(), phase),
            phase,
            closed: over(&phase_text) || over(&status),
            phase_text,
            phase_since: table.day(Col::PhaseSince, row),
            step: text(Col::Step),
            team: text(Col::Team),
            metric: text(Col::Metric),
            owner: text(Col::Owner),
            start: table.day(Col::Start, row),
            intervention: table.day(Col::Intervention, row),
            end: table.day(Col::End, row),
            baseline: table.number(Col::Baseline, row),
            target: table.number(Col::Target, row),
            benefit: table.money(Col::Benefit, row),
            booked: table.money(Col::BenefitBooked, row),
            cost: table.money(Col::Cost, row),
        })
    }

    /// The part of the level before that was promised to remain, inside (0, 1): target over
    /// baseline where both are given and lower is promised.
    #[must_use]
    pub fn promised_ratio(&self) -> Option<f64> {
        let (baseline, target) = self.baseline.zip(self.target)?;
        Some(target / baseline).filter(|ratio| *ratio > 0.0 && *ratio < 1.0)
    }

    /// Whether the project has come to a phase of its road.
    #[must_use]
    pub fn has_reached(&self, phase: Phase) -> bool {
        let road = Phase::road(self.approach);
        let place = |phase| road.iter().position(|&p| p == phase);
        let here = self.phase.and_then(place);
        match (here, place(phase)) {
            (Some(here), Some(there)) => here >= there,
            (None, Some(_)) => self.closed,
            (_, None) => false,
        }
    }
}

fn approach(kind: Option<&str>, phase: Option<Phase>) -> Approach {
    let named = kind.map(fold).unwrap_or_default();
    let design = ["dmadv", "dfss", "idov"].iter().any(|word| named.contains(word));
    if design || matches!(phase, Some(Phase::Design | Phase::Verify)) {
        Approach::Dmadv
    } else {
        Approach::Dmaic
    }
}

/// Every project of a dataset, by id.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ProjectBook {
    /// The projects.
    pub projects: Vec<Project>,
    /// Rows that repeat a project; the one longest in its phase's latest state speaks.
    pub repeated: usize,
}

impl ProjectBook {
    /// The book; empty without a table of projects.
    #[must_use]
    pub fn new(data: &Dataset) -> Self {
        let Some(table) = data.table(TableKind::Projects) else { return Self::default() };
        let read = (0..table.len()).filter_map(|row| Project::read(table, row));
        let mut keyed: Vec<(String, Option<Day>, String, Project)> = read
            .map(|project| {
                (project.id.clone(), project.phase_since, format!("{project:?}"), project)
            })
            .collect();
        // The newest row of a project last, so that it is the one kept below.
        keyed.sort_by(|a, b| (&a.0, a.1, &a.2).cmp(&(&b.0, b.1, &b.2)));
        let rows = keyed.len();
        keyed.reverse();
        keyed.dedup_by(|later, kept| later.0 == kept.0);
        keyed.reverse();
        let projects: Vec<Project> = keyed.into_iter().map(|(.., project)| project).collect();
        Self { repeated: rows - projects.len(), projects }
    }
}

#[cfg(test)]
mod tests {
    use super::{Approach, Phase, approach};

    #[test]
    fn phases_are_known_in_three_languages_and_with_numbers() {
        let named = ["Control", "3. Analyse phase", "改善階段", "测量", "驗證", "Done", ""];
        let want = [
            Some(Phase::Control),
            Some(Phase::Analyze),
            Some(Phase::Improve),
            Some(Phase::Measure),
            Some(Phase::Verify),
            None,
            None,
        ];
        assert_eq!(named.map(Phase::named), want);
    }

    #[test]
    fn the_road_is_named_or_told_by_the_phase() {
        assert_eq!(approach(Some("DMADV 新流程"), Some(Phase::Define)), Approach::Dmadv);
        assert_eq!(approach(None, Some(Phase::Verify)), Approach::Dmadv);
        assert_eq!(approach(Some("DMAIC"), None), Approach::Dmaic);
    }
}
