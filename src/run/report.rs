//! `gemba report`: the road, stage by stage.

use super::{
    Exit, Failure, assemble, catalogs, closing, gates, outline, progress::Bar, protocol, read,
    render, terminal::Terminal,
};
use crate::deliver;
use crate::i18n::{self, Catalog};
use crate::intake::Read;
use crate::records::{Issue, Severity};
use crate::report::{Message, Value};
use crate::settings::{Checked, Gate, ReportArgs};

pub(super) fn report(args: &ReportArgs, terminal: Terminal) -> Result<Exit, Failure> {
    let checked = Checked::report(args)?;
    let words = languages(&checked)?;
    let Some(first) = words.first() else { return Ok(Exit::Internal) };
    let bar = Bar::new(terminal);
    let mut inputs = read::inputs(&checked, &bar)?;
    bar.step("");
    refuse(&inputs.read, &inputs.issues, &checked, first).inspect_err(|_| bar.done())?;
    let data = assemble::dataset(&mut inputs.read, &checked, first)?;
    let mut reports = outline::reports(&checked, &inputs.read, &inputs.issues, &data);
    // Pages are made of the reports alone; the rows need not stand in memory beside them.
    drop(data);
    let (mut artifacts, written) =
        render::artifacts(&reports, &words, &checked.formats, checked.threads)?;
    let failed = gates::failed(&checked.gates, &reports);
    let exit = ending(&failed, &inputs.issues);
    artifacts.push(protocol::artifact(&checked, &inputs, written, exit)?);
    let paths = deliver::write(&checked.output, &artifacts)?;
    bar.done();
    // The terminal says the headline only: what follows need not be worded once more.
    for report in &mut reports {
        report.sections.clear();
    }
    closing::print(terminal, first, &reports, &paths);
    closing::print_gates(terminal, first, &failed);
    Ok(exit)
}

fn languages(checked: &Checked) -> Result<Vec<Catalog>, Failure> {
    checked.languages.iter().map(|tag| catalogs::catalog(tag, &checked.plans)).collect()
}

/// Refuses the inputs where nothing is usable or too much was rejected.
fn refuse(
    read: &Read,
    issues: &[Issue],
    checked: &Checked,
    words: &Catalog,
) -> Result<(), Failure> {
    if read.account.used() == 0 {
        let mut failure = assemble::nothing_usable(words);
        failure.text = closing::first_errors(issues, words) + &failure.text;
        return Err(failure);
    }
    refuse_rejects(read, issues, checked, words)
}

#[expect(clippy::cast_precision_loss, reason = "a share of row counts")]
fn refuse_rejects(
    read: &Read,
    issues: &[Issue],
    checked: &Checked,
    words: &Catalog,
) -> Result<(), Failure> {
    let (rejected, used) = (read.account.rejected(), read.account.used());
    let share = rejected as f64 / (rejected + used).max(1) as f64;
    if share <= checked.max_reject_share {
        return Ok(());
    }
    let message = Message::new("run.too_many_rejects")
        .arg("rejected", rejected)
        .arg("share", Value::Share(share))
        .arg("max", Value::Share(checked.max_reject_share));
    let text = closing::first_errors(issues, words) + &i18n::say(&message, words);
    Err(Failure::new(Exit::Refused, text, words.word("run.too_many_rejects_hint")))
}

fn ending(failed: &[(&Gate, Option<f64>)], issues: &[Issue]) -> Exit {
    if !failed.is_empty() {
        Exit::Gate
    } else if issues.iter().any(file_failed) {
        Exit::Partial
    } else {
        Exit::Ok
    }
}

/// Whether a whole file was refused.
fn file_failed(issue: &Issue) -> bool {
    issue.severity() == Severity::Error
        && issue.code.code().starts_with("E1")
        && issue.place.cell.is_empty()
}
