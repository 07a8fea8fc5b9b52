//! How a column writes what a single cell leaves open.

/// A way of writing, and how binding it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::intake) enum Habit<T> {
    /// Declared: a cell that contradicts it is refused.
    Declared(T),
    /// Assumed where a cell leaves it open; a cell that proves the other is read its own way.
    Assumed(T),
}

impl<T: Copy> Habit<T> {
    /// The declared way, or the one assumed without a declaration.
    pub(in crate::intake) fn new(declared: Option<T>, assumed: T) -> Self {
        declared.map_or(Self::Assumed(assumed), Self::Declared)
    }

    /// The way itself.
    pub(in crate::intake) const fn way(self) -> T {
        match self {
            Self::Declared(way) | Self::Assumed(way) => way,
        }
    }

    /// Whether it is binding.
    pub(in crate::intake) const fn is_declared(self) -> bool {
        matches!(self, Self::Declared(_))
    }
}
