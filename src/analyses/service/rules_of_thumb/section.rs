//! Each rule beside the company's own figure.

use super::compute::{Group, Own, Rules, Silent, Voice};
use super::params::Params;
use crate::analyses::analysis::Ask;
use crate::report::{
    Block, Cell, Check, CheckState, Column, Direction, Expr, Format, Func, Interval, Message,
    Metric, Missing, Outcome, Row, Table, Tone, Value,
};
use crate::stats::interval::Bounds;
use crate::stats::special::normal;
use crate::units::Money;

const INPUTS: &str = "rules_of_thumb.inputs";

/// The outcome: cards, the rules, what is missing, and how sigma levels are meant.
pub(super) fn outcome(rules: &Rules, params: &Params, ask: &Ask) -> Outcome {
    let metrics = metrics(rules, ask.confidence);
    let mut blocks = vec![note(Tone::Caution, Message::new("rules_of_thumb.note.rule"))];
    if !metrics.is_empty() {
        blocks.push(Block::Cards(metrics.clone()));
    }
    let (figures, inputs) = figures(rules);
    if !figures.rows.is_empty() {
        blocks.push(Block::Table(figures));
    }
    blocks.extend(rules.voice.iter().filter_map(impressions));
    blocks.extend(rules.silent.iter().flatten().map(|silent| assumption(silent, params)));
    blocks.extend(checklist(rules));
    blocks.push(Block::Heading(Message::new("rules_of_thumb.heading.sigma")));
    blocks.push(Block::Table(sigma()));
    blocks.push(note(Tone::Plain, Message::new("rules_of_thumb.note.elsewhere")));
    let data = if inputs.rows.is_empty() { Vec::new() } else { vec![inputs] };
    Outcome { metrics, findings: Vec::new(), status: Vec::new(), blocks, data }
}

fn note(tone: Tone, text: Message) -> Block {
    Block::Note { tone, text }
}

fn column(id: &str, format: Format) -> Column {
    Column::of("rules_of_thumb", id, format)
}

fn number(x: f64) -> Option<Value> {
    Value::number(x, if x.abs() < 10.0 { 2 } else { 1 })
}

fn metrics(rules: &Rules, level: f64) -> Vec<Metric> {
    let interval = |bounds: Option<Bounds>, value: fn(f64) -> Option<Value>| {
        bounds.map(|b| Interval { low: value(b.low), high: value(b.high), level })
    };
    let metric = |id: &str, value, interval, n, direction| Metric {
        id: id.to_owned(),
        value,
        interval,
        n,
        period: rules.period,
        target: None,
        direction,
        method: format!("rules_of_thumb.method.{id}"),
    };
    let mut out = Vec::new();
    if let Ok(own) = &rules.acquire {
        let ends = interval(own.bounds, number);
        out.push(metric("acquire_to_keep", number(own.ratio), ends, own.gained, Direction::Lower));
    }
    if let Ok(own) = &rules.voice {
        let (n, ends) = (own.all.good + own.all.bad, interval(own.bounds, number));
        let ratio = own.ratio.and_then(number);
        out.push(metric("good_per_bad", ratio, ends, n, Direction::Higher));
        let debt = Some(Value::count(own.all.debt()));
        out.push(metric("repair_debt", debt, None, n, Direction::Lower));
    }
    if let Ok(own) = &rules.referral {
        let ends = interval(own.bounds, Value::share);
        let rate = Value::share(own.rate);
        out.push(metric("referral_rate", rate, ends, own.satisfied, Direction::Higher));
    }
    if let Some(Ok(own)) = &rules.silent {
        let (silent, n) = (Some(Value::count(own.assumed)), own.complainers);
        out.push(metric("silent_dissatisfied", silent, None, n, Direction::Lower));
        let at_risk = own.at_risk.map(Value::from);
        out.push(metric("value_at_risk", at_risk, None, n, Direction::Lower));
    }
    out
}

