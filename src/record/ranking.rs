//! Best, median and worst replicate, without keeping them all.

const STEPS: usize = 1 << 16;

/// Counts of replicates by their compliance, in steps of 2⁻¹⁶, each with the
/// lowest replicate number: equal within a step are ties.
#[derive(Debug, Clone)]
pub struct Ranking {
    counts: Vec<u32>,
    lowest: Vec<u64>,
    n: u64,
}

impl Default for Ranking {
    fn default() -> Self {
        Self { counts: vec![0; STEPS + 1], lowest: vec![u64::MAX; STEPS + 1], n: 0 }
    }
}

/// Replicates worth a closer look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Notable {
    /// The greatest compliance.
    pub best: u64,
    /// The middle one; of an even number the lower of the two.
    pub median: u64,
    /// The least.
    pub worst: u64,
}

impl Ranking {
    /// Adds a replicate with its compliance in [0, 1]; NaN is passed over.
    pub fn add(&mut self, replicate: u64, compliance: f64) {
        if compliance.is_nan() {
            return;
        }
        let step = (compliance.clamp(0.0, 1.0) * STEPS as f64).round() as usize;
        self.counts[step] += 1;
        self.lowest[step] = self.lowest[step].min(replicate);
        self.n += 1;
    }

    /// Adds what another one holds.
    pub fn merge(&mut self, other: &Self) {
        for (step, count) in other.counts.iter().enumerate() {
            self.counts[step] += count;
            self.lowest[step] = self.lowest[step].min(other.lowest[step]);
        }
        self.n += other.n;
    }

    /// Best, median and worst; replicate 0 of nothing.
    pub fn notable(&self) -> Notable {
        let at_rank = |rank: u64| {
            let mut below = 0;
            for (step, count) in self.counts.iter().enumerate() {
                below += u64::from(*count);
                if below > rank {
                    return self.lowest[step];
                }
            }
            0
        };
        if self.n == 0 {
            return Notable { best: 0, median: 0, worst: 0 };
        }
        Notable { best: at_rank(self.n - 1), median: at_rank((self.n - 1) / 2), worst: at_rank(0) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ties_go_to_the_lower_number() {
        let (mut a, mut b) = (Ranking::default(), Ranking::default());
        for (replicate, compliance) in [(4, 0.5), (7, 0.9), (2, 0.1), (9, 0.1)] {
            a.add(replicate, compliance);
        }
        for (replicate, compliance) in [(1, 0.5), (8, f64::NAN), (3, 0.9)] {
            b.add(replicate, compliance);
        }
        a.merge(&b);
        let notable = Notable { best: 3, median: 1, worst: 2 };
        assert_eq!(a.notable(), notable);
        assert_eq!(Ranking::default().notable().median, 0);
    }
}
