//! Sets of indices.

use std::marker::PhantomData;

/// A set of indices of one kind, such as clauses or monitors. The first 64 need no
/// memory of their own, and there may be any number of others.
pub struct Bits<I> {
    low: u64,
    /// Those from 64 on, in words of 64; shorter where nothing follows.
    high: Option<Box<[u64]>>,
    of: PhantomData<fn() -> I>,
}

impl<I: Into<usize> + From<usize>> Bits<I> {
    /// The set of nothing.
    #[must_use]
    pub const fn new() -> Self {
        Self { low: 0, high: None, of: PhantomData }
    }

    /// Whether an index is in it.
    #[inline]
    #[must_use]
    pub fn contains(&self, index: I) -> bool {
        let place: usize = index.into();
        match place {
            0..64 => self.low >> place & 1 == 1,
            _ => self.word(place / 64) >> (place % 64) & 1 == 1,
        }
    }

    /// Takes an index in.
    #[inline]
    pub fn insert(&mut self, index: I) {
        let place: usize = index.into();
        match place {
            0..64 => self.low |= 1 << place,
            _ => *self.word_mut(place / 64) |= 1 << (place % 64),
        }
    }

    /// Takes an index out.
    #[inline]
    pub fn remove(&mut self, index: I) {
        let place: usize = index.into();
        match place {
            0..64 => self.low &= !(1 << place),
            _ if place / 64 < self.words() => {
                *self.word_mut(place / 64) &= !(1 << (place % 64));
            }
            _ => {}
        }
    }

    /// Takes an index in or out.
    #[inline]
    pub fn set(&mut self, index: I, is_in: bool) {
        if is_in { self.insert(index) } else { self.remove(index) }
    }

    /// Whether nothing is in it.
    #[inline]
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.low == 0 && self.high.as_ref().is_none_or(|high| high.iter().all(|word| *word == 0))
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
        self.low |= other.low;
        if let Some(high) = &other.high {
            for (at, word) in (1..).zip(&**high) {
                *self.word_mut(at) |= word;
            }
        }
    }

    /// Takes out what is not in another.
    #[inline]
    pub fn intersect_with(&mut self, other: &Self) {
        self.low &= other.low;
        if let Some(high) = &mut self.high {
            for (at, word) in (1..).zip(&mut **high) {
                *word &= other.word(at);
            }
        }
    }

    /// Takes out what is in another.
    #[inline]
    pub fn difference_with(&mut self, other: &Self) {
        self.low &= !other.low;
        if let Some(high) = &mut self.high {
            for (at, word) in (1..).zip(&mut **high) {
                *word &= !other.word(at);
            }
        }
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
        for (at, word) in (1..).zip(self.high.iter_mut().flat_map(|high| &mut **high)) {
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
        let mut all = self.clone();
        all.union_with(other);
        all
    }

    /// What is in both.
    #[inline]
    #[must_use]
    pub fn intersection(&self, other: &Self) -> Self {
        let mut both = self.clone();
        both.intersect_with(other);
        both
    }

    /// What is in this one and not in another.
    #[inline]
    #[must_use]
    pub fn difference(&self, other: &Self) -> Self {
        let mut rest = self.clone();
        rest.difference_with(other);
        rest
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
        self.low & other.low != 0
            || self.high.is_some()
                && (1..self.words()).any(|at| self.word(at) & other.word(at) != 0)
    }

    /// Those in it, from the least.
    #[inline]
    pub fn iter(&self) -> impl Iterator<Item = I> {
        let (mut word, mut first) = (self.low, 0);
        let mut high = self.high.iter().flat_map(|high| &**high);
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
        1 + self.high.as_ref().map_or(0, |high| high.len())
    }

    #[inline]
    fn word(&self, at: usize) -> u64 {
        match (at, &self.high) {
            (0, _) => self.low,
            (_, Some(high)) => high.get(at - 1).copied().unwrap_or(0),
            (_, None) => 0,
        }
    }

    /// A word to be written to, with as many before it as that takes.
    #[inline]
    fn word_mut(&mut self, at: usize) -> &mut u64 {
        if at == 0 {
            return &mut self.low;
        }
        if at >= self.words() {
            let mut longer = self.high.take().unwrap_or_default().into_vec();
            longer.resize(at, 0);
            self.high = Some(longer.into_boxed_slice());
        }
        match &mut self.high {
            Some(high) => &mut high[at - 1],
            None => &mut self.low,
        }
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
    fn eq(&self, other: &Self) -> bool {
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
