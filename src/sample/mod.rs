//! The sample company: workbooks as departments really send them, with planted truths.