/// The rules beside the figures, and the counts and sums these stand on.
fn figures(rules: &Rules) -> (Table, Table) {
    let (mut rows, mut inputs) = (Vec::new(), Vec::new());
    let mut input = |name: &str, value: f64| {
        let label = Value::from(Message::new(format!("rules_of_thumb.input.{name}")));
        inputs.push(Row::from(vec![Cell::from(label), Cell::from(Value::number(value, 0))]));
        Expr::at(INPUTS, "value", inputs.len() - 1)
    };
    if let Ok(own) = &rules.acquire {
        let new = input("marketing", own.marketing.to_units()) / input("gained", count(own.gained));
        let keep = input("serving", own.serving.to_units()) / input("kept", count(own.kept));
        rows.push(rule("acquire", own.ratio, new / keep, own.bounds, (5.0, 7.0), own.gained));
    }
    if let (Ok(own), Some(ratio)) = (&rules.voice, rules.voice.as_ref().ok().and_then(|v| v.ratio))
    {
        let by = input("good", count(own.all.good)) / input("bad", count(own.all.bad));
        rows.push(rule("voice", ratio, by, own.bounds, (12.0, 12.0), own.all.good + own.all.bad));
    }
    if let Ok(own) = &rules.referral {
        let by = Expr::from(100.0) * input("referrals", count(own.leads))
            / input("satisfied", count(own.satisfied));
        let ends = own.bounds.map(|b| Bounds { low: 100.0 * b.low, high: 100.0 * b.high });
        rows.push(rule("referral", 100.0 * own.rate, by, ends, (15.0, 15.0), own.satisfied));
    }
    let columns = vec![
        column("rule", Format::Text),
        column("own", Format::Number(2)),
        column("low", Format::Number(2)),
        column("high", Format::Number(2)),
        column("rule_low", Format::Number(0)),
        column("rule_high", Format::Number(0)),
        column("n", Format::Count),
    ];
    let inputs_columns = vec![column("what", Format::Text), column("value", Format::Number(0))];
    let note = Some(Message::new("rules_of_thumb.note.figures"));
    (table("figures", columns, rows, note), table("inputs", inputs_columns, inputs, None))
}

#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
const fn count(n: u64) -> f64 {
    n as f64
}

fn rule(name: &str, own: f64, by: Expr, bounds: Option<Bounds>, rule: (f64, f64), n: u64) -> Row {
    let cell = |x: Option<f64>| Cell::from(x.and_then(|x| Value::number(x, 2)));
    Row::from(vec![
        Cell::from(Value::from(Message::new(format!("rules_of_thumb.rule.{name}")))),
        cell(Some(own)).by(by),
        cell(bounds.map(|b| b.low)),
        cell(bounds.map(|b| b.high)),
        Cell::from(Value::number(rule.0, 0)),
        Cell::from(Value::number(rule.1, 0)),
        n.into(),
    ])
}

fn table(id: &str, columns: Vec<Column>, rows: Vec<Row>, note: Option<Message>) -> Table {
    Table {
        id: format!("rules_of_thumb.{id}"),
        title: Message::new(format!("rules_of_thumb.table.{id}")),
        columns,
        rows,
        note,
        top: None,
    }
}

/// Good and bad impressions by segment, and the debt of each.
fn impressions(voice: &Voice) -> Option<Block> {
    let columns = vec![
        column("segment", Format::Text),
        column("good", Format::Count),
        column("bad", Format::Count),
        column("debt", Format::Count),
    ];
    let debt = || {
        let owed =
            Expr::from(count(super::compute::GOOD_PER_BAD)) * Expr::own("bad") - Expr::own("good");
        Expr::call(Func::Max, [0.0.into(), owed])
    };
    let row = |group: &Group| {
        let unnamed = || Value::from(Message::new("rules_of_thumb.unnamed"));
        let name = group.name.clone().map_or_else(unnamed, Value::Text);
        let owed = Cell::from(Value::count(group.debt())).by(debt());
        Row::from(vec![Cell::from(name), group.good.into(), group.bad.into(), owed])
    };
    let rows: Vec<Row> = voice.groups.iter().map(row).collect();
    let scale = Message::new(voice.scale.key());
    let note = Message::new("rules_of_thumb.note.scale").arg("scale", scale);
    let found = table("impressions", columns, rows, Some(note));
    (!voice.groups.is_empty()).then_some(Block::Table(found))
}

