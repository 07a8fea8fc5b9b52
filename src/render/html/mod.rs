//! An edition as one self-contained HTML page.
//!
//! The page loads nothing: style, script, icons and charts stand in it, and its content security
//! policy forbids the rest. It reads whole without the script, which only adds comfort.

mod blocks;
mod page;
mod policy;
mod table;

use std::sync::OnceLock;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, UndefinedBehavior};

use super::RenderError;
use crate::report::edition::Edition;

macro_rules! templates {
    ($($name:literal),+ $(,)?) => {
        &[$(($name, include_str!(concat!("../../../reports/templates/", $name)))),+]
    };
}

/// The page, its macros, and one partial a kind of block.
const TEMPLATES: &[(&str, &str)] = templates![
    "page.html",
    "about.html",
    "icons.html",
    "macros.html",
    "blocks/cards.html",
    "blocks/chart.html",
    "blocks/checklist.html",
    "blocks/findings.html",
    "blocks/heading.html",
    "blocks/note.html",
    "blocks/panels.html",
    "blocks/status.html",
    "blocks/table.html",
];

/// The page.
///
/// # Errors
/// [`RenderError::Template`] when a word of the interface is missing.
pub fn html(edition: &Edition) -> Result<String, RenderError> {
    let page = page::Page::new(edition)?;
    Ok(environment()?.get_template("page.html")?.render(Serde(page))?)
}

/// The templates, compiled once.
fn environment() -> Result<&'static Environment<'static>, minijinja::Error> {
    static COMPILED: OnceLock<Environment<'static>> = OnceLock::new();
    match COMPILED.get() {
        Some(env) => Ok(env),
        None => compiled().map(|env| COMPILED.get_or_init(|| env)),
    }
}

/// Escapes everything everywhere, and takes no missing word for an empty one.
fn compiled() -> Result<Environment<'static>, minijinja::Error> {
    let mut env = Environment::new();
    env.set_auto_escape_callback(|_| AutoEscape::Html);
    env.set_undefined_behavior(UndefinedBehavior::Strict);
    env.set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()?);
    env.add_filter("fill", fill);
    for (name, source) in TEMPLATES {
        env.add_template(name, source)?;
    }
    Ok(env)
}

/// A word with its `{n}` filled in.
#[expect(clippy::needless_pass_by_value, reason = "the signature the template engine calls")]
fn fill(word: String, n: u64) -> String {
    word.replace("{n}", &n.to_string())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, clippy::panic, clippy::disallowed_methods, reason = "tests")]
mod tests;
