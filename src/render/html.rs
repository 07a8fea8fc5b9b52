//! An edition as one self-contained HTML page.

use super::RenderError;
use crate::report::edition::Edition;

/// The page.
///
/// # Errors
/// [`RenderError::Template`] when the template does not fit the edition.
pub fn html(edition: &Edition) -> Result<String, RenderError> {
    let _ = edition;
    Ok(String::new())
}
