//! Design of experiments and robust design.
