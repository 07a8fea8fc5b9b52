//! The verification as people read it: each case, its figures, and the sum.

use serde_json::Value;

use crate::i18n::{self, Catalog};
use crate::report::Message;
use crate::run::terminal::{Style, Terminal};
use crate::verify::{Bar, Figure, Outcome, Status, Summary, Verdict};

pub(super) fn print(
    terminal: Terminal,
    outcomes: &[Outcome],
    summary: Summary,
    short: bool,
    words: &Catalog,
) {
    for outcome in outcomes {
        let title = format!(
            "{}  {}  {}",
            words.word(status(outcome.status)),
            outcome.case.id,
            outcome.case.procedure
        );
        terminal.line(style(outcome.status), &title);
        if let Some(reason) = &outcome.reason {
            terminal.line(Style::Plain, &format!("    {reason}"));
        }
        figures(terminal, outcome, short, words);
    }
    terminal.line(Style::Bold, &sum(summary, words));
}

fn figures(terminal: Terminal, outcome: &Outcome, short: bool, words: &Catalog) {
    for line in lines(&outcome.figures) {
        let fine = matches!(line.worst.verdict, Verdict::Pass | Verdict::Informative);
        if !(short && fine) {
            let style = if fine { Style::Plain } else { Style::Error };
            terminal.line(style, &line.written(words));
        }
    }
}

/// A figure, or a list of figures shown by its worst element.
struct Line<'a> {
    stem: String,
    count: usize,
    worst: &'a Figure,
}

/// One line a figure; the elements of a list share one.
fn lines(figures: &[Figure]) -> Vec<Line<'_>> {
    let mut lines: Vec<Line<'_>> = Vec::new();
    for figure in figures {
        let stem = figure.path.rsplit_once('[').filter(|(_, rest)| rest.ends_with(']'));
        let stem = stem.map_or(figure.path.as_str(), |(stem, _)| stem);
        match lines.last_mut().filter(|line| line.stem == stem) {
            Some(line) => {
                line.count += 1;
                if rank(figure) < rank(line.worst) {
                    line.worst = figure;
                }
            }
            None => lines.push(Line { stem: stem.to_owned(), count: 1, worst: figure }),
        }
    }
    lines
}

/// Worst first: what misses, then what is not computed, then the fewest digits.
fn rank(figure: &Figure) -> (u8, i64) {
    let verdict = match figure.verdict {
        Verdict::Miss => 0,
        Verdict::NotComputed => 1,
        Verdict::Pass => 2,
        Verdict::Informative => 3,
    };
    #[expect(clippy::cast_possible_truncation, reason = "digits lie between 0 and 16")]
    let digits = figure.digits.map_or(i64::MAX, |digits| (digits * 100.0) as i64);
    (verdict, digits)
}

impl Line<'_> {
    fn written(&self, words: &Catalog) -> String {
        let figure = self.worst;
        let name = match self.count {
            1 => figure.path.clone(),
            n => format!("{} ({n})", figure.path),
        };
        let got = figure.got.as_ref().map_or_else(|| "–".to_owned(), value);
        let digits = figure.digits.map_or_else(|| "–".to_owned(), |d| format!("{d:.1}"));
        format!(
            "  {:<12} {name:<46} {:>24} {got:>24} {digits:>5}  {}",
            words.word(verdict(figure.verdict)),
            value(&figure.expected),
            bar(figure.bar, words),
        )
    }
}

fn value(value: &Value) -> String {
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    match text.char_indices().nth(40) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

fn bar(bar: Bar, words: &Catalog) -> String {
    match bar {
        Bar::Relative { share, distance: 0.0 } => format!("± {share:e} ×"),
        Bar::Relative { share: 0.0, distance } => format!("± {distance:e}"),
        Bar::Relative { share, distance } => format!("± {share:e} ×, ± {distance:e}"),
        Bar::Digits(digits) => format!("≥ {digits:.1}"),
        Bar::Exact => words.word("run.verify.exact"),
        Bar::Informative => String::new(),
    }
}

const fn status(status: Status) -> &'static str {
    match status {
        Status::Pass => "run.verify.case_pass",
        Status::Miss => "run.verify.case_miss",
        Status::Partly => "run.verify.case_partly",
        Status::NotCovered => "run.verify.case_not_covered",
    }
}

const fn style(status: Status) -> Style {
    match status {
        Status::Pass => Style::Bold,
        Status::Miss => Style::Error,
        Status::Partly | Status::NotCovered => Style::Warning,
    }
}

const fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Pass => "run.verify.pass",
        Verdict::Miss => "run.verify.miss",
        Verdict::NotComputed => "run.verify.not_computed",
        Verdict::Informative => "run.verify.informative",
    }
}

fn sum(summary: Summary, words: &Catalog) -> String {
    let count = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
    let message = Message::new("run.verify.sum")
        .arg("cases", count(summary.cases))
        .arg("figures", count(summary.figures))
        .arg("pass", count(summary.pass))
        .arg("miss", count(summary.miss))
        .arg("partly", count(summary.partly))
        .arg("not_covered", count(summary.not_covered));
    i18n::say(&message, words)
}
