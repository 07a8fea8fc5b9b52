//! Artifacts to disk: the one room besides intake (and settings' files) that touches the world.

mod folder;

pub use folder::{Artifact, DeliverError, write};
