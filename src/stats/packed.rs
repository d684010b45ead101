//! Whole numbers packed into bytes, to be stored and read back exactly.

/// Writes numbers: small ones take a byte.
pub trait Packed {
    /// A whole number, seven bits a byte, low ones first.
    fn put(&mut self, number: u64);

    /// A number that may be negative.
    fn put_signed(&mut self, number: i64) {
        self.put(((number << 1) ^ (number >> 63)) as u64);
    }

    /// A long number that may be negative.
    fn put_long(&mut self, number: i128) {
        let folded = ((number << 1) ^ (number >> 127)) as u128;
        self.put(folded as u64);
        self.put((folded >> 64) as u64);
    }

    /// A number with all its bits.
    fn put_float(&mut self, number: f64);

    /// A whole number, or none.
    fn put_some(&mut self, number: Option<u32>) {
        self.put(number.map_or(0, |it| u64::from(it) + 1));
    }

    /// A text.
    fn put_text(&mut self, text: &str);
}

impl Packed for Vec<u8> {
    fn put(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.push(number as u8);
    }

    fn put_float(&mut self, number: f64) {
        self.extend(number.to_bits().to_le_bytes());
    }

    fn put_text(&mut self, text: &str) {
        self.put(text.len() as u64);
        self.extend(text.as_bytes());
    }
}

/// Reads what [`Packed`] wrote, in the same order; none where it does not fit.
#[derive(Debug, Clone, Copy)]
pub struct Unpack<'a>(&'a [u8]);

impl<'a> Unpack<'a> {
    /// From its first byte on.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// Whether everything has been read.
    pub fn is_done(&self) -> bool {
        self.0.is_empty()
    }

    /// A whole number.
    pub fn take(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let (byte, rest) = self.0.split_first()?;
            self.0 = rest;
            number |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }

    /// A whole number of a given type.
    pub fn take_as<T: TryFrom<u64>>(&mut self) -> Option<T> {
        T::try_from(self.take()?).ok()
    }

    /// A number that may be negative.
    pub fn take_signed(&mut self) -> Option<i64> {
        let folded = self.take()?;
        Some((folded >> 1) as i64 ^ -((folded & 1) as i64))
    }

    /// A long number that may be negative.
    pub fn take_long(&mut self) -> Option<i128> {
        let folded = u128::from(self.take()?) | u128::from(self.take()?) << 64;
        Some((folded >> 1) as i128 ^ -((folded & 1) as i128))
    }

    /// A number with all its bits.
    pub fn take_float(&mut self) -> Option<f64> {
        let (bytes, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(f64::from_bits(u64::from_le_bytes(*bytes)))
    }

    /// A whole number, or none.
    pub fn take_some(&mut self) -> Option<Option<u32>> {
        match self.take()? {
            0 => Some(None),
            more => u32::try_from(more - 1).ok().map(Some),
        }
    }

    /// A text.
    pub fn take_text(&mut self) -> Option<&'a str> {
        let length = self.take_as::<usize>()?;
        let (text, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        std::str::from_utf8(text).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_was_put_is_taken(a: u64, b: i64, c: i128, d: f64, e: Option<u16>, f: String) {
            let e = e.map(u32::from);
            let mut bytes = Vec::new();
            bytes.put(a);
            bytes.put_signed(b);
            bytes.put_long(c);
            bytes.put_float(d);
            bytes.put_some(e);
            bytes.put_text(&f);
            let mut it = Unpack::new(&bytes);
            prop_assert_eq!(it.take(), Some(a));
            prop_assert_eq!(it.take_signed(), Some(b));
            prop_assert_eq!(it.take_long(), Some(c));
            prop_assert_eq!(it.take_float().map(f64::to_bits), Some(d.to_bits()));
            prop_assert_eq!(it.take_some(), Some(e));
            prop_assert_eq!(it.take_text(), Some(f.as_str()));
            prop_assert!(it.is_done());
            for cut in 0..bytes.len() {
                let mut it = Unpack::new(&bytes[..cut]);
                let whole = it.take().and_then(|_| it.take_signed()).and_then(|_| it.take_long());
                let whole = whole.and_then(|_| it.take_float()).and_then(|_| it.take_some());
                prop_assert!(whole.and_then(|_| it.take_text()).is_none());
            }
        }
    }
}
