//! The language-free report as JSON, and its schema.

use schemars::generate::SchemaSettings;

use super::RenderError;
use crate::report::{Protocol, Report};

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

/// The protocol of a run as JSON, indented, with a final newline.
///
/// # Errors
/// [`RenderError::Json`] when a value cannot be serialised.
pub fn protocol(protocol: &Protocol) -> Result<Vec<u8>, RenderError> {
    let mut bytes = serde_json::to_vec_pretty(protocol)?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// The JSON Schema of [`Report`], pretty-printed with a final newline.
///
/// # Errors
/// [`RenderError::Json`] when the schema cannot be serialised.
pub fn schema() -> Result<Vec<u8>, RenderError> {
    // As written, not as read: what is left out when empty is not required.
    let settings = SchemaSettings::draft2020_12().for_serialize();
    let schema = settings.into_generator().into_root_schema_for::<Report>();
    let mut bytes = serde_json::to_vec_pretty(&schema)?;
    bytes.push(b'\n');
    Ok(bytes)
}
