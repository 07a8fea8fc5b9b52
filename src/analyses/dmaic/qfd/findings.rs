//! What the house says: holes in it first.

use super::compute::{Computed, House};
use super::section::project;
use crate::report::{Finding, Grade, Value};

/// The findings, the gravest first.
pub(super) fn findings(data: &Computed) -> Vec<Finding> {
    let of = |house| [unanswered(house), unneeded(house), complete(house)];
    let mut out: Vec<Finding> = data.houses.iter().flat_map(of).flatten().collect();
    out.sort_by_key(|finding| finding.grade);
    out
}

fn finding(name: &str, grade: Grade, house: &House) -> Finding {
    let finding = Finding::new("qfd", name, grade).about("qfd_unanswered");
    finding.arg("project", project(house.project.as_deref()))
}

fn unanswered(house: &House) -> Option<Finding> {
    let needs = house.unanswered();
    let first = needs.first()?;
    let finding = finding("unanswered", Grade::Watch, house).arg("needs", needs.len());
    let importance = Value::Number { value: first.importance, decimals: 1 };
    Some(finding.arg("first", first.name.as_str()).arg("importance", importance))
}

fn unneeded(house: &House) -> Option<Finding> {
    let names = house.unneeded();
    let finding = finding("unneeded", Grade::Watch, house).arg("characteristics", names.len());
    Some(finding.arg("first", *names.first()?))
}

/// No holes: what to design for first.
fn complete(house: &House) -> Option<Finding> {
    let whole = house.unanswered().is_empty() && house.unneeded().is_empty();
    let (first, _, share) = *house.ranking().first().filter(|_| whole)?;
    let name = house.characteristics.get(first)?;
    let finding = finding("complete", Grade::Good, house).arg("first", name.as_str());
    Some(finding.arg("share", Value::share(share?)?).arg("needs", house.needs.len()))
}
