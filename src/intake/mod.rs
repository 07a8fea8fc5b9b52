//! Reads files into typed tables and issues, every value with its origin.
