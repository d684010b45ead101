//! Work on all cores; where the crate is built without threads, one thing after the other.
//! What comes of it is the same.

/// What `of` makes of each item, in the order of the items, on the threads that [`on`] gives
/// or else on all cores.
///
/// # Examples
/// ```
/// let squares = disengage::threads::map(1..=4, |number: i32| number * number);
/// assert_eq!(squares, [1, 4, 9, 16]);
/// ```
pub fn map<T: Send, R: Send>(
    items: impl IntoIterator<Item = T>,
    of: impl Fn(T) -> R + Sync + Send,
) -> Vec<R> {
    #[cfg(feature = "threads")]
    {
        use rayon::prelude::*;
        let items: Vec<T> = items.into_iter().collect();
        items.into_par_iter().map(of).collect()
    }
    #[cfg(not(feature = "threads"))]
    items.into_iter().map(of).collect()
}

/// On how many threads [`map`] works.
#[must_use]
pub fn count() -> usize {
    #[cfg(feature = "threads")]
    return rayon::current_num_threads();
    #[cfg(not(feature = "threads"))]
    1
}

/// Does some work in which [`map`] has so many threads; 0 stands for all cores.
///
/// # Errors
/// If the system gives no threads.
pub fn on<R: Send>(threads: usize, work: impl FnOnce() -> R + Send) -> Result<R, String> {
    #[cfg(feature = "threads")]
    {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        Ok(pool.map_err(|error| error.to_string())?.install(work))
    }
    #[cfg(not(feature = "threads"))]
    {
        let _ = threads;
        Ok(work())
    }
}

/// Lets so many workers work until each of them ends.
pub fn workers(many: usize, worker: impl Fn() + Sync) {
    #[cfg(feature = "threads")]
    std::thread::scope(|scope| {
        for _ in 0..many.max(1) {
            scope.spawn(&worker);
        }
    });
    #[cfg(not(feature = "threads"))]
    {
        let _ = many;
        worker();
    }
}
