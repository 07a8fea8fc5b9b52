//! Every file is parsed in a process of its own: the same program, with limits it sets itself.
//!
//! A parser of other people's bytes may panic, ask for terabytes, or never return. None of that
//! can be caught inside one process, so the file is handed to a child as its standard input, and
//! what it answers is typed rows. A child that dies is one refused file, and the run goes on.

mod child;
mod parent;
mod wire;

pub use child::serve;
pub(super) use parent::read_apart;
