//! What the charters say.

use super::compute::{Charter, Computed};
use crate::report::{Finding, Grade};

/// The findings, the gravest first.
pub(super) fn findings(data: &Computed) -> Vec<Finding> {
    let vague: Vec<&Charter> = data.charters.iter().filter(|c| !c.has_measure()).collect();
    let finding = |name: &str, grade| Finding::new("goals", name, grade).about("charter_filled");
    match vague.first() {
        Some(first) => {
            let finding = finding("vague", Grade::Watch).arg("charters", vague.len());
            vec![finding.arg("project", first.project.as_str())]
        }
        None => vec![finding("measurable", Grade::Good).arg("charters", data.charters.len())],
    }
}
