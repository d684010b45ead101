//! What falls on which day.

/// Entries by day, taken out day by day. Putting one in and looking for nothing
/// cost a few nanoseconds.
#[derive(Debug, Clone)]
pub struct Agenda<T> {
    days: Vec<Vec<T>>,
}

impl<T> Agenda<T> {
    /// An empty one for days 0 to `last`; what falls later never comes up.
    pub fn new(last: u32) -> Self {
        Self {
            days: (0..=last).map(|_| Vec::new()).collect(),
        }
    }

    /// Enters something on a day.
    #[inline]
    pub fn put(&mut self, day: u32, entry: T) {
        if let Some(entries) = self.days.get_mut(day as usize) {
            entries.push(entry);
        }
    }

    /// Takes out all of a day, in the order it was entered.
    #[inline]
    pub fn take(&mut self, day: u32) -> Vec<T> {
        self.days
            .get_mut(day as usize)
            .map(std::mem::take)
            .unwrap_or_default()
    }

    /// Whether nothing falls on a day.
    #[inline]
    pub fn is_free(&self, day: u32) -> bool {
        self.days.get(day as usize).is_none_or(Vec::is_empty)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_taken_once_and_nothing_falls_after_the_end() {
        let mut agenda = Agenda::new(3);
        agenda.put(2, 'a');
        agenda.put(2, 'b');
        agenda.put(9, 'c');
        assert!(agenda.is_free(1) && !agenda.is_free(2) && agenda.is_free(9));
        assert_eq!(agenda.take(2), ['a', 'b']);
        assert!(agenda.is_free(2) && agenda.take(9).is_empty());
    }
}
