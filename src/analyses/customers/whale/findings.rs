//! What the curve says.

use super::compute::{Segment, Whale};
use super::params::Params;
use crate::report::{Finding, Grade, Message, Value};
use crate::units::Money;

/// Fewer customers than this make no curve worth a sentence.
const LEAST_CUSTOMERS: usize = 20;
/// Share of profit of the best fifth from which a company leans on few customers.
const CONCENTRATED: f64 = 0.8;

/// The findings, the gravest first.
pub(super) fn findings(whale: &Whale, params: &Params) -> Vec<Finding> {
    let mut findings: Vec<Finding> = whale
        .segments
        .iter()
        .rev()
        .filter(|segment| is_loss_group(segment, whale, params))
        .filter_map(loss_group)
        .collect();
    findings.extend(loss_makers(whale));
    findings.extend(concentration(whale));
    findings
}

/// A group that is not a handful and loses more than a rounding of the profit.
fn is_loss_group(segment: &Segment, whale: &Whale, params: &Params) -> bool {
    let part = (-segment.net()).share_of(whale.gained).unwrap_or(f64::INFINITY);
    let loses = segment.net().is_negative() && part >= params.group_loss;
    loses && segment.customers >= params.group_customers
}

/// Money lost in the books is a fact, not an estimate: no test is needed before acting.
fn loss_group(segment: &Segment) -> Option<Finding> {
    let loss = -segment.net();
    let message = Message::new("whale.finding.loss_group.message")
        .arg("segment", segment.name.as_deref()?)
        .arg("customers", segment.customers)
        .arg("losing", segment.losing)
        .arg("sales", segment.sales)
        .arg("loss", loss);
    Some(finding("loss_group", Grade::Act, "whale.losing", message, Some(loss)))
}

fn loss_makers(whale: &Whale) -> Option<Finding> {
    (whale.losing > 0).then(|| {
        let loss = -whale.lost;
        let message = Message::new("whale.finding.loss_makers.message")
            .arg("losing", whale.losing)
            .arg("customers", whale.n())
            .arg("loss", loss);
        finding("loss_makers", Grade::Watch, "whale.losing", message, Some(loss))
    })
}

fn concentration(whale: &Whale) -> Option<Finding> {
    let rank = whale.rank(20);
    let top = whale.share(rank).filter(|_| whale.n() >= LEAST_CUSTOMERS)?;
    let (grade, kind) =
        if top >= CONCENTRATED { (Grade::Watch, "concentration") } else { (Grade::Good, "spread") };
    let message = Message::new(format!("whale.finding.{kind}.message"))
        .arg("share", Value::Share(top))
        .arg("top", rank)
        .arg("customers", whale.n());
    let advice = Message::new(format!("whale.finding.{kind}.advice"));
    Some(Finding { advice, ..finding("concentration", grade, "whale.top20", message, None) })
}

fn finding(
    id: &str,
    grade: Grade,
    metric: &str,
    message: Message,
    money: Option<Money>,
) -> Finding {
    Finding {
        id: format!("whale.{id}"),
        grade,
        metric: Some(metric.to_owned()),
        message,
        advice: Message::new(format!("whale.finding.{id}.advice")),
        money,
        p_value: None,
    }
}
