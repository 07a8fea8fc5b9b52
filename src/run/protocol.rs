//! The protocol of a run: `run.json`, beside the reports.

use std::path::Path;

use super::read::Inputs;
use super::{Exit, outline};
use crate::deliver::Artifact;
use crate::records::{InputFile, Severity, rows_of};
use crate::render::{self, RenderError};
use crate::report::{InputProtocol, OutputFile, PROTOCOL, Protocol};
use crate::settings::Checked;

/// The protocol of what was read and will be written.
pub(super) fn artifact(
    checked: &Checked,
    inputs: &Inputs,
    outputs: Vec<OutputFile>,
    exit: Exit,
) -> Result<Artifact, RenderError> {
    let protocol = Protocol {
        schema: PROTOCOL.to_owned(),
        provenance: outline::provenance(checked, &inputs.read),
        inputs: inputs.read.inputs.iter().map(|file| of_input(file, inputs)).collect(),
        outputs,
        exit_code: exit.code(),
    };
    Ok(Artifact { name: "run.json".to_owned(), bytes: render::protocol(&protocol)? })
}

fn of_input(file: &InputFile, inputs: &Inputs) -> InputProtocol {
    let named = |path: &&std::path::PathBuf| {
        path.file_name().is_some_and(|name| name.to_string_lossy() == file.name.as_str())
    };
    let path = inputs.paths.iter().find(named).map_or(Path::new(&file.name), |path| path.as_path());
    let sheets = inputs.read.account.sheets.iter().filter(|s| s.source.file == file.name);
    InputProtocol {
        path: path.display().to_string(),
        errors: rows_of(&inputs.issues, &file.name, Severity::Error),
        warnings: rows_of(&inputs.issues, &file.name, Severity::Warning),
        sheets: sheets.cloned().collect(),
    }
}
