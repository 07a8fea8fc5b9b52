//! The analysis on made-up companies.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

use super::Defects;
use crate::analyses::quality::testing::{COLS, Company, FIRST, dataset, end_of};
use crate::analyses::{Analysis, Ask};
use crate::dataset::{Cell, TableBuilder};
use crate::records::{Col, Origin, TableKind};
use crate::report::{Assurance, Block, ChangeVerdict, Finding, Grade, Outcome, Value, Variation};
use crate::units::Day;

const STEPS: [&str; 5] = ["intake", "diagnosis", "repair", "billing", "delivery"];
const TEAMS: [&str; 4] = ["east", "north", "south", "west"];
const RATES: [f64; 5] = [0.008, 0.004, 0.012, 0.006, 0.008];

/// Twenty-four months of 1000 units a step and team, with a factor on the rate of each.
fn company(seed: u64, factor: impl Fn(usize, usize, i32) -> f64) -> Outcome {
    let mut company = Company::new(seed);
    for month in 0..24 {
        for (s, step) in STEPS.iter().enumerate() {
            for (t, team) in TEAMS.iter().enumerate() {
                let mean = 4000.0 * RATES[s] * factor(s, t, month);
                let defects = company.poisson(mean);
                company.row(FIRST.plus(month).first_day(), step, team, 1000, defects);
            }
        }
    }
    Defects.compute(&company.finish(end_of(24)), &Ask::default()).unwrap()
}

fn named(finding: &Finding, name: &str) -> Option<String> {
    match finding.message.args.get(name)? {
        Value::Text(text) => Some(text.clone()),
        Value::Month(month) => Some(month.to_string()),
        _ => None,
    }
}

fn of<'a>(outcome: &'a Outcome, id: &str) -> Vec<&'a Finding> {
    outcome.findings.iter().filter(|f| f.id == id).collect()
}

#[test]
fn a_rise_in_one_step_of_one_team_is_found_where_and_when_it_was_planted() {
    let mut found = 0;
    for seed in 0..40 {
        let outcome =
            company(seed, |s, t, month| if s == 4 && t == 1 && month >= 20 { 2.2 } else { 1.0 });
        let rises = of(&outcome, "defects.rise");
        let right = rises.len() == 1
            && named(rises[0], "step").as_deref() == Some("delivery")
            && named(rises[0], "team").as_deref() == Some("north")
            && ["2026-06", "2026-07", "2026-08"].contains(&&*named(rises[0], "month").unwrap());
        found += usize::from(right);
    }
    assert!(found >= 38, "{found} of 40");
}

#[test]
fn a_company_where_nothing_changed_is_told_so() {
    let mut alarms = 0;
    for seed in 1000..1040 {
        let outcome = company(seed, |_, _, _| 1.0);
        alarms += usize::from(outcome.findings.iter().any(|f| f.grade == Grade::Act));
    }
    assert!(alarms <= 1, "{alarms} of 40");
    assert_eq!(of(&company(7, |_, _, _| 1.0), "defects.stable").len(), 1);
}

#[test]
fn an_improved_step_is_named_for_all_teams_beside_a_rise_elsewhere() {
    let outcome = company(3, |s, t, month| match (s, t) {
        (2, _) if month >= 15 => 0.5,
        (0, 3) if month >= 19 => 2.3,
        _ => 1.0,
    });
    let (rises, falls) = (of(&outcome, "defects.rise"), of(&outcome, "defects.fall"));
    assert_eq!((rises.len(), falls.len()), (1, 1), "{:?}", outcome.findings);
    assert_eq!(named(rises[0], "team").as_deref(), Some("west"));
    assert_eq!(named(falls[0], "step").as_deref(), Some("repair"));
    assert_eq!(named(falls[0], "team"), None);
    assert_eq!(falls[0].grade, Grade::Good);
}

#[test]
fn work_shifting_to_a_difficult_step_is_no_rise() {
    let mut company = Company::new(5);
    for month in 0..24 {
        let hard = if month < 18 { 500 } else { 3000 };
        for (step, units, rate) in [("easy", 3000, 0.002), ("hard", hard, 0.02)] {
            let mean = f64::from(units) * 4.0 * rate;
            let defects = company.poisson(mean);
            company.row(FIRST.plus(month).first_day(), step, "east", units.into(), defects);
        }
    }
    let outcome = Defects.compute(&company.finish(end_of(24)), &Ask::default()).unwrap();
    assert!(outcome.findings.iter().all(|f| f.grade != Grade::Act), "{:?}", outcome.findings);
}

