//! Editions as bytes in memory: HTML, XLSX; the language-free report as JSON; method pages as
//! Markdown.

mod html;
mod json;
mod markdown;
mod xlsx;

pub use html::html;
pub use json::{json, protocol, schema};
pub use markdown::{Chapter, chapter, contents};
pub use xlsx::{dangling, rejects_xlsx, xlsx};

/// Why a report could not be rendered.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// The template does not fit the edition.
    #[error("template: {0}")]
    Template(#[from] minijinja::Error),
    /// The workbook cannot be written.
    #[error("workbook: {0}")]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
    /// The report cannot be serialised.
    #[error("json: {0}")]
    Json(#[from] serde_json::Error),
}
