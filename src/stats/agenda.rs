//! What falls on which day.

/// Entries by day, taken out day by day. All of them lie in one list, those of a
/// day chained in the order they were entered, so that putting one in and
/// looking for nothing cost a few nanoseconds and no allocation of their own.
#[derive(Debug, Clone)]
pub struct Agenda<T> {
    /// By day: the first and last entry; none if it is free.
    days: Vec<(u32, u32)>,
    /// Entries with the next one of the same day.
    entries: Vec<(Option<T>, u32)>,
    /// Those whose place may be taken again, chained likewise.
    spent: u32,
}

const NONE: u32 = u32::MAX;

/// Entries that there is room for from the start.
const ROOM: usize = 64;

impl<T> Agenda<T> {
    /// An empty one for days 0 to `last`; what falls later never comes up.
    pub fn new(last: u32) -> Self {
        Self {
            days: vec![(NONE, NONE); last as usize + 1],
            entries: Vec::with_capacity(ROOM),
            spent: NONE,
        }
    }

    /// Enters something on a day.
    #[inline]
    pub fn put(&mut self, day: u32, entry: T) {
        let Some((first, last)) = self.days.get_mut(day as usize) else {
            return;
        };
        let at = self.spent;
        let at = match self.entries.get_mut(at as usize) {
            Some(free) => {
                self.spent = free.1;
                *free = (Some(entry), NONE);
                at
            }
            None => {
                self.entries.push((Some(entry), NONE));
                self.entries.len() as u32 - 1
            }
        };
        match self.entries.get_mut(*last as usize) {
            Some(before) => before.1 = at,
            None => *first = at,
        }
        *last = at;
    }

    /// Takes the first entry out of a day, in the order in which they were
    /// entered.
    #[inline]
    pub fn pop(&mut self, day: u32) -> Option<T> {
        let (first, last) = self.days.get_mut(day as usize)?;
        let at = *first;
        let entry = self.entries.get_mut(at as usize)?;
        let taken = entry.0.take();
        let next = std::mem::replace(&mut entry.1, self.spent);
        self.spent = at;
        *first = next;
        if next == NONE {
            *last = NONE;
        }
        taken
    }

    /// Takes out all of a day, in the order it was entered.
    #[inline]
    pub fn take(&mut self, day: u32) -> Vec<T> {
        let mut list = Vec::new();
        self.take_into(day, &mut list);
        list
    }

    /// The same, into a list that is emptied first.
    #[inline]
    pub fn take_into(&mut self, day: u32, list: &mut Vec<T>) {
        list.clear();
        list.extend(std::iter::from_fn(|| self.pop(day)));
    }

    /// Whether nothing falls on a day.
    #[inline]
    pub fn is_free(&self, day: u32) -> bool {
        self.days.get(day as usize).is_none_or(|(first, _)| *first == NONE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

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

    proptest! {
        /// It does what a list for each day does.
        #[test]
        fn entries_come_out_in_the_order_they_went_in(
            moves in prop::collection::vec((0u32..6, prop::bool::ANY), 1..200),
        ) {
            let mut agenda = Agenda::new(4);
            let mut lists = vec![std::collections::VecDeque::new(); 5];
            for (number, (day, put)) in moves.into_iter().enumerate() {
                let list = lists.get_mut(day as usize);
                if put {
                    agenda.put(day, number);
                    list.into_iter().for_each(|it| it.push_back(number));
                } else {
                    prop_assert_eq!(agenda.is_free(day), list.as_ref().is_none_or(|it| it.is_empty()));
                    prop_assert_eq!(agenda.pop(day), list.and_then(|it| it.pop_front()));
                }
            }
            for day in 0..5 {
                prop_assert_eq!(agenda.take(day), Vec::from(lists[day as usize].clone()));
            }
        }
    }
}
