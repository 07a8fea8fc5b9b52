//! Lean flow: takt, line balance, effectiveness and event logs.
