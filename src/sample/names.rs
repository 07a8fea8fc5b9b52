//! The company's names and the layouts of its workbooks, read from `company.json`.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::SampleError;

const COMPANY: &str = include_str!("company.json");

/// A process step.
#[derive(Debug, Deserialize)]
pub(super) struct Step {
    pub(super) name: String,
    /// Defects per opportunity where nothing is planted.
    pub(super) rate: f64,
    /// Cost of one defect.
    pub(super) cost: u32,
    pub(super) types: Vec<String>,
}

/// A customer segment.
#[derive(Debug, Deserialize)]
pub(super) struct Segment {
    pub(super) name: String,
    pub(super) share: f64,
    /// Order size relative to a restaurant's.
    pub(super) price: f64,
    /// English and Chinese kind of shop.
    pub(super) kinds: Vec<(String, String)>,
}

/// A product.
#[derive(Debug, Deserialize)]
pub(super) struct Product {
    pub(super) name: String,
    pub(super) category: String,
    pub(super) price: f64,
}

/// A measured characteristic.
#[derive(Debug, Deserialize)]
pub(super) struct Characteristic {
    pub(super) name: String,
    pub(super) unit: String,
    pub(super) step: usize,
    pub(super) mean: f64,
    pub(super) sd: f64,
    pub(super) lsl: f64,
    pub(super) usl: f64,
}

/// A campaign.
#[derive(Debug, Deserialize)]
pub(super) struct Campaign {
    pub(super) name: String,
    pub(super) channel: String,
    pub(super) start: String,
    pub(super) cost: u32,
}

/// An improvement project.
#[derive(Debug, Deserialize)]
pub(super) struct Project {
    pub(super) name: String,
    /// Which road it takes: DMAIC or DMADV.
    #[serde(rename = "type")]
    pub(super) kind: String,
    pub(super) phase: String,
    pub(super) status: String,
    /// Step it works on where nothing is planted for it.
    pub(super) step: usize,
    /// Benefit the controller has booked.
    pub(super) booked: Option<u32>,
    /// What it is to improve, where not the defect rate.
    pub(super) metric: Option<String>,
}

/// A kind of waste seen on the floor.
#[derive(Debug, Deserialize)]
pub(super) struct Waste {
    pub(super) name: String,
    /// Share of the entries.
    pub(super) share: f64,
    /// Median hours of an entry.
    pub(super) hours: f64,
}

/// A line of the cost of quality.
#[derive(Debug, Deserialize)]
pub(super) struct QualityCost {
    pub(super) class: String,
    #[serde(rename = "type")]
    pub(super) kind: String,
    /// Expected cost of a month.
    pub(super) month: f64,
}

/// The pilot of a new design.
#[derive(Debug, Deserialize)]
pub(super) struct Pilot {
    pub(super) phase: String,
    pub(super) characteristic: String,
    pub(super) unit: String,
    pub(super) mean: f64,
    pub(super) sd: f64,
    pub(super) lsl: f64,
    pub(super) usl: f64,
    pub(super) target: f64,
}

/// What the control plan of a project asks for.
#[derive(Debug, Deserialize)]
pub(super) struct Check {
    pub(super) specification: String,
    pub(super) method: String,
    pub(super) frequency: String,
    pub(super) reaction: String,
}

/// A designed experiment: factors with their low and high level.
#[derive(Debug, Deserialize)]
pub(super) struct Trial {
    pub(super) name: String,
    pub(super) factors: Vec<[String; 3]>,
    pub(super) objective: String,
}

/// A person as the order system and the service desk write him.
#[derive(Debug, Deserialize)]
pub(super) struct Scholar {
    pub(super) orders: String,
    pub(super) desk: String,
}

/// The label and columns of a totals row.
#[derive(Debug, Deserialize)]
pub(super) struct Total {
    pub(super) label: String,
    pub(super) columns: Vec<usize>,
}

