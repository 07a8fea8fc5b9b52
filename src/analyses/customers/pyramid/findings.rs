//! What the pyramid says.

use super::compute::Pyramid;
use crate::report::{Finding, Grade, Message, Value};
use crate::units::Money;

/// Fewer customers than this make no pyramid worth a sentence.
const LEAST_CUSTOMERS: usize = 20;
/// Share of sales of the first fifth from which a company leans on few customers.
const CONCENTRATED: f64 = 0.8;

/// The findings.
pub(super) fn findings(pyramid: &Pyramid) -> Vec<Finding> {
    lost(pyramid).into_iter().chain(concentration(pyramid)).collect()
}

fn concentration(pyramid: &Pyramid) -> Option<Finding> {
    let share = pyramid.top20().filter(|_| pyramid.n() >= LEAST_CUSTOMERS)?;
    let (grade, kind) = if share >= CONCENTRATED {
        (Grade::Watch, "concentration")
    } else {
        (Grade::Good, "spread")
    };
    let message = Message::new(format!("pyramid.finding.{kind}.message"))
        .arg("top", pyramid.fifth())
        .arg("customers", pyramid.n())
        .arg("share", Value::Share(share));
    Some(Finding {
        id: "pyramid.concentration".to_owned(),
        grade,
        metric: Some("pyramid.top20".to_owned()),
        message,
        advice: Message::new(format!("pyramid.finding.{kind}.advice")),
        money: None,
        p_value: None,
    })
}

/// Some leave every year in any company: worth a look, not an alarm.
fn lost(pyramid: &Pyramid) -> Option<Finding> {
    let migration = pyramid.migration.as_ref()?;
    let lost = migration.lost().count();
    let sales: Money = migration.lost().map(|customer| customer.sales).sum();
    let message = Message::new("pyramid.finding.lost_key.message")
        .arg("lost", lost)
        .arg("sales", sales)
        .arg("from", migration.now.from)
        .arg("to", migration.now.to);
    (lost > 0).then(|| Finding {
        id: "pyramid.lost_key".to_owned(),
        grade: Grade::Watch,
        metric: None,
        message,
        advice: Message::new("pyramid.finding.lost_key.advice"),
        money: Some(sales),
        p_value: None,
    })
}