/// What the extrapolation assumes, with every number it stands on.
fn assumption(silent: &Silent, params: &Params) -> Block {
    let key = match (silent.margin, silent.customers) {
        (Some(_), Some(all)) if silent.affected > all => "rules_of_thumb.note.silent_more",
        (Some(_), Some(_)) => "rules_of_thumb.note.silent",
        _ => "rules_of_thumb.note.silent_margin",
    };
    let base = if silent.told_apart { "complaints" } else { "all" };
    let text = Message::new(key)
        .arg("base", Message::new(format!("rules_of_thumb.base.{base}")))
        .arg("complainers", Value::count(silent.complainers))
        .arg("silent", Value::count(silent.assumed))
        .arg("per", Value::count(params.silent))
        .arg("affected", Value::count(silent.affected))
        .arg("customers", Value::count(silent.customers.unwrap_or(0)))
        .arg("margin", silent.margin.unwrap_or(Money::ZERO));
    note(Tone::Caution, text)
}

/// A line for each rule: computed, switched off, or what it misses.
fn checklist(rules: &Rules) -> Option<Block> {
    let mut checks: Vec<Check> = [
        absent("acquire", &rules.acquire),
        absent("voice", &rules.voice),
        absent("referral", &rules.referral),
        rules.silent.as_ref().and_then(|own| absent("silent", own)),
    ]
    .into_iter()
    .flatten()
    .collect();
    if rules.silent.is_none() {
        checks.push(Check {
            label: Message::new("rules_of_thumb.rule.silent"),
            state: CheckState::NotComputable,
            detail: Message::new("rules_of_thumb.switched_off"),
        });
    }
    (!checks.is_empty()).then_some(Block::Checklist(checks))
}

fn absent<T>(name: &str, own: &Own<T>) -> Option<Check> {
    let first: &Missing = own.as_ref().err()?.first()?;
    let table = Message::new(format!("table.{}", first.table.name()));
    let detail = match first.col {
        None => Message::new("rules_of_thumb.missing_table").arg("table", table),
        Some(col) => Message::new("rules_of_thumb.missing_column")
            .arg("column", Message::new(format!("col.{}", col.name())))
            .arg("table", table),
    };
    let label = Message::new(format!("rules_of_thumb.rule.{name}"));
    Some(Check { label, state: CheckState::NotComputable, detail })
}

/// The two sigma levels everybody quotes, each with its convention: they do not belong together.
fn sigma() -> Table {
    let tail = |z: f64| Expr::call(Func::NormSDist, [Expr::from(-z)]);
    let row = |name: &str, outside: f64, by: Expr| {
        Row::from(vec![
            Cell::from(Value::from(Message::new(format!("rules_of_thumb.sigma.{name}")))),
            Cell::from(Value::from(Message::new(format!("rules_of_thumb.convention.{name}")))),
            Cell::from(Value::number(100.0 * (1.0 - outside), 5))
                .by(Expr::from(100.0) * (Expr::from(1.0) - by.clone())),
            Cell::from(Value::number(1e6 * outside, 1)).by(Expr::from(1e6) * by),
        ])
    };
    let rows = vec![
        row("three", 2.0 * normal::cdf(-3.0), Expr::from(2.0) * tail(3.0)),
        row("six", normal::cdf(-4.5), tail(4.5)),
    ];
    let columns = vec![
        column("level", Format::Text),
        column("convention", Format::Text),
        column("inside", Format::Number(5)),
        column("outside", Format::Number(1)),
    ];
    table("sigma", columns, rows, Some(Message::new("rules_of_thumb.note.sigma")))
}
