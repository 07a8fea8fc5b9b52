//! Metrics, findings and the status board in words.

use super::format::Digits;
use super::voice::Voice;
use crate::report::edition;
use crate::report::{
    Assurance, Change, ChangeVerdict, Finding, Grade, Interval, Metric, StatusRow, Value, Variation,
};

impl Voice<'_> {
    pub(super) fn metric(&self, metric: &Metric) -> edition::Metric {
        let (low, high) = metric.interval.as_ref().map_or((None, None), ends);
        let digits = Digits::of([metric.value.as_ref(), low, high].into_iter().flatten());
        let digits = digits.within(low, high);
        let show = |value: &Value| self.show(value, digits);
        edition::Metric {
            id: metric.id.clone(),
            name: self.word(&format!("metric.{}.name", metric.id)),
            value: metric.value.as_ref().map_or_else(|| self.option(None), show),
            interval: metric
                .interval
                .as_ref()
                .map(|i| self.interval(i, digits))
                .unwrap_or_default(),
            n: self.fill("format.n", &[("n", self.value(&Value::count(metric.n)))]),
            period: self.period(metric.period),
            target: metric.target.as_ref().map(|value| self.value(value)).unwrap_or_default(),
            direction: metric.direction,
            method: self.method(&metric.method),
            raw: metric.value.clone(),
            raw_low: low.cloned(),
            raw_high: high.cloned(),
            raw_target: metric.target.clone(),
            raw_n: metric.n,
        }
    }

    fn method(&self, key: &str) -> String {
        if key.is_empty() { String::new() } else { self.word(key) }
    }

    fn interval(&self, interval: &Interval, digits: Digits) -> String {
        let show = |value: &Value| self.show(value, digits);
        match (interval.low.as_ref().map(show), interval.high.as_ref().map(show)) {
            (Some(low), Some(high)) => {
                let level = super::format::number(interval.level * 100.0, 1);
                let level = level.trim_end_matches(".0").to_owned() + "%";
                self.fill("format.interval", &[("level", level), ("low", low), ("high", high)])
            }
            (Some(low), None) => self.fill("format.at_least", &[("low", low)]),
            (None, Some(high)) => self.fill("format.at_most", &[("high", high)]),
            (None, None) => String::new(),
        }
    }

    pub(super) fn finding(&self, finding: &Finding) -> edition::Finding {
        edition::Finding {
            id: finding.id.clone(),
            grade: finding.grade,
            grade_label: self.word(grade_key(finding.grade)),
            message: self.say(&finding.message),
            advice: self.say(&finding.advice),
            money: finding.money.map(|m| self.value(&Value::Money(m))).unwrap_or_default(),
            money_label: self.maybe(&format!("finding.{}.money", finding.id)),
        }
    }

    pub(super) fn status_row(&self, row: &StatusRow) -> edition::StatusRow {
        edition::StatusRow {
            metric: self.scoped(row),
            change: row.change.as_ref().map(|change| self.change(change)).unwrap_or_default(),
            verdict: row.change.as_ref().map(|change| change.verdict),
            spark: row.spark.clone(),
            variation: row.variation,
            variation_label: self.word(variation_key(row.variation)),
            assurance: row.assurance,
            assurance_label: self.word(assurance_key(row.assurance)),
        }
    }

    /// The metric of a row, named with what it is of.
    fn scoped(&self, row: &StatusRow) -> edition::Metric {
        let metric = self.metric(&row.metric);
        let Some(scope) = &row.scope else { return metric };
        let args = [("label", self.value(scope)), ("value", metric.name)];
        edition::Metric { name: self.fill("format.colon", &args), ..metric }
    }

    fn change(&self, change: &Change) -> String {
        let verdict = self.word(verdict_key(change.verdict));
        match &change.value {
            None => verdict,
            Some(value) => {
                let args = [("value", self.signed(value)), ("verdict", verdict)];
                self.with_interval(self.fill("format.change", &args), change.interval.as_ref())
            }
        }
    }

    /// A difference with its interval, where both ends are known.
    fn with_interval(&self, change: String, interval: Option<&Interval>) -> String {
        let Some((Some(low), Some(high))) = interval.map(ends) else { return change };
        let range = [("low", self.signed(low)), ("high", self.signed(high))];
        let range = self.fill("format.range", &range);
        self.fill("format.change_range", &[("change", change), ("range", range)])
    }
}

const fn ends(interval: &Interval) -> (Option<&Value>, Option<&Value>) {
    (interval.low.as_ref(), interval.high.as_ref())
}

const fn grade_key(grade: Grade) -> &'static str {
    match grade {
        Grade::Act => "grade.act",
        Grade::Watch => "grade.watch",
        Grade::Good => "grade.good",
    }
}

const fn verdict_key(verdict: ChangeVerdict) -> &'static str {
    match verdict {
        ChangeVerdict::Better => "verdict.better",
        ChangeVerdict::Worse => "verdict.worse",
        ChangeVerdict::NoEvidence => "verdict.no_evidence",
        ChangeVerdict::NotComparable => "verdict.not_comparable",
    }
}

const fn variation_key(variation: Variation) -> &'static str {
    match variation {
        Variation::Common => "variation.common",
        Variation::Improving => "variation.improving",
        Variation::Concerning => "variation.concerning",
        Variation::Unknown => "variation.unknown",
    }
}

const fn assurance_key(assurance: Assurance) -> &'static str {
    match assurance {
        Assurance::Hit => "assurance.hit",
        Assurance::Miss => "assurance.miss",
        Assurance::Random => "assurance.random",
        Assurance::Unknown => "assurance.unknown",
    }
}
