//! The reading process.

use std::io::{self, BufWriter, Write as _};

use super::wire::{Message, Order, send};
use crate::intake::Read;
use crate::intake::file::{open, read_opened};
use crate::intake::trouble::Trouble;
use crate::settings::Limits;

/// Reads the file on standard input as ordered, and answers on standard output.
///
/// # Errors
/// The order is not one of ours, or nobody listens to the answer.
pub fn serve(order: &str) -> io::Result<()> {
    let order: Order = serde_json::from_str(order)?;
    let limits = &order.options.read.limits;
    confine(limits)?;
    let mut out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    let mut read = Read::default();
    match open(io::stdin().lock(), &order.name, limits) {
        Ok(opened) => {
            send(&mut out, &Message::Opened(opened.input.clone()))?;
            out.flush()?;
            let ended = read_opened(&opened, &order.options, &mut read);
            refused(ended, &order.name, &mut read);
        }
        Err(trouble) => refused(Err(trouble), &order.name, &mut read),
    }
    for (_, table) in std::mem::take(&mut read.tables) {
        send(&mut out, &Message::Rows(table))?;
    }
    send(&mut out, &Message::Done(Box::new(read)))?;
    out.flush()
}

fn refused(ended: Result<(), Trouble>, name: &str, read: &mut Read) {
    if let Err(trouble) = ended {
        read.issues.push(trouble.of_file(name));
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
