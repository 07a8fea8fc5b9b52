//! The reading process.

use std::cell::RefCell;
use std::io::{self, BufWriter, Write as _};

use super::wire::{Message, Order, send};
use crate::dataset::Table;
use crate::intake::Read;
use crate::intake::file::{open, read_opened};
use crate::intake::sink::Sink;
use crate::settings::Limits;

/// Reads the file on standard input as ordered, and answers on standard output.
///
/// # Errors
/// The order is not one of ours, or nobody listens to the answer.
pub fn serve(order: &str) -> io::Result<()> {
    let order: Order = serde_json::from_str(order)?;
    confine(&order.options.read.limits)?;
    let pipe = Pipe(RefCell::new(BufWriter::with_capacity(1 << 16, io::stdout().lock())));
    let mut read = Read::default();
    let ended = match open(io::stdin().lock(), &order.name, &order.options.read) {
        Ok(opened) => {
            pipe.send(&Message::Opened(opened.input.clone()))?;
            pipe.0.borrow_mut().flush()?;
            read_opened(&opened, &order.options, &pipe, &mut read)
        }
        Err(trouble) => Err(trouble),
    };
    if let Err(trouble) = ended {
        read.issues.push(trouble.of_file(&order.name));
    }
    pipe.send(&Message::Done(Box::new(read)))?;
    pipe.0.into_inner().flush()
}

/// The way to the parent.
struct Pipe<W>(RefCell<W>);

impl<W: io::Write> Pipe<W> {
    fn send(&self, message: &Message) -> io::Result<()> {
        send(&mut *self.0.borrow_mut(), message)
    }

    /// Sends what nobody may be there to hear; the last message then fails and ends the process.
    fn tell(&self, message: &Message) {
        drop(self.send(message));
    }
}

/// Records sent at once.
const CHUNK: usize = 16_384;

impl<W: io::Write> Sink for Pipe<W> {
    fn at_once(&self) -> usize {
        CHUNK
    }

    fn rows(&self, rows: Table) {
        if !rows.is_empty() {
            self.tell(&Message::Rows(rows));
        }
    }

    fn keep(&self) {
        self.tell(&Message::Keep);
    }

    fn discard(&self) {
        self.tell(&Message::Discard);
    }
}

/// Gives up what reading does not need: memory and time without end, files, processes.
#[cfg(unix)]
fn confine(limits: &Limits) -> io::Result<()> {
    use rlimit::Resource;
    let bounds = [
        (Resource::AS, limits.memory),
        (Resource::CPU, limits.cpu_seconds),
        (Resource::FSIZE, 0),
        (Resource::CORE, 0),
        (Resource::NOFILE, 16),
    ];
    for (resource, bound) in bounds {
        let (_, hard) = resource.get()?;
        let bound = bound.min(hard);
        resource.set(bound, bound)?;
    }
    #[cfg(target_os = "linux")]
    Resource::NPROC.set(0, 0)?;
    Ok(())
}

/// Where a process cannot limit itself, its parent's clock still does.
#[cfg(not(unix))]
fn confine(_: &Limits) -> io::Result<()> {
    Ok(())
}
