//! What was asked, then what is valid.
