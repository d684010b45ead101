//! Sets of indices.

use std::marker::PhantomData;

/// A set of indices of one kind, such as clauses or monitors. The first 64 need no
/// memory of their own, and there may be any number of others.
pub struct Bits<I> {
    low: u64,
    high: Option<Box<High>>,
    of: PhantomData<fn() -> I>,
}

/// Those from 64 on, in words of 64; shorter where nothing follows. Behind a thin pointer,
/// so that a set without them is two words.
#[derive(Clone, Default)]
struct High(Vec<u64>);

/// What a set does with the words of another.
#[derive(Clone, Copy)]
enum With {
    Union,
    Intersection,
    Difference,
}

impl With {
    #[inline]
    fn apply(self, word: u64, other: u64) -> u64 {
        match self {
            Self::Union => word | other,
            Self::Intersection => word & other,
            Self::Difference => word & !other,
        }
    }
}

impl<I: Into<usize> + From<usize>> Bits<I> {
    /// The set of nothing.
    #[must_use]
    pub const fn new() -> Self {
        Self { low: 0, high: None, of: PhantomData }
    }

    /// Whether an index is in it.
    #[inline(always)]
    #[must_use]
    pub fn contains(&self, index: I) -> bool {
        match index.into() {
            place @ 0..64 => self.low >> place & 1 == 1,
            place => self.word(place / 64) >> (place % 64) & 1 == 1,
        }
    }

    /// Takes an index in.
    #[inline(always)]
    pub fn insert(&mut self, index: I) {
        self.set(index, true);
    }

    /// Takes an index out.
    #[inline(always)]
    pub fn remove(&mut self, index: I) {
        self.set(index, false);
    }

    /// Takes an index in or out.
    #[inline(always)]
    pub fn set(&mut self, index: I, is_in: bool) {
        match index.into() {
            place @ 0..64 => self.low = self.low & !(1 << place) | u64::from(is_in) << place,
            place => self.set_high(place, is_in),
        }
    }

    #[cold]
    #[inline(never)]
    fn set_high(&mut self, place: usize, is_in: bool) {
        if is_in || place / 64 < self.words() {
            let word = self.word_mut(place / 64);
            *word = *word & !(1 << (place % 64)) | u64::from(is_in) << (place % 64);
        }
    }

    /// Whether nothing is in it.
    #[inline]
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.low == 0 && self.high.as_ref().is_none_or(|high| high.0.iter().all(|word| *word == 0))
    }

    /// How many are in it.
    #[must_use]
    pub fn len(&self) -> usize {
        (0..self.words()).map(|at| self.word(at).count_ones() as usize).sum()
    }

    /// Takes all out.
    #[inline]
    pub fn clear(&mut self) {
        *self = Self::new();
    }

    /// Takes in what is in another.
    #[inline]
    pub fn union_with(&mut self, other: &Self) {
        self.combine(With::Union, other);
    }

    /// Takes out what is not in another.
    #[inline]
    pub fn intersect_with(&mut self, other: &Self) {
        self.combine(With::Intersection, other);
    }

    /// Takes out what is in another.
    #[inline]
    pub fn difference_with(&mut self, other: &Self) {
        self.combine(With::Difference, other);
    }

    #[inline]
    fn combine(&mut self, with: With, other: &Self) {
        self.low = with.apply(self.low, other.low);
        if self.high.is_some() || other.high.is_some() {
            self.combine_high(with, other);
        }
    }

    #[cold]
    #[inline(never)]
    fn combine_high(&mut self, with: With, other: &Self) {
        for at in 1..self.words().max(other.words()) {
            let word = with.apply(self.word(at), other.word(at));
            if word != self.word(at) {
                *self.word_mut(at) = word;
            }
        }
    }

    /// What this makes of it and another, without a copy first.
    #[inline]
    fn combined(&self, with: With, other: &Self) -> Self {
        if self.high.is_some() || other.high.is_some() {
            let mut all = self.clone();
            all.combine(with, other);
            return all;
        }
        Self { low: with.apply(self.low, other.low), high: None, of: PhantomData }
    }

    /// Takes out those that something does not hold of.
    #[inline]
    pub fn retain(&mut self, mut holds: impl FnMut(I) -> bool) {
        let mut left = self.low;
        while left != 0 {
            let bit = left.trailing_zeros();
            left &= left - 1;
            if !holds(I::from(bit as usize)) {
                self.low &= !(1 << bit);
            }
        }
        if self.high.is_some() {
            self.retain_high(holds);
        }
    }

    #[cold]
    fn retain_high(&mut self, mut holds: impl FnMut(I) -> bool) {
        for (at, word) in (1..).zip(self.high.iter_mut().flat_map(|high| &mut high.0)) {
            for bit in 0..64 {
                if *word >> bit & 1 == 1 && !holds(I::from(at * 64 + bit)) {
                    *word &= !(1 << bit);
                }
            }
        }
    }

    /// What is in this one or another.
    #[inline]
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        self.combined(With::Union, other)
    }

    /// What is in both.
    #[inline]
    #[must_use]
    pub fn intersection(&self, other: &Self) -> Self {
        self.combined(With::Intersection, other)
    }

    /// What is in this one and not in another.
    #[inline]
    #[must_use]
    pub fn difference(&self, other: &Self) -> Self {
        self.combined(With::Difference, other)
    }

    /// What is in one of the two alone.
    #[inline]
    #[must_use]
    pub fn symmetric_difference(&self, other: &Self) -> Self {
        if self.high.is_none() && other.high.is_none() {
            return Self { low: self.low ^ other.low, high: None, of: PhantomData };
        }
        self.difference(other).union(&other.difference(self))
    }

    /// Whether anything is in both.
    #[inline]
    #[must_use]
    pub fn intersects(&self, other: &Self) -> bool {
        self.low & other.low != 0 || self.high.is_some() && self.intersects_high(other)
    }

    #[cold]
    #[inline(never)]
    fn intersects_high(&self, other: &Self) -> bool {
        (1..self.words()).any(|at| self.word(at) & other.word(at) != 0)
    }

    /// Those in it, from the least.
    #[inline]
    pub fn iter(&self) -> impl Iterator<Item = I> {
        let (mut word, mut first) = (self.low, 0);
        let mut high = self.high.iter().flat_map(|high| &high.0);
        std::iter::from_fn(move || {
            while word == 0 {
                word = *high.next()?;
                first += 64;
            }
            let bit = word.trailing_zeros() as usize;
            word &= word - 1;
            Some(I::from(first + bit))
        })
    }

    #[inline]
    fn words(&self) -> usize {
        1 + self.high.as_ref().map_or(0, |high| high.0.len())
    }

    #[inline]
    fn word(&self, at: usize) -> u64 {
        match (at, &self.high) {
            (0, _) => self.low,
            (_, Some(high)) => high.0.get(at - 1).copied().unwrap_or(0),
            (_, None) => 0,
        }
    }

    /// A word to be written to, with as many before it as that takes.
    #[inline]
    fn word_mut(&mut self, at: usize) -> &mut u64 {
        if at == 0 {
            return &mut self.low;
        }
        let High(words) = &mut **self.high.get_or_insert_default();
        if at > words.len() {
            words.resize(at, 0);
        }
        &mut words[at - 1]
    }
}

