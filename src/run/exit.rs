//! Exit codes, and failures that end a run.

use crate::deliver::DeliverError;
use crate::render::RenderError;
use crate::settings::SettingsError;

/// How a run ended. The codes are documented in `--help` and the README.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Everything asked was done.
    Ok,
    /// The data were refused: nothing usable, or too many rejects.
    Refused,
    /// A reference case missed: a figure is not what it must be.
    Missed,
    /// The command line or the settings are not valid.
    Usage,
    /// Some inputs failed; the reports were made from the others.
    Partial,
    /// A gate failed; the reports were written.
    Gate,
    /// The output could not be written.
    Output,
    /// A fault of gemba's own.
    Internal,
}

impl Exit {
    /// The process' exit code.
    #[must_use]
    pub const fn code(self) -> u8 {
        match self {
            Self::Ok => 0,
            Self::Refused | Self::Missed => 1,
            Self::Usage => 2,
            Self::Partial => 3,
            Self::Gate => 4,
            Self::Output => 5,
            Self::Internal => 70,
        }
    }
}

/// Why a run ended early, in one sentence, with what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The exit code.
    pub exit: Exit,
    /// What went wrong.
    pub text: String,
    /// What to do; empty where the text says it.
    pub hint: String,
}

impl Failure {
    /// A failure with its hint.
    #[must_use]
    pub fn new(exit: Exit, text: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { exit, text: text.into(), hint: hint.into() }
    }
}

impl From<SettingsError> for Failure {
    fn from(error: SettingsError) -> Self {
        Self::new(Exit::Usage, error.to_string(), "")
    }
}

impl From<RenderError> for Failure {
    fn from(error: RenderError) -> Self {
        Self::new(Exit::Internal, error.to_string(), "")
    }
}

impl From<DeliverError> for Failure {
    fn from(error: DeliverError) -> Self {
        Self::new(Exit::Output, error.to_string(), "")
    }
}