#[test]
fn figures_of_three_constructed_steps_are_the_published_ones() {
    let mut company = Company::new(0);
    let day = FIRST.first_day();
    let steps = [
        ("a intake", 1240, 5, 62, 55),
        ("b diagnosis", 1185, 8, 41, 40),
        ("c repair", 1180, 12, 96, 80),
    ];
    for (step, units, opportunities, defects, defective) in steps {
        let counts = [units, opportunities, defects, defective].map(Some);
        company.push(day, step, "east", counts);
    }
    let outcome = Defects.compute(&company.finish(end_of(1)), &Ask::default()).unwrap();
    let metric = |id: &str| {
        let metric = outcome.metrics.iter().find(|m| m.id == id).unwrap();
        metric.value.as_ref().and_then(Value::as_f64).unwrap()
    };
    let close = |got: f64, want: f64| assert!((got / want - 1.0).abs() < 1e-9, "{got} for {want}");
    close(metric("dpmo"), 6_668.900_804_289_544);
    close(metric("z_st"), 3.974_619_970_129_208);
    close(metric("rty"), 0.860_784_581_738_655);
    close(metric("normalized_yield"), 0.951_257_644_318_436_7);
    let Some(Block::Table(steps)) =
        outcome.blocks.iter().find(|b| matches!(b, Block::Table(t) if t.id == "defects.by_step"))
    else {
        panic!("no table by step")
    };
    let cell = |row: usize, col: &str| steps.value(row, col).and_then(Value::as_f64).unwrap();
    close(cell(0, "dpmo_low"), 7_675.295_726_036_732);
    close(cell(2, "z_st_high"), 4.043_023_151_735_418);
    close(cell(2, "rty"), 0.860_784_581_738_655);
}

#[test]
fn no_defects_give_a_bound_and_no_infinity() {
    let mut company = Company::new(0);
    company.push(FIRST.first_day(), "a", "b", [Some(50), Some(4), Some(0), Some(0)]);
    let outcome = Defects.compute(&company.finish(end_of(1)), &Ask::default()).unwrap();
    let sigma = outcome.metrics.iter().find(|m| m.id == "z_st").unwrap();
    assert_eq!(sigma.value, None);
    let interval = sigma.interval.as_ref().unwrap();
    let low = interval.low.as_ref().and_then(Value::as_f64).unwrap();
    assert!((low - 3.590_747_765_793_784).abs() < 1e-9 && interval.high.is_none());
}

#[test]
fn an_unfinished_month_is_shown_and_not_compared() {
    let mut company = Company::new(0);
    for month in 0..6 {
        company.row(FIRST.plus(month).first_day(), "a", "b", 1000, 30);
    }
    company.row(FIRST.plus(6).first_day(), "a", "b", 10, 9);
    let outcome = Defects
        .compute(&company.finish(FIRST.plus(6).first_day().plus(4)), &Ask::default())
        .unwrap();
    assert_eq!(outcome.metrics[0].period.to, FIRST.plus(5).last_day());
    assert!(outcome.findings.iter().all(|f| f.grade != Grade::Act));
}

#[test]
fn strange_records_are_survived() {
    let counts = [
        [None, None, None, None],
        [Some(0), Some(0), Some(0), Some(0)],
        [Some(i64::MAX), Some(i64::MAX), Some(i64::MAX), Some(i64::MAX)],
        [Some(1), Some(1), Some(9), Some(9)],
    ];
    for rows in [&counts[..1], &counts[1..2], &counts[2..3], &counts[3..], &counts[..]] {
        let mut company = Company::new(0);
        for (i, &row) in (0..).zip(rows) {
            company.push(FIRST.plus(i).first_day(), "a", "b", row);
        }
        let outcome = Defects.compute(&company.finish(end_of(9)), &Ask::default());
        let json = outcome.map(|o| serde_json::to_string(&o).unwrap()).unwrap_or_default();
        assert!(!json.contains("null,\"decimals\"") && !json.contains("NaN"));
    }
    let mut table = TableBuilder::new(TableKind::ServiceRecords, &COLS[..1]);
    table.push(Origin { source: 0, row: 1 }, &[Cell::Day(Day::from_number(20_000))]);
    let missing = Defects.compute(&dataset(table.finish(), end_of(24)), &Ask::default());
    assert_eq!(missing.unwrap_err().missing[0].col, Some(Col::Defects));
}

