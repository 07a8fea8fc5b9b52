//! What a pattern has to remember of the points so far, and what the next point makes of it.

use super::Pattern;
use super::pattern::side;

/// Two numbers are enough for every pattern: a run's length and kind, or the points beyond above
/// and below as bits.
pub(super) type Memory = (u32, u32);

/// Points whose sides fit a memory.
pub(super) const MAX_WINDOW: usize = 32;

impl Pattern {
    /// The memory after a point at `z` reached in `direction` (1 up, −1 down, 0 unknown or of no
    /// matter); `None` where it completes the pattern.
    pub(super) fn remember(self, memory: Memory, z: f64, direction: i8) -> Option<Memory> {
        match self {
            Self::Beyond { sigma } => (z.abs() <= sigma).then_some((0, 0)),
            Self::OneSide { points } => run(memory, side(z, 0.0), points),
            Self::Trend { points } => run(memory, direction, points.saturating_sub(1)),
            Self::Alternating { points } => turns(memory, direction, points.saturating_sub(2)),
            Self::Within { points, sigma } => run(memory, i8::from(z.abs() < sigma), points),
            Self::Outside { points, sigma, both_sides: false } => {
                run(memory, i8::from(z.abs() > sigma), points)
            }
            Self::Outside { points, sigma, both_sides: true } => {
                mixture(memory, side(z, sigma), points)
            }
            Self::SomeBeyond { needed, window, sigma } => {
                crowd(memory, side(z, sigma), needed, window)
            }
        }
    }

    /// Whether the pattern looks at which of two points is the higher.
    pub(super) const fn is_of_order(self) -> bool {
        matches!(self, Self::Trend { .. } | Self::Alternating { .. })
    }

    /// The borders the pattern draws.
    pub(super) fn borders(self) -> Vec<f64> {
        match self {
            Self::OneSide { .. } => vec![0.0],
            Self::Trend { .. } | Self::Alternating { .. } => Vec::new(),
            Self::Beyond { sigma }
            | Self::Within { sigma, .. }
            | Self::Outside { sigma, .. }
            | Self::SomeBeyond { sigma, .. } => vec![-sigma, sigma],
        }
    }
}

fn code(class: i8) -> u32 {
    u32::from(class.unsigned_abs()) + u32::from(class < 0)
}

fn short_of(length: u32, needed: usize) -> bool {
    (length as usize) < needed
}

/// Length and kind of a run; another kind begins a new one, none ends it.
fn run((length, kind): Memory, class: i8, needed: usize) -> Option<Memory> {
    let length = match code(class) {
        0 => return Some((0, 0)),
        now if now == kind => length + 1,
        _ => 1,
    };
    short_of(length, needed).then_some((length, code(class)))
}

/// Turns in a row, and the direction of the last step.
fn turns((turns, before): Memory, direction: i8, needed: usize) -> Option<Memory> {
    let now = code(direction);
    let turns = if before + now == code(1) + code(-1) && before != 0 { turns + 1 } else { 0 };
    short_of(turns, needed).then_some((turns, if now == 0 { before } else { now }))
}

/// Length of a run outside, and in the second number the length on its present side and which.
fn mixture((outside, same): Memory, class: i8, needed: usize) -> Option<Memory> {
    let now = code(class);
    if now == 0 {
        return Some((0, 0));
    }
    let same = if same & 3 == now { (same >> 2) + 1 } else { 1 };
    if !short_of(outside + 1, needed) && short_of(same, needed) {
        return None;
    }
    // Beyond the needed length nothing more is to be told apart.
    let most = u32::try_from(needed).unwrap_or(u32::MAX >> 2);
    Some(((outside + 1).min(most), same.min(most) << 2 | now))
}

/// The points beyond above and below, newest in the lowest bit, for all but the oldest of the
/// window the next point will close.
fn crowd((above, below): Memory, class: i8, needed: usize, window: usize) -> Option<Memory> {
    let (above, below) = (above << 1 | u32::from(class > 0), below << 1 | u32::from(class < 0));
    let crowd = if class > 0 { above } else { below };
    if class != 0 && !short_of(crowd.count_ones(), needed) {
        return None;
    }
    let span = u32::try_from(window).ok()?.checked_sub(1)?;
    let kept = 1_u32.checked_shl(span)? - 1;
    Some((useful(above & kept, span, needed), useful(below & kept, span, needed)))
}

/// The points that may still help: the oldest cannot where even points beyond from now on, until
/// it leaves the window, would not be enough. Fewer memories to tell apart make a smaller chain.
fn useful(mut beyond: u32, span: u32, needed: usize) -> u32 {
    while beyond != 0 {
        let oldest = beyond.ilog2();
        if !short_of(span - oldest + beyond.count_ones(), needed) {
            break;
        }
        beyond &= !(1 << oldest);
    }
    beyond
}
