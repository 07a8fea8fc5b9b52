//! The language-free report as JSON, and its schema.

use super::RenderError;
use crate::report::Report;

/// The report as pretty-printed JSON with a final newline.
///
/// # Errors
/// [`RenderError::Json`] when a value cannot be serialised.
pub fn json(report: &Report) -> Result<Vec<u8>, RenderError> {
    let mut bytes = serde_json::to_vec_pretty(report)?;
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
