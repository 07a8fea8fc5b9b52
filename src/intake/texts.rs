//! Many texts in one: the shared strings of a workbook.

/// Texts one after the other, and where each ends.
#[derive(Clone, Debug, Default)]
pub(super) struct Texts {
    text: String,
    ends: Vec<u32>,
}

impl Texts {
    /// How many there are.
    pub(super) const fn len(&self) -> usize {
        self.ends.len()
    }

    /// Adds a text; `None` where they get too long to be counted.
    pub(super) fn push(&mut self, text: &str) -> Option<()> {
        let end = self.text.len().checked_add(text.len())?;
        self.ends.push(u32::try_from(end).ok()?);
        self.text.push_str(text);
        Some(())
    }

    /// Where a text stands: its first byte and its length.
    pub(super) fn place(&self, at: u32) -> Option<(u32, u32)> {
        let at = at as usize;
        let end = *self.ends.get(at)?;
        let start = at.checked_sub(1).and_then(|before| self.ends.get(before)).copied();
        let start = start.unwrap_or(0);
        Some((start, end - start))
    }

    /// The bytes of a place as text.
    pub(super) fn slice(&self, start: u32, length: u32) -> &str {
        let start = start as usize;
        self.text.get(start..start + length as usize).unwrap_or_default()
    }
}
