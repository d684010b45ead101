//! Which share of a plan's blocks is this worker's.

use super::exit::Failure;

/// Where engines put the index of a worker in its array. Any run of n whole numbers
/// is n shares, wherever it begins: the index counts modulo n.
const INDICES: [&str; 4] =
    ["SLURM_ARRAY_TASK_ID", "HQ_TASK_ID", "JOB_COMPLETION_INDEX", "PARALLEL_SEQ"];

/// The k-th of n shares, k from 0 on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Shard {
    pub(super) k: u64,
    pub(super) n: u64,
}

impl Shard {
    /// Everything.
    pub(super) const WHOLE: Self = Self { k: 0, n: 1 };

    /// Reads `k/n`, k from 1 to n, or `n` with the index of an array job.
    pub(super) fn read(
        text: &str,
        environment: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, Failure> {
        let usage = |why: String| Failure::usage(format!("--shard {text}: {why}"));
        let count = |text: &str| text.trim().parse::<u64>().ok();
        if let Some((k, n)) = text.split_once('/') {
            return match (count(k), count(n)) {
                (Some(k), Some(n)) if (1..=n).contains(&k) => Ok(Self { k: k - 1, n }),
                (Some(_), Some(n)) if n > 0 => {
                    Err(usage(format!("shares count from 1/{n} to {n}/{n}")))
                }
                _ => Err(usage("write K/N, such as 2/8".into())),
            };
        }
        let Some(n) = count(text).filter(|n| *n > 0) else {
            return Err(usage("write K/N, such as 2/8".into()));
        };
        let index = INDICES.iter().find_map(|name| Some((*name, environment(name)?)));
        match index {
            Some((name, value)) => match count(&value) {
                Some(index) => Ok(Self { k: index % n, n }),
                None => Err(usage(format!("{name} is \"{value}\", which is no index"))),
            },
            None => {
                Err(usage(format!("no array index is set ({}): write K/{n}", INDICES.join(", "))))
            }
        }
    }

    /// Its stretch of so many blocks: neighbours belong together, so that few points
    /// have to be loaded.
    pub(super) fn of(self, blocks: usize) -> std::ops::Range<usize> {
        let at = |k: u64| (blocks as u128 * u128::from(k) / u128::from(self.n)) as usize;
        at(self.k)..at(self.k + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, index: Option<(&str, &str)>) -> Result<Shard, String> {
        let environment =
            |name: &str| index.filter(|(own, _)| *own == name).map(|(_, value)| value.to_owned());
        Shard::read(text, environment).map_err(|failure| failure.message)
    }

    #[test]
    fn shares_count_from_one_and_array_indices_from_anywhere() {
        assert_eq!(read("2/8", None), Ok(Shard { k: 1, n: 8 }));
        for (name, from) in [
            ("SLURM_ARRAY_TASK_ID", 1),
            ("JOB_COMPLETION_INDEX", 0),
            ("PARALLEL_SEQ", 1),
            ("HQ_TASK_ID", 7),
        ] {
            let mut seen: Vec<u64> = (from..from + 3)
                .map(|index: u64| read("3", Some((name, &index.to_string()))).unwrap().k)
                .collect();
            seen.sort_unstable();
            assert_eq!(seen, [0, 1, 2], "{name}");
        }
        for wrong in ["0/4", "5/4", "1/0", "x", "0", "4"] {
            assert!(read(wrong, None).is_err(), "{wrong}");
        }
    }

    #[test]
    fn shares_are_all_blocks_once() {
        for n in [1, 2, 3, 7, 50] {
            let all: Vec<usize> = (0..n).flat_map(|k| Shard { k, n }.of(17)).collect();
            assert_eq!(all, (0..17).collect::<Vec<_>>(), "{n}");
        }
    }
}
