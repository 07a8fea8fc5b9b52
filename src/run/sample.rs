//! `gemba sample`: the sample company's workbooks, with its planted truths.

use super::terminal::{Style, Terminal};
use super::{Exit, Failure};
use crate::deliver::{self, Artifact};
use crate::sample::{self, Recipe, Scenario};
use crate::settings::SampleArgs;

pub(super) fn sample(args: &SampleArgs, terminal: Terminal) -> Result<Exit, Failure> {
    let Some(scenario) = Scenario::parse(&args.scenario) else {
        let text = format!("--scenario: {:?} is not valid; expected planted, null", args.scenario);
        return Err(Failure::new(Exit::Usage, text, ""));
    };
    let default = Recipe::default();
    let recipe = Recipe { seed: args.seed, rows: args.rows.unwrap_or(default.rows), scenario };
    let files = sample::files(&recipe)
        .map_err(|error| Failure::new(Exit::Internal, error.to_string(), ""))?;
    let artifacts: Vec<Artifact> =
        files.into_iter().map(|file| Artifact { name: file.name, bytes: file.bytes }).collect();
    for path in deliver::write(&args.output, &artifacts)? {
        terminal.line(Style::Plain, &path.display().to_string());
    }
    Ok(Exit::Ok)
}
