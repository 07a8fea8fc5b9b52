//! Where the mix misleads. A caveat of other figures, so never a call for action.

use super::compute::{Computed, Reading};
use super::section::{sentence, told};
use crate::report::{Finding, Grade, Message};

/// The findings: one for every comparison the mix misleads about, each over one dimension.
pub(super) fn findings(data: &Computed) -> Vec<Finding> {
    let misleads =
        |reading| matches!(reading, Reading::Reversed | Reading::MixOnly | Reading::Hidden);
    let mut out: Vec<Finding> = told(data)
        .into_iter()
        .filter(|line| misleads(line.reading))
        .map(|line| finding(line.reading.key(), Grade::Watch, sentence(data, line)))
        .collect();
    if out.is_empty() {
        let message = Message::new("mix.finding.same.message").arg("n", data.lines.len());
        out.push(finding("same", Grade::Good, message));
    }
    out
}

fn finding(name: &str, grade: Grade, message: Message) -> Finding {
    Finding {
        id: format!("mix.{name}"),
        grade,
        metric: Some("like_for_like".to_owned()),
        message,
        advice: Message::new(format!("mix.finding.{name}.advice")),
        money: None,
        p_value: None,
    }
}
