//! A gate: a comparison that makes the run fail.

/// Which way a gate compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compare {
    /// Below the bound.
    Less,
    /// Above the bound.
    Greater,
}

/// Fails the run where `metric` compares so with `bound`.
#[derive(Clone, Debug, PartialEq)]
pub struct Gate {
    /// Id of the metric.
    pub metric: String,
    /// Which way.
    pub compare: Compare,
    /// The bound.
    pub bound: f64,
}

impl Gate {
    /// Parses `z_st<4` or `dpmo>6210`; `None` where the text is neither.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let at = text.find(['<', '>'])?;
        let (metric, rest) = text.split_at(at);
        let compare = if rest.starts_with('<') { Compare::Less } else { Compare::Greater };
        let bound: f64 = rest.get(1..)?.trim().parse().ok()?;
        let metric = metric.trim().to_owned();
        (!metric.is_empty() && bound.is_finite()).then_some(Self { metric, compare, bound })
    }

    /// Whether a value fails the gate.
    #[must_use]
    pub fn fails(&self, value: f64) -> bool {
        match self.compare {
            Compare::Less => value < self.bound,
            Compare::Greater => value > self.bound,
        }
    }
}

impl std::fmt::Display for Gate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let sign = if self.compare == Compare::Less { '<' } else { '>' };
        write!(f, "{}{sign}{}", self.metric, self.bound)
    }
}

#[cfg(test)]
mod tests {
    use super::Gate;

    #[test]
    fn reads_a_comparison_and_nothing_else() {
        assert!(Gate::parse("z_st < 4").is_some_and(|g| g.fails(3.9) && !g.fails(4.0)));
        assert!(Gate::parse("dpmo>6210").is_some_and(|g| g.fails(7000.0)));
        assert_eq!(Gate::parse("<4"), None);
        assert_eq!(Gate::parse("z_st=4"), None);
        assert_eq!(Gate::parse("z_st<four"), None);
    }
}
