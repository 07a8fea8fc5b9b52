//! The pages behind every figure: definition, formula, reading, conventions, source.

use std::collections::BTreeSet;

use super::Catalog;
use super::template::fill;
use super::voice::Voice;
use crate::report::edition::MethodNote;
use crate::report::{Block, Metric, Report};

/// The page of a metric, a finding, a method, an issue code or a constant. A method is found by
/// its bare name too: `cpk` for `stats.cpk`.
#[must_use]
pub fn explain(id: &str, catalog: &Catalog) -> Option<MethodNote> {
    let code = id.to_ascii_uppercase();
    let bare = id.strip_prefix(METHOD).unwrap_or(id);
    let has = |key: String| catalog.get(&key).is_some();
    if has(format!("metric.{id}.name")) {
        Some(page("metric", id, catalog))
    } else if has(format!("finding.{id}.name")) {
        Some(page("finding", id, catalog))
    } else if has(format!("{METHOD}{bare}.name")) {
        let id = format!("{METHOD}{bare}");
        Some(MethodNote { id, ..page("stats", bare, catalog) })
    } else if has(format!("issue.{code}.name")) {
        Some(issue_page(&code, catalog))
    } else {
        has(format!("constant.{id}.name")).then(|| constant_page(id, catalog))
    }
}

/// What ids of the statistics core begin with.
const METHOD: &str = "stats.";

/// Every id that has a page, in order.
#[must_use]
pub fn explain_ids(catalog: &Catalog) -> Vec<String> {
    let id = |key: &str| {
        let (family, rest) = key.split_once('.')?;
        match family {
            "metric" | "finding" | "issue" | "constant" => {
                rest.strip_suffix(".name").map(str::to_owned)
            }
            "stats" => key.strip_suffix(".name").map(str::to_owned),
            _ => None,
        }
    };
    catalog.keys().filter_map(id).collect::<BTreeSet<String>>().into_iter().collect()
}

/// The pages of everything a report shows, in order of id.
pub(super) fn methods(report: &Report, catalog: &Catalog) -> Vec<MethodNote> {
    let mut ids: BTreeSet<(String, &str)> = BTreeSet::new();
    for metric in report.sections.iter().flat_map(|section| &section.outcome.metrics) {
        ids.insert((metric.id.clone(), "metric"));
    }
    for finding in report.sections.iter().flat_map(|section| &section.outcome.findings) {
        ids.insert((finding.id.clone(), "finding"));
    }
    for row in report.sections.iter().flat_map(|section| &section.outcome.status) {
        ids.insert((row.metric.id.clone(), "metric"));
    }
    let shown = report.sections.iter().flat_map(|section| &section.outcome.blocks);
    for block in report.headline.iter().chain(shown) {
        ids.extend(block_ids(block));
    }
    ids.extend(report.constants.iter().map(|constant| (constant.name.clone(), "constant")));
    let word = |(id, family): (String, &str)| match family {
        "constant" => constant_page(&id, catalog),
        family => page(family, &id, catalog),
    };
    ids.into_iter().map(word).collect()
}

fn block_ids(block: &Block) -> Vec<(String, &'static str)> {
    let metric = |metric: &Metric| (metric.id.clone(), "metric");
    match block {
        Block::Cards(metrics) => metrics.iter().map(metric).collect(),
        Block::Status(rows) => rows.iter().map(|row| metric(&row.metric)).collect(),
        Block::Findings(findings) => findings.iter().map(|f| (f.id.clone(), "finding")).collect(),
        _ => Vec::new(),
    }
}

fn page(family: &str, id: &str, catalog: &Catalog) -> MethodNote {
    let voice = Voice::new(catalog);
    let part = |part: &str| format!("{family}.{id}.{part}");
    MethodNote {
        id: id.to_owned(),
        name: voice.word(&part("name")),
        definition: voice.word(&part("definition")),
        formula: voice.maybe(&part("formula")),
        reading: voice.word(&part("reading")),
        conventions: voice.maybe(&part("conventions")),
        source: voice.maybe(&part("source")),
    }
}

fn issue_page(code: &str, catalog: &Catalog) -> MethodNote {
    let part = |part: &str| catalog.word(&format!("issue.{code}.{part}"));
    MethodNote {
        id: code.to_owned(),
        name: part("name"),
        definition: fill(&part("problem"), |_| Some("…".to_owned())),
        formula: String::new(),
        conventions: String::new(),
        source: String::new(),
        reading: format!("{} {}", part("reading"), part("hint")),
    }
}

fn constant_page(name: &str, catalog: &Catalog) -> MethodNote {
    MethodNote {
        id: name.to_owned(),
        name: catalog.word(&format!("constant.{name}.name")),
        definition: catalog.word(&format!("constant.{name}.definition")),
        formula: String::new(),
        reading: String::new(),
        conventions: String::new(),
        source: String::new(),
    }
}
