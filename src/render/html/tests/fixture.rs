//! An edition with every kind of block, in each language, for tests and for looking at.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::i18n::Catalog;
use crate::report::edition::{
    Block, Cell, Chart, Check, Column, Constant, Edition, Finding, Issue, Lang, Mark, MethodNote,
    Metric, Row, Section, Series, StatusRow, Table,
};
use crate::report::{
    Assurance, ChangeVerdict, ChartKind, CheckState, Direction, Emphasis, Format, Grade, Layout,
    MarkKind, Role, Tone, Value, Variation,
};
use crate::units::Month;

/// The words of the fixture in one language.
#[derive(Deserialize)]
pub(super) struct Words {
    say: BTreeMap<String, String>,
}

impl Words {
    fn of(lang: Lang) -> Self {
        let text = match lang {
            Lang::En => include_str!("words/en.json"),
            Lang::ZhHant => include_str!("words/zh-Hant.json"),
            Lang::ZhHans => include_str!("words/zh-Hans.json"),
        };
        serde_json::from_str(text).unwrap()
    }

    fn say(&self, key: &str) -> String {
        self.say.get(key).cloned().unwrap_or_else(|| panic!("no fixture word {key}"))
    }

    fn metric(&self, id: &str, value: &str, interval: &str, direction: Direction) -> Metric {
        Metric {
            id: id.to_owned(),
            name: self.say(id),
            value: value.to_owned(),
            interval: format!("{} {interval}", self.say("ci")),
            n: "n = 12,396".to_owned(),
            period: self.say("period"),
            target: if id == "sigma" { String::new() } else { "98.5 %".to_owned() },
            direction,
            method: self.say("method"),
            raw: None,
            raw_low: None,
            raw_high: None,
            raw_target: None,
            raw_n: 12_396,
        }
    }

    fn metrics(&self) -> Vec<Metric> {
        vec![
            self.metric("yield", "96.6 %", "96.2 – 96.9 %", Direction::Higher),
            self.metric("dpmo", "4,812", "4,402 – 5,251", Direction::Lower),
            self.metric("sigma", "4.09", "4.06 – 4.12", Direction::Neutral),
        ]
    }

    fn findings(&self) -> Vec<Finding> {
        let grades = [("act", Grade::Act), ("watch", Grade::Watch), ("good", Grade::Good)];
        let finding = |(key, grade): (&str, Grade)| Finding {
            id: format!("defects.{key}"),
            grade,
            grade_label: self.say(key),
            message: self.say(&format!("finding.{key}")),
            advice: self.say(&format!("advice.{key}")),
            money: if grade == Grade::Act { self.say("money") } else { String::new() },
            money_label: self.say("column.cost"),
        };
        grades.into_iter().map(finding).collect()
    }

    fn status(&self) -> Vec<StatusRow> {
        let states = [
            ("worse", ChangeVerdict::Worse, Variation::Concerning, Assurance::Miss),
            ("none", ChangeVerdict::NoEvidence, Variation::Common, Assurance::Random),
            ("better", ChangeVerdict::Better, Variation::Improving, Assurance::Hit),
        ];
        let row = |(metric, (change, verdict, variation, assurance)): (Metric, (&str, _, _, _))| {
            StatusRow {
                metric,
                change: self.say(&format!("change.{change}")),
                verdict: Some(verdict),
                spark: (0..12).map(|i| (i != 4).then_some(f64::from(i * 7 % 5))).collect(),
                variation,
                variation_label: self.say(match variation {
                    Variation::Concerning => "concerning",
                    Variation::Improving => "improving",
                    _ => "common",
                }),
                assurance,
                assurance_label: self.say(match assurance {
                    Assurance::Miss => "miss",
                    Assurance::Hit => "hit",
                    _ => "random",
                }),
            }
        };
        self.metrics().into_iter().zip(states).map(row).collect()
    }

    fn columns(&self, columns: &[(&str, Format)]) -> Vec<Column> {
        let column = |&(id, format): &(&str, Format)| Column {
            id: id.to_owned(),
            header: self.say(&format!("column.{id}")),
            format,
        };
        columns.iter().map(column).collect()
    }