#[test]
fn parameters_are_checked() {
    let ask = |params| Ask { params, ..Ask::default() };
    assert!(Defects.check(&ask(serde_json::json!({"target_dpmo": 6210}))).is_ok());
    assert!(Defects.check(&ask(serde_json::json!({"target_dpmo": -1}))).is_err());
    assert!(Defects.check(&ask(serde_json::json!({"target": 1}))).is_err());
}

#[test]
fn the_board_has_a_row_for_every_step_and_the_charts_verdict() {
    let outcome = company(11, |s, _, month| if s == 2 && month >= 22 { 2.5 } else { 1.0 });
    let scopes: Vec<Option<String>> = (outcome.status.iter())
        .map(|row| match &row.scope {
            Some(Value::Text(text)) => Some(text.clone()),
            _ => None,
        })
        .collect();
    assert_eq!(scopes.len(), 3 + 2 * STEPS.len());
    assert_eq!(scopes[..3], [None, None, None]);
    let row = |step: &str| {
        let of = |row: &&crate::report::StatusRow| row.scope == Some(Value::Text(step.to_owned()));
        outcome.status.iter().find(of).unwrap()
    };
    assert_eq!(row("repair").variation, Variation::Concerning);
    assert_eq!(row("repair").change.as_ref().unwrap().verdict, ChangeVerdict::Worse);
    assert_eq!(row("diagnosis").variation, Variation::Common);
}

#[test]
fn a_target_is_judged_against_the_limits_of_the_chart() {
    let assured = |target: f64| {
        let mut company = Company::new(2);
        for month in 0..24 {
            let defects = company.poisson(32.0);
            company.row(FIRST.plus(month).first_day(), "a", "t", 1000, defects);
        }
        let ask = Ask { params: serde_json::json!({"target_dpmo": target}), ..Ask::default() };
        let outcome = Defects.compute(&company.finish(end_of(24)), &ask).unwrap();
        outcome.status[0].assurance
    };
    assert_eq!(assured(20_000.0), Assurance::Hit);
    assert_eq!(assured(8_000.0), Assurance::Random);
    assert_eq!(assured(1_000.0), Assurance::Miss);
}

#[test]
fn beyond_a_page_of_lines_each_breakdown_has_its_own_data_sheet() {
    let mut company = Company::new(11);
    let (months, steps, teams) = (24, 11, 20);
    for month in 0..months {
        for (step, team) in (0..steps).flat_map(|s| (0..teams).map(move |t| (s, t))) {
            let (step, team) = (format!("step {step:02}"), format!("team {team:02}"));
            let defects = company.poisson(3.0);
            company.row(FIRST.plus(month).first_day(), &step, &team, 100, defects);
        }
    }
    let outcome = Defects.compute(&company.finish(end_of(24)), &Ask::default()).unwrap();
    let sheets: Vec<(&str, usize)> =
        outcome.data.iter().map(|table| (table.id.as_str(), table.rows.len())).collect();
    let expected = [
        ("defects.cube_step", 24 * 11),
        ("defects.cube_team", 24 * 20),
        ("defects.by_step_month", 24 * 11),
    ];
    assert_eq!(sheets, expected);
    let last = Value::from(FIRST.plus(months - 1));
    for (column, sheet) in [("step", &outcome.data[0]), ("team", &outcome.data[1])] {
        let table = outcome.blocks.iter().find_map(|block| match block {
            Block::Table(table) if table.id == format!("defects.by_{column}") => Some(table),
            _ => None,
        });
        let table = table.unwrap();
        assert!(table.rows.len() > 10);
        for at in 0..table.rows.len() {
            let formula = serde_json::to_string(&table.rows[at].cells[3].formula).unwrap();
            assert!(formula.contains(&sheet.id), "{formula}");
            let is_own = |line: &usize| {
                sheet.value(*line, column) == table.value(at, column)
                    && sheet.value(*line, "month") == Some(&last)
            };
            let own = (0..sheet.rows.len()).filter(is_own);
            let sum: f64 = own.filter_map(|line| sheet.value(line, "defects")?.as_f64()).sum();
            assert_eq!(table.value(at, "defects").and_then(Value::as_f64), Some(sum));
        }
    }
}
