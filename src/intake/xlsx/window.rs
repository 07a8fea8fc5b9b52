//! A part of a workbook seen through a window that moves on: it is never held whole.

use std::io::Read;

use super::Declined;

/// Bytes unpacked at a time; small enough to stay in the fast caches.
const CHUNK: usize = 1 << 16;
/// No row or text is longer.
const LONGEST: usize = 16 << 20;

/// The bytes of a part that are at hand.
#[derive(Debug)]
pub(super) struct Window<R> {
    part: R,
    bytes: Vec<u8>,
    start: usize,
    end: usize,
    /// Bytes the part may still unpack to.
    left: u64,
}

impl<R: Read> Window<R> {
    /// The beginning of a part that unpacks to so many bytes at most.
    pub(super) fn new(part: R, most: u64) -> Self {
        Self { part, bytes: vec![0; 2 * CHUNK], start: 0, end: 0, left: most }
    }

    /// What is at hand.
    pub(super) fn bytes(&self) -> &[u8] {
        self.bytes.get(self.start..self.end).unwrap_or_default()
    }

    /// Moves on.
    pub(super) fn skip(&mut self, bytes: usize) {
        self.start = self.start.saturating_add(bytes).min(self.end);
    }

    /// Unpacks more; `false` at the end of the part.
    ///
    /// # Errors
    /// What is at hand is already longer than any row, or the part is broken.
    pub(super) fn more(&mut self) -> Result<bool, Declined> {
        self.bytes.copy_within(self.start..self.end, 0);
        (self.start, self.end) = (0, self.end - self.start);
        if self.end + CHUNK > self.bytes.len() {
            if self.end > LONGEST {
                return Err(Declined("a row without end"));
            }
            self.bytes.resize(2 * self.bytes.len(), 0);
        }
        let room = self.bytes.get_mut(self.end..).unwrap_or_default();
        let read = self.part.read(room).map_err(|_| Declined("a part that does not unpack"))?;
        self.left = self.left.checked_sub(read as u64).ok_or(Declined("too large a part"))?;
        self.end += read;
        Ok(read > 0)
    }

    /// Unpacks until `found` tells a place in what is at hand.
    ///
    /// # Errors
    /// The part ends before.
    pub(super) fn until<T>(
        &mut self,
        found: impl Fn(&[u8]) -> Result<Option<T>, Declined>,
    ) -> Result<T, Declined> {
        loop {
            if let Some(found) = found(self.bytes())? {
                return Ok(found);
            }
            if !self.more()? {
                return Err(Declined("a part that ends early"));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Declined, Window};

    #[test]
    fn a_window_moves_on_and_keeps_what_was_not_taken() {
        let text: Vec<u8> = (0..200_000_u32).flat_map(u32::to_le_bytes).collect();
        let mut window = Window::new(text.as_slice(), u64::MAX);
        for i in 0..200_000_u32 {
            let four = window.until(|bytes| Ok(bytes.first_chunk::<4>().copied()));
            assert_eq!(four.map(u32::from_le_bytes), Ok(i));
            window.skip(4);
        }
        assert_eq!(window.more(), Ok(false));
    }

    #[test]
    fn a_part_larger_than_promised_and_one_without_end_are_declined() {
        let text = vec![b' '; 100];
        assert_eq!(Window::new(text.as_slice(), 99).more(), Err(Declined("too large a part")));
        let mut endless = Window::new(std::io::repeat(b' '), u64::MAX);
        let never = endless.until(|_| Ok(None::<()>));
        assert_eq!(never, Err(Declined("a row without end")));
    }
}