    /// Teams, one of them named by someone who tries to run a script.
    fn teams(&self) -> Table {
        let mut rows: Vec<Row> = (1..=24).map(|team| self.team(team)).collect();
        rows[1].cells[0] = text("<script>alert(1)</script>");
        rows[3].emphasis = Some(Emphasis::Bad);
        rows[5].emphasis = Some(Emphasis::Good);
        rows[7].emphasis = Some(Emphasis::Muted);
        rows[7].cells[3] = text("–");
        let mut total = self.team(99);
        total.cells[0] = text(&self.say("total"));
        total.emphasis = Some(Emphasis::Total);
        rows.push(total);
        Table {
            id: "defects.by_team".to_owned(),
            title: self.say("table"),
            columns: self.columns(&[
                ("team", Format::Text),
                ("units", Format::Count),
                ("defects", Format::Count),
                ("rate", Format::Share),
                ("low", Format::Share),
                ("high", Format::Share),
                ("cost", Format::Money),
            ]),
            rows,
            note: Some(self.say("table.note")),
            top: Some(10),
        }
    }

    fn team(&self, team: i64) -> Row {
        let units = 400 + team * 37 % 211;
        let defects = 5 + team * 13 % 17;
        row([
            text(&format!("{} {team}", self.say("team"))),
            count(units),
            count(defects),
            share(ratio(defects, units)),
            share(ratio(defects, units) * 0.6),
            share(ratio(defects, units) * 1.6),
            count(defects * 1_250),
        ])
    }

    fn chart(&self) -> Chart {
        let months: Vec<Row> = (0..24i32).map(|i| self.month(i)).collect();
        let table = Table {
            id: "control.rework".to_owned(),
            title: self.say("chart"),
            columns: self.columns(&[
                ("month", Format::Month),
                ("rate", Format::Share),
                ("center", Format::Share),
                ("upper", Format::Share),
                ("lower", Format::Share),
                ("signal", Format::Text),
            ]),
            rows: months,
            ..Table::default()
        };
        let series = [
            ("rate", Role::Value),
            ("center", Role::Center),
            ("upper", Role::Limit),
            ("lower", Role::Limit),
        ];
        let series = series.map(|(column, role)| Series {
            column: column.to_owned(),
            label: self.say(&format!("column.{column}")),
            role,
        });
        Chart {
            id: "control.rework".to_owned(),
            kind: ChartKind::Control,
            title: self.say("chart"),
            describe: self.say("chart.describe"),
            x_label: self.say("column.month"),
            y_label: self.say("chart.y"),
            table,
            x: "month".to_owned(),
            series: series.into(),
            signal: Some("signal".to_owned()),
            point_label: None,
            marks: vec![Mark { row: 14, kind: MarkKind::BaselineEnd, label: self.say("mark") }],
            references: Vec::new(),
            no_data: self.say("no_data"),
        }
    }

    fn month(&self, i: i32) -> Row {
        let rate = 0.018 + f64::from(i * 7 % 5 - 2) * 0.002 + if i > 20 { 0.014 } else { 0.0 };
        let month = Month::from_number(2024 * 12 + 10 + i);
        let name = format!("{}-{:02}", 2024 + (10 + i) / 12, (10 + i) % 12 + 1);
        row([
            Cell { text: name, value: Some(Value::Month(month)), formula: None },
            share(rate),
            share(0.018),
            share(0.0265),
            share(0.0095),
            if i > 20 { text(&self.say("signal")) } else { Cell::default() },
        ])
    }

    fn checks(&self) -> Vec<Check> {
        let checks = [
            ("data", "pass", CheckState::Pass),
            ("normal", "warn", CheckState::Warn),
            ("stable", "fail", CheckState::Fail),
            ("msa", "not_computable", CheckState::NotComputable),
        ];
        let check = |(id, label, state): (&str, &str, CheckState)| Check {
            label: self.say(&format!("check.{id}")),
            state,
            state_label: self.say(label),
            detail: self.say(&format!("check.{id}.why")),
        };
        checks.into_iter().map(check).collect()
    }

    fn note(&self, tone: Tone) -> Block {
        let key = if tone == Tone::Caution { "note.caution" } else { "note" };
        Block::Note { tone, text: self.say(key) }
    }

    fn sections(&self) -> Vec<Section> {
        let defects = vec![
            Block::Cards(self.metrics()),
            self.note(Tone::Plain),
            Block::Heading(self.say("heading")),
            Block::Table(self.teams()),
            self.note(Tone::Caution),
        ];
        let beside = Chart { id: "beside".to_owned(), ..self.chart() };
        let beside = Block::Panels(vec![beside]);
        let checks = Block::Checklist(self.checks());
        let control = vec![Block::Chart(Box::new(self.chart())), beside, checks];
        let section = |(id, findings, blocks): (&str, Vec<Finding>, Vec<Block>)| Section {
            id: id.to_owned(),
            title: self.say(&format!("section.{id}")),
            findings,
            metrics: Vec::new(),
            blocks,
            data: Vec::new(),
        };
        let sections = [("defects", self.findings(), defects), ("control", Vec::new(), control)];
        sections.into_iter().map(section).collect()
    }

