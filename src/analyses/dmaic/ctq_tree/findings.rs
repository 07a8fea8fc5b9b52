//! What customers say, and whether anything they say is measured.

use super::compute::{Computed, Voice};
use crate::report::{Finding, Grade, Value};

/// The findings, the gravest first.
pub(super) fn findings(data: &Computed) -> Vec<Finding> {
    let mut out: Vec<Finding> = [first(data), unmeasured(data)].into_iter().flatten().collect();
    out.extend(measured(data));
    out.sort_by_key(|finding| finding.grade);
    out
}

/// The complaint that weighs most.
fn first(data: &Computed) -> Option<Finding> {
    let voice = data.voices.first()?;
    let finding = Finding::new("ctq_tree", "first", Grade::Watch)
        .about("vital_voices")
        .arg("category", voice.category.as_str())
        .arg("cases", voice.cases)
        .arg("grave", voice.grave)
        .arg("share", Value::ratio(voice.cases, data.cases)?);
    Some(Finding { money: voice.cost, ..finding })
}

/// A vital complaint no logged defect answers to.
fn unmeasured(data: &Computed) -> Option<Finding> {
    let bare = |voice: &&Voice| voice.types.is_empty();
    let voices: Vec<&Voice> = data.vital().iter().filter(bare).collect();
    let first = voices.first().filter(|_| data.known.defects)?;
    Some(
        Finding::new("ctq_tree", "unmeasured", Grade::Watch)
            .about("vital_voices")
            .arg("voices", voices.len())
            .arg("category", first.category.as_str())
            .arg("cases", first.cases),
    )
}

fn measured(data: &Computed) -> Option<Finding> {
    let vital = data.vital();
    let all = data.known.defects && vital.iter().all(|voice| !voice.types.is_empty());
    let finding = Finding::new("ctq_tree", "measured", Grade::Good).about("vital_voices");
    all.then(|| finding.arg("voices", vital.len()))
}
