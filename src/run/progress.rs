//! A progress bar on long work, on a terminal only.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use super::terminal::Terminal;
use crate::intake::Progress;

/// The bar; hidden where stderr is no terminal or the run is quiet.
pub(super) struct Bar(ProgressBar);

impl Bar {
    pub(super) fn new(terminal: Terminal) -> Self {
        if !terminal.progress() {
            return Self(ProgressBar::hidden());
        }
        let bar = ProgressBar::new(0);
        let style = ProgressStyle::with_template("{spinner} {pos}/{len} {wide_msg}");
        if let Ok(style) = style {
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_millis(120));
        Self(bar)
    }

    /// Says what is being done now.
    pub(super) fn step(&self, text: &str) {
        self.0.set_message(text.to_owned());
    }

    /// Takes the bar away.
    pub(super) fn done(&self) {
        self.0.finish_and_clear();
    }
}

impl Progress for Bar {
    fn file(&self, name: &str, index: usize, of: usize) {
        self.0.set_length(of as u64);
        self.0.set_position(index as u64);
        self.0.set_message(name.to_owned());
    }
}
