//! Draws that depend on what they are for, never on what was drawn before.

use sha2::{Digest, Sha256};

use super::philox::philox4x32_10;

/// What a draw is for: a purpose and the text ids of the entities it concerns,
/// hashed once when the scenario is compiled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stream(u64);

impl Stream {
    /// The stream of a purpose and the ids it concerns, in order: the first
    /// eight bytes of the SHA-256 of the parts, each with its length before it.
    pub fn new(purpose: &str, ids: &[&str]) -> Self {
        let mut hash = Sha256::new();
        for part in std::iter::once(&purpose).chain(ids) {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part.as_bytes());
        }
        let digest = hash.finalize();
        let mut first = [0; 8];
        first.copy_from_slice(&digest[..8]);
        Self(u64::from_le_bytes(first))
    }
}

/// All the randomness of one replicate.
///
/// A draw is a function of (seed, replicate, stream, turn, ordinal) alone:
/// another force, monitor or clause changes no draw but its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Draws {
    key: [u32; 2],
    /// The key of the numbers that the file leaves open; only in a twin another one.
    open: [u32; 2],
}

impl Draws {
    /// The draws of a replicate under a master seed.
    pub fn new(seed: u64, replicate: u64) -> Self {
        let key = key(seed, replicate, 0);
        Self { key, open: key }
    }

    /// The draws of a replicate's twin: it shares the numbers that the file leaves open,
    /// and nothing else.
    pub fn twin(seed: u64, replicate: u64) -> Self {
        Self { key: key(seed, replicate, 1), open: key(seed, replicate, 0) }
    }

    #[inline]
    fn block(self, stream: Stream, turn: u32, ordinal: u32) -> [u32; 4] {
        philox4x32_10([stream.0 as u32, (stream.0 >> 32) as u32, turn, ordinal], self.key)
    }

    /// A number of the open interval (0, 1), from which a number that the file leaves
    /// open is drawn.
    pub fn open_number(self, stream: Stream) -> f64 {
        Self { key: self.open, ..self }.uniform(stream, 0, 0)
    }

    /// A number of the open interval (0, 1), a multiple of 2⁻⁵³ plus 2⁻⁵⁴.
    #[inline]
    pub fn uniform(self, stream: Stream, turn: u32, ordinal: u32) -> f64 {
        let [a, b, ..] = self.block(stream, turn, ordinal);
        open_unit(a, b)
    }

    /// Two independent numbers of the open interval (0, 1).
    #[inline]
    pub fn uniforms(self, stream: Stream, turn: u32, ordinal: u32) -> (f64, f64) {
        let [a, b, c, d] = self.block(stream, turn, ordinal);
        (open_unit(a, b), open_unit(c, d))
    }
}

/// The key of a replicate, or of its twin.
fn key(seed: u64, replicate: u64, twin: u32) -> [u32; 2] {
    let counter = [replicate as u32, (replicate >> 32) as u32, twin, 0];
    let block = philox4x32_10(counter, [seed as u32, (seed >> 32) as u32]);
    [block[0], block[1]]
}

#[inline]
fn open_unit(a: u32, b: u32) -> f64 {
    let bits = (u64::from(a) << 21) ^ (u64::from(b) >> 11);
    (bits as f64 + 0.5) * (1.0 / 9_007_199_254_740_992.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draw_depends_on_each_part_of_its_key() {
        let of = |seed, replicate, ids: &[&str], turn, ordinal| {
            Draws::new(seed, replicate).uniform(Stream::new("review", ids), turn, ordinal)
        };
        let base = of(1, 0, &["iran", "pullback"], 3, 0);
        assert_eq!(base, of(1, 0, &["iran", "pullback"], 3, 0));
        for other in [
            of(2, 0, &["iran", "pullback"], 3, 0),
            of(1, 1, &["iran", "pullback"], 3, 0),
            of(1, 0, &["iranpullback"], 3, 0),
            of(1, 0, &["pullback", "iran"], 3, 0),
            of(1, 0, &["iran", "pullback"], 4, 0),
            of(1, 0, &["iran", "pullback"], 3, 1),
        ] {
            assert_ne!(base, other);
        }
    }

    #[test]
    fn a_twin_shares_what_the_file_leaves_open_and_nothing_else() {
        let stream = Stream::new("parameter", &["force.kiswah.strength"]);
        let (first, twin) = (Draws::new(7, 3), Draws::twin(7, 3));
        assert_eq!(first.open_number(stream), twin.open_number(stream));
        assert_eq!(first.open_number(stream), first.uniform(stream, 0, 0));
        assert_ne!(first.uniform(stream, 0, 0), twin.uniform(stream, 0, 0));
        let others = (0..400).map(|replicate| Draws::new(7, replicate).uniform(stream, 0, 0));
        assert!(others.into_iter().all(|it| it != twin.uniform(stream, 0, 0)));
    }

    /// Mean of n uniforms: standard error √(1/12n); tolerance five of them.
    #[test]
    fn uniforms_over_replicates_are_uniform() {
        let stream = Stream::new("test", &[]);
        let n = 100_000;
        let (mut sum, mut square, mut below) = (0.0, 0.0, 0);
        for replicate in 0..n {
            let u = Draws::new(7, replicate).uniform(stream, 0, 0);
            assert!(u > 0.0 && u < 1.0);
            sum += u;
            square += u * u;
            below += u64::from(u < 0.1);
        }
        let n = n as f64;
        let se = (1.0 / 12.0 / n).sqrt();
        assert!((sum / n - 0.5).abs() < 5.0 * se);
        assert!((square / n - 1.0 / 3.0).abs() < 5.0 * (4.0 / 45.0 / n).sqrt());
        assert!((below as f64 / n - 0.1).abs() < 5.0 * (0.09 / n).sqrt());
    }
}
