//! Did an intervention change a rate more than the rate of those left alone?
//!
//! Rates before and after are compared by their ratio. What changed for everybody at the same time
//! is taken out by dividing through the ratio of groups left untreated (difference in differences
//! on the logarithms). Those groups differ among themselves; how much is estimated, and the
//! treated group is allowed to differ by as much by chance. Sources: J. Przyborowski and
//! H. Wilenski, Biometrika 31 (1940), for one group; D. Altman and M. Bland, BMJ 326 (2003), for
//! the ratio of two ratios; R. Paule and J. Mandel (1982) for the spread between groups;
//! D. Campbell and J. Stanley, *Experimental and Quasi-Experimental Designs* (1963), for why a
//! group chosen for its bad months improves by itself.

mod effect;
mod judge;
mod selection;

pub use effect::{Change, Effect, effect};
pub use judge::{Case, Doubt, Hold, Judgement, Terms, Verdict, judge};
pub use selection::{Selection, selection};