/// How a sheet is laid out.
#[derive(Debug, Deserialize)]
pub(super) struct Layout {
    pub(super) name: String,
    /// Lines above the headers.
    #[serde(default)]
    pub(super) titles: Vec<String>,
    /// Whether title lines are merged over the width of the table.
    #[serde(default)]
    pub(super) merged: bool,
    /// Blank rows between the titles and the headers.
    #[serde(default)]
    pub(super) gap: u32,
    pub(super) headers: Vec<String>,
    pub(super) total: Option<Total>,
}

/// One file and its sheets.
#[derive(Debug, Deserialize)]
pub(super) struct BookLayout {
    pub(super) file: String,
    pub(super) sheets: Vec<Layout>,
}

/// Everything the company calls by a name.
#[derive(Debug, Deserialize)]
pub(super) struct Names {
    pub(super) steps: Vec<Step>,
    pub(super) type_weights: Vec<f64>,
    pub(super) teams: Vec<String>,
    pub(super) shifts: Vec<String>,
    pub(super) goods: Vec<String>,
    pub(super) reps: Vec<String>,
    pub(super) managers: Vec<String>,
    pub(super) agents: Vec<String>,
    pub(super) segments: Vec<Segment>,
    pub(super) loss_segment: usize,
    pub(super) first_syllables: Vec<(String, String)>,
    pub(super) second_syllables: Vec<(String, String)>,
    pub(super) scholar: Scholar,
    /// People only the service desk knows.
    pub(super) callers: Vec<String>,
    pub(super) company_suffix: String,
    pub(super) regions: Vec<String>,
    pub(super) area_codes: Vec<String>,
    pub(super) streets: Vec<String>,
    pub(super) house_number: String,
    pub(super) tiers: Vec<String>,
    pub(super) customer_types: Vec<String>,
    pub(super) products: Vec<Product>,
    pub(super) contracts: Vec<String>,
    pub(super) channels: Vec<String>,
    pub(super) open_stages: Vec<String>,
    pub(super) won: String,
    pub(super) lost: String,
    pub(super) loss_reasons: Vec<String>,
    pub(super) lead_sources: Vec<String>,
    pub(super) lead_states: Vec<String>,
    pub(super) lead_grades: Vec<String>,
    pub(super) activity_types: Vec<String>,
    pub(super) roles: Vec<String>,
    pub(super) results: Vec<String>,
    pub(super) next_steps: Vec<String>,
    pub(super) ticket_categories: Vec<String>,
    pub(super) ticket_types: Vec<String>,
    pub(super) priorities: Vec<String>,
    pub(super) ticket_states: Vec<String>,
    pub(super) survey_question: String,
    pub(super) characteristics: Vec<Characteristic>,
    pub(super) campaigns: Vec<Campaign>,
    pub(super) cost_types: Vec<String>,
    pub(super) target_metric: String,
    pub(super) project_metric: String,
    pub(super) projects: Vec<Project>,
    /// The phases of each road.
    pub(super) phases: BTreeMap<String, Vec<String>>,
    pub(super) wastes: Vec<Waste>,
    pub(super) stop_reasons: Vec<String>,
    pub(super) quality_costs: Vec<QualityCost>,
    /// Where a defect is found that no step caught.
    pub(super) customer: String,
    pub(super) inspectors: Vec<String>,
    pub(super) verdicts: [String; 2],
    pub(super) pilot: Pilot,
    pub(super) check: Check,
    pub(super) trial: Trial,
    books: BTreeMap<String, BookLayout>,
}

impl Names {
    /// The names as shipped.
    pub(super) fn load() -> Result<Self, SampleError> {
        Ok(serde_json::from_str(COMPANY)?)
    }

    /// The layout of a book.
    pub(super) fn book(&self, key: &'static str) -> Result<&BookLayout, SampleError> {
        self.books.get(key).ok_or(SampleError::Layout(key))
    }
}

/// The name at an index, the empty text beyond the end.
pub(super) fn at(names: &[String], index: usize) -> &str {
    names.get(index).map_or("", String::as_str)
}
