//! The outline of an edition.

use super::Catalog;
use super::explain::methods;
use super::voice::Voice;
use crate::records::groups;
use crate::report::edition::{self, Edition};
use crate::report::{Missing, Report, Section, Skipped};

/// Digits of the settings' hash shown on the page; the whole stands in the JSON.
const HASH_SHOWN: usize = 12;

/// The edition of a report in the catalog's language.
#[must_use]
pub fn edition(report: &Report, catalog: &Catalog) -> Edition {
    let voice = Voice { catalog, currency: report.currency.as_deref() };
    // A user's own report definition has no words here: it goes by its id.
    let title = catalog.get(&format!("report.{}.title", report.id)).unwrap_or(&report.id);
    Edition {
        lang: catalog.lang,
        html_lang: catalog.lang.html().to_owned(),
        id: report.id.clone(),
        layout: report.layout,
        title: title.to_owned(),
        subtitle: voice.maybe(&format!("report.{}.subtitle", report.id)),
        period: voice.period(report.period),
        as_of: voice.day(report.as_of),
        as_of_day: Some(report.as_of),
        headline: voice.blocks(&report.headline),
        sections: report.sections.iter().map(|section| voice.section(section)).collect(),
        skipped: report.skipped.iter().map(|skipped| voice.skipped(skipped)).collect(),
        account: voice.account(&report.account),
        account_line: voice.account_line(&report.account),
        issues: groups(&report.issues).iter().filter_map(|group| voice.problem(group)).collect(),
        methods: methods(report, catalog),
        constants: voice.constants(report),
        inputs: voice.inputs(&report.provenance.inputs, &report.issues),
        reading: voice.reading(&report.provenance.reading),
        provenance: voice.provenance(report),
        ui: interface(catalog),
    }
}

impl Voice<'_> {
    fn section(&self, section: &Section) -> edition::Section {
        let outcome = &section.outcome;
        edition::Section {
            id: section.analysis.clone(),
            title: self.word(&format!("{}.title", section.analysis)),
            findings: outcome.findings.iter().map(|finding| self.finding(finding)).collect(),
            metrics: outcome.metrics.iter().map(|metric| self.metric(metric)).collect(),
            blocks: self.blocks(&outcome.blocks),
            data: outcome.data.iter().map(|table| self.data(table)).collect(),
        }
    }

    fn skipped(&self, skipped: &Skipped) -> String {
        let analysis = self.word(&format!("{}.title", skipped.analysis));
        if let (true, Some(reason)) = (skipped.missing.is_empty(), &skipped.reason) {
            let args = [("analysis", analysis), ("why", self.say(reason))];
            return self.fill("skipped.reason", &args);
        }
        let what = self.list(skipped.missing.iter().map(|missing| self.missing(missing)));
        let what = if what.is_empty() { self.word("skipped.unknown") } else { what };
        self.fill("skipped.line", &[("analysis", analysis), ("what", what)])
    }

    fn missing(&self, missing: &Missing) -> String {
        let table = self.word(&format!("table.{}", missing.table.name()));
        match missing.col {
            None => self.fill("skipped.table", &[("table", table)]),
            Some(col) => {
                let column = self.word(&format!("col.{}", col.name()));
                self.fill("skipped.column", &[("column", column), ("table", table)])
            }
        }
    }

    fn constants(&self, report: &Report) -> Vec<edition::Constant> {
        let constant = |constant: &crate::report::Constant| edition::Constant {
            name: constant.name.clone(),
            meaning: self.word(&format!("constant.{}.definition", constant.name)),
            value: constant.value,
        };
        report.constants.iter().map(constant).collect()
    }

    fn provenance(&self, report: &Report) -> String {
        let settings = report.provenance.settings.chars().take(HASH_SHOWN).collect();
        let version = report.provenance.version.clone();
        self.fill("provenance.line", &[("version", version), ("settings", settings)])
    }
}

/// The words of page and workbook themselves.
pub(super) fn interface(catalog: &Catalog) -> std::collections::BTreeMap<String, String> {
    let ui = |key: &str| Some((key.strip_prefix("ui.")?.to_owned(), catalog.word(key)));
    catalog.keys().filter_map(ui).collect()
}