    fn issues(&self) -> Vec<Issue> {
        let issue = |i: u64| Issue {
            code: "E204".to_owned(),
            severity: self.say("error"),
            file: "cases.xlsx".to_owned(),
            sheet: "2026-10".to_owned(),
            cell: format!("D{}", i + 17),
            column: String::new(),
            also: String::new(),
            value: "2026/13/05".to_owned(),
            problem: self.say("issue.problem"),
            expected: self.say("issue.expected"),
            hint: self.say("issue.hint"),
            rows: i,
        };
        (1..=12).map(issue).collect()
    }

    fn methods(&self) -> Vec<MethodNote> {
        let dpmo = MethodNote {
            id: "dpmo".to_owned(),
            name: self.say("dpmo"),
            definition: self.say("dpmo.definition"),
            formula: self.say("dpmo.formula"),
            source: self.say("dpmo.source"),
            reading: self.say("dpmo.reading"),
            conventions: self.say("dpmo.conventions"),
        };
        let sigma = MethodNote {
            id: "sigma".to_owned(),
            name: self.say("sigma"),
            definition: self.say("sigma.definition"),
            formula: String::new(),
            ..dpmo.clone()
        };
        vec![dpmo, sigma]
    }

    fn account(&self) -> Table {
        Table {
            id: "account".to_owned(),
            title: self.say("account"),
            columns: self.columns(&[
                ("file", Format::Text),
                ("sheet", Format::Text),
                ("seen", Format::Count),
                ("used", Format::Count),
                ("rejected", Format::Count),
            ]),
            rows: vec![row([
                text("cases.xlsx"),
                text("2026-10"),
                count(4_120),
                count(4_097),
                count(23),
            ])],
            ..Table::default()
        }
    }

    fn inputs(&self) -> Table {
        let hash = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
        let sha256 =
            Column { id: "sha256".to_owned(), header: "SHA-256".to_owned(), format: Format::Text };
        let mut columns = self.columns(&[("file", Format::Text), ("bytes", Format::Count)]);
        columns.push(sha256);
        Table {
            id: "inputs".to_owned(),
            title: self.say("inputs"),
            columns,
            rows: vec![row([text("cases.xlsx"), count(184_221), text(hash)])],
            ..Table::default()
        }
    }
}

/// The words of the interface, as reports get them.
fn interface(lang: Lang) -> BTreeMap<String, String> {
    let catalog = Catalog::new(lang, []).unwrap();
    let ui = |key: &str| Some((key.strip_prefix("ui.")?.to_owned(), catalog.get(key)?.to_owned()));
    catalog.keys().filter_map(ui).collect()
}

/// The edition.
pub(super) fn edition(lang: Lang) -> Edition {
    let words = Words::of(lang);
    Edition {
        lang,
        html_lang: lang.html().to_owned(),
        id: "monthly-sigma".to_owned(),
        layout: Layout::Full,
        title: words.say("title"),
        subtitle: words.say("subtitle"),
        period: words.say("period"),
        as_of: words.say("as_of"),
        as_of_day: None,
        headline: vec![Block::Status(words.status()), Block::Findings(words.findings())],
        sections: words.sections(),
        skipped: vec![words.say("skipped")],
        account: words.account(),
        account_line: words.say("account_line"),
        issues: words.issues(),
        methods: words.methods(),
        constants: vec![Constant {
            name: "sigma_shift".to_owned(),
            meaning: words.say("shift"),
            value: 1.5,
        }],
        inputs: words.inputs(),
        reading: Table::default(),
        provenance: words.say("provenance"),
        ui: interface(lang),
    }
}

fn row(cells: impl IntoIterator<Item = Cell>) -> Row {
    Row { cells: cells.into_iter().collect(), emphasis: None }
}

fn text(text: &str) -> Cell {
    Cell { text: text.to_owned(), value: Some(Value::from(text)), formula: None }
}

fn count(n: i64) -> Cell {
    Cell { text: n.to_string(), value: Some(Value::from(n)), formula: None }
}

fn share(share: f64) -> Cell {
    Cell { text: format!("{:.1} %", share * 100.0), value: Value::share(share), formula: None }
}

#[expect(clippy::cast_precision_loss, reason = "small counts of a fixture")]
fn ratio(part: i64, whole: i64) -> f64 {
    part as f64 / whole as f64
}