impl<I> Default for Bits<I> {
    fn default() -> Self {
        Self { low: 0, high: None, of: PhantomData }
    }
}

impl<I> Clone for Bits<I> {
    #[inline]
    fn clone(&self) -> Self {
        Self { low: self.low, high: self.high.clone(), of: PhantomData }
    }
}

impl<I: Into<usize> + From<usize>> PartialEq for Bits<I> {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        if self.high.is_none() && other.high.is_none() {
            return self.low == other.low;
        }
        let words = self.words().max(other.words());
        (0..words).all(|at| self.word(at) == other.word(at))
    }
}

impl<I: Into<usize> + From<usize>> Eq for Bits<I> {}

impl<I: Into<usize> + From<usize>> std::fmt::Debug for Bits<I> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.iter().map(Into::into)).finish()
    }
}

impl<I: Into<usize> + From<usize>> FromIterator<I> for Bits<I> {
    #[inline]
    fn from_iter<T: IntoIterator<Item = I>>(indices: T) -> Self {
        let mut set = Self::new();
        for index in indices {
            set.insert(index);
        }
        set
    }
}

impl<I: Into<usize> + From<usize>> Extend<I> for Bits<I> {
    #[inline]
    fn extend<T: IntoIterator<Item = I>>(&mut self, indices: T) {
        for index in indices {
            self.insert(index);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn indices() -> impl Strategy<Value = BTreeSet<usize>> {
        prop::collection::btree_set(prop_oneof![0..70_usize, 60..300_usize], 0..12)
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, rng_seed: proptest::test_runner::RngSeed::Fixed(3), ..ProptestConfig::default() })]

        /// Every operation is that of sets, on either side of 64 and across it.
        #[test]
        fn they_are_sets(a in indices(), b in indices(), out in 0..300_usize) {
            let (mut x, y): (Bits<usize>, Bits<usize>) =
                (a.iter().copied().collect(), b.iter().copied().collect());
            let listed = |set: Bits<usize>| set.iter().collect::<Vec<_>>();
            prop_assert_eq!(listed(x.union(&y)), a.union(&b).copied().collect::<Vec<_>>());
            prop_assert_eq!(listed(x.intersection(&y)), a.intersection(&b).copied().collect::<Vec<_>>());
            prop_assert_eq!(listed(x.difference(&y)), a.difference(&b).copied().collect::<Vec<_>>());
            prop_assert_eq!(
                listed(x.symmetric_difference(&y)),
                a.symmetric_difference(&b).copied().collect::<Vec<_>>()
            );
            prop_assert_eq!(x.intersects(&y), !a.is_disjoint(&b));
            prop_assert_eq!(x.len(), a.len());
            prop_assert_eq!(x == y, a == b);
            prop_assert_eq!(x.contains(out), a.contains(&out));
            x.remove(out);
            prop_assert!(!x.contains(out));
            let mut kept = y.clone();
            kept.retain(|index| index % 3 > 0);
            prop_assert_eq!(listed(kept), b.iter().copied().filter(|n| n % 3 > 0).collect::<Vec<_>>());
            x.insert(out);
            prop_assert!(x.contains(out));
            x.clear();
            prop_assert!(x.is_empty() && x == Bits::new());
        }
    }
}
