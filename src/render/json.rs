//! The language-free report as JSON, and its schema.

use super::RenderError;
use crate::report::Report;

/// The report as JSON on one line, with a final newline: formulas make it long, and whoever reads
/// it by eye has a tool that indents.
///
/// # Errors
/// [`RenderError::Json`] when a value cannot be serialised.
pub fn json(report: &Report) -> Result<Vec<u8>, RenderError> {
    let mut bytes = serde_json::to_vec(report)?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// The JSON Schema of [`Report`], pretty-printed with a final newline.
///
/// # Errors
/// [`RenderError::Json`] when the schema cannot be serialised.
pub fn schema() -> Result<Vec<u8>, RenderError> {
    let mut bytes = serde_json::to_vec_pretty(&schemars::schema_for!(Report))?;
    bytes.push(b'\n');
    Ok(bytes)
}
