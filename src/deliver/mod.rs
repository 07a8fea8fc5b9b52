//! Artifacts to disk: the one room besides intake that touches the world.
