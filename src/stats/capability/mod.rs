//! Process capability: what a stable process can hold against its specification.
