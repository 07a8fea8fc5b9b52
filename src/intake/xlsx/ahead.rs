//! A part unpacked ahead of its reader, by a thread of its own.

use std::io::{self, Read};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::thread;

use super::super::markup::Parts;
use super::Bytes;

/// A smaller part is unpacked while a thread would begin.
pub(super) const LEAST: u64 = 4 << 20;
/// Bytes handed over at a time.
const PIECE: usize = 1 << 18;
/// Pieces that may wait for the reader.
const WAITING: usize = 4;

/// Opens the file of a workbook once more.
pub(in crate::intake) type Reopen = Arc<dyn Fn() -> io::Result<Box<dyn Bytes>> + Send + Sync>;

/// A part that is being unpacked.
pub(super) struct Ahead {
    /// The pieces in their order; an empty one says that the part ended well.
    pieces: Receiver<io::Result<Vec<u8>>>,
    /// Pieces read go back to be filled again.
    read: Sender<Vec<u8>>,
    piece: Vec<u8>,
    at: usize,
    ended: bool,
}

impl Ahead {
    /// Begins to unpack a part.
    ///
    /// # Errors
    /// There is no thread to be had.
    pub(super) fn of(reopen: &Reopen, part: &str) -> io::Result<Self> {
        let (filled, pieces) = sync_channel(WAITING);
        let (read, empty) = channel();
        let (reopen, part) = (Arc::clone(reopen), part.to_owned());
        let work = move || {
            let last = unpack(&reopen, &part, &filled, &empty).map(|()| Vec::new());
            // A reader that went away asks for no more.
            drop(filled.send(last));
        };
        thread::Builder::new().name("unpack".to_owned()).spawn(work)?;
        Ok(Self { pieces, read, piece: Vec::new(), at: 0, ended: false })
    }

    /// Takes the next piece.
    fn next(&mut self) -> io::Result<()> {
        let stopped = |_| io::Error::other("unpacking stopped");
        let piece = self.pieces.recv().map_err(stopped)??;
        self.ended = piece.is_empty();
        self.at = 0;
        // A thread that is done needs no more pieces.
        drop(self.read.send(std::mem::replace(&mut self.piece, piece)));
        Ok(())
    }
}

impl Read for Ahead {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.at == self.piece.len() && !self.ended {
            self.next()?;
        }
        let rest = self.piece.get(self.at..).unwrap_or_default();
        let read = (&mut &*rest).read(buffer)?;
        self.at += read;
        Ok(read)
    }
}

/// Unpacks a part into pieces until nobody waits for them.
fn unpack(
    reopen: &Reopen,
    part: &str,
    filled: &SyncSender<io::Result<Vec<u8>>>,
    empty: &Receiver<Vec<u8>>,
) -> io::Result<()> {
    let broken = || io::Error::from(io::ErrorKind::InvalidData);
    let mut parts = Parts::of(reopen()?).ok_or_else(broken)?;
    let mut part = parts.again(part).ok_or_else(broken)?.take(u64::MAX);
    loop {
        let mut piece = empty.try_recv().unwrap_or_default();
        piece.clear();
        piece.reserve_exact(PIECE);
        part.set_limit(PIECE as u64);
        part.read_to_end(&mut piece)?;
        if piece.is_empty() || filled.send(Ok(piece)).is_err() {
            return Ok(());
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::{self, Cursor, Read as _, Write as _};
    use std::sync::Arc;

    use super::{Ahead, PIECE, Reopen, WAITING};

    fn archive(text: &[u8]) -> Option<Vec<u8>> {
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        archive.start_file("part", zip::write::SimpleFileOptions::default()).ok()?;
        archive.write_all(text).ok()?;
        Some(archive.finish().ok()?.into_inner())
    }

    fn reopen(bytes: Vec<u8>) -> Reopen {
        Arc::new(move || Ok(Box::new(Cursor::new(bytes.clone()))))
    }

    #[test]
    fn a_part_comes_whole_or_with_an_error() -> io::Result<()> {
        let text: Vec<u8> =
            (0..2_000_000_u32).flat_map(|i| i.wrapping_mul(i).to_le_bytes()).collect();
        assert!(text.len() > 2 * WAITING * PIECE);
        let whole = archive(&text).unwrap_or_default();
        let (mut read, mut half) = (Vec::new(), Vec::new());
        Ahead::of(&reopen(whole.clone()), "part")?.read_to_end(&mut read)?;
        assert!(read == text);
        let mut damaged = whole;
        let middle = damaged.len() / 2;
        damaged[middle..middle + 64].fill(0);
        assert!(Ahead::of(&reopen(damaged), "part")?.read_to_end(&mut half).is_err());
        assert!(text.starts_with(&half[..PIECE]));
        Ok(())
    }

    #[test]
    fn what_cannot_be_unpacked_is_no_empty_part() -> io::Result<()> {
        let mut read = Vec::new();
        let gone: Reopen = Arc::new(|| Err(io::ErrorKind::NotFound.into()));
        assert!(Ahead::of(&gone, "part")?.read_to_end(&mut read).is_err());
        let panics: Reopen = Arc::new(|| std::panic::resume_unwind(Box::new("a fault of zip")));
        assert!(Ahead::of(&panics, "part")?.read_to_end(&mut read).is_err());
        let other = reopen(archive(b"text").unwrap_or_default());
        assert!(Ahead::of(&other, "another")?.read_to_end(&mut read).is_err());
        assert_eq!(read, b"");
        Ok(())
    }

    #[test]
    fn a_reader_may_stop_early() -> io::Result<()> {
        let whole = archive(&vec![b' '; 3 * WAITING * PIECE]).unwrap_or_default();
        let mut first = [0; 3];
        Ahead::of(&reopen(whole), "part")?.read_exact(&mut first)?;
        assert_eq!(&first, b"   ");
        Ok(())
    }
}
