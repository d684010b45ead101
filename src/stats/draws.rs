//! Draws that depend on what they are for, never on what was drawn before.

use std::convert::Infallible;

use rand::rand_core::TryRng;
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
}

impl Draws {
    /// The draws of a replicate under a master seed.
    pub fn new(seed: u64, replicate: u64) -> Self {
        let counter = [replicate as u32, (replicate >> 32) as u32, 0, 0];
        let block = philox4x32_10(counter, [seed as u32, (seed >> 32) as u32]);
        Self { key: [block[0], block[1]] }
    }

    #[inline]
    fn block(self, stream: Stream, turn: u32, ordinal: u32) -> [u32; 4] {
        philox4x32_10([stream.0 as u32, (stream.0 >> 32) as u32, turn, ordinal], self.key)
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

    /// A generator for one stream and turn, for code that wants `rand`'s traits.
    pub fn rng(self, stream: Stream, turn: u32) -> KeyedRng {
        KeyedRng { draws: self, stream, turn, ordinal: 0, block: [0; 4], used: 4 }
    }
}

#[inline]
fn open_unit(a: u32, b: u32) -> f64 {
    let bits = (u64::from(a) << 21) ^ (u64::from(b) >> 11);
    (bits as f64 + 0.5) * (1.0 / 9_007_199_254_740_992.0)
}

/// The blocks of one stream and turn in the order of their ordinals, behind
/// `rand`'s traits.
#[derive(Debug, Clone)]
pub struct KeyedRng {
    draws: Draws,
    stream: Stream,
    turn: u32,
    ordinal: u32,
    block: [u32; 4],
    used: usize,
}

impl TryRng for KeyedRng {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        if self.used == 4 {
            self.block = self.draws.block(self.stream, self.turn, self.ordinal);
            self.ordinal = self.ordinal.wrapping_add(1);
            self.used = 0;
        }
        self.used += 1;
        Ok(self.block[self.used - 1])
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let low = u64::from(self.try_next_u32()?);
        Ok(low | u64::from(self.try_next_u32()?) << 32)
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        for chunk in bytes.chunks_mut(4) {
            let word = self.try_next_u32()?.to_le_bytes();
            chunk.copy_from_slice(&word[..chunk.len()]);
        }
        Ok(())
    }
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

    #[test]
    fn the_generator_gives_the_blocks_in_order() {
        let draws = Draws::new(1, 2);
        let stream = Stream::new("x", &["y"]);
        let mut rng = draws.rng(stream, 5);
        let mut bytes = [0; 20];
        let _ = rng.try_fill_bytes(&mut bytes);
        let first = draws.block(stream, 5, 0);
        let second = draws.block(stream, 5, 1);
        let words: Vec<u32> =
            bytes.chunks(4).map(|c| u32::from_le_bytes([c[0], c[1], c[2], c[3]])).collect();
        assert_eq!(words, [first[0], first[1], first[2], first[3], second[0]]);
    }
}
