//! Keep what was computed, and let nobody wait for what others compute.

use std::collections::BTreeMap;
use std::sync::Mutex;

/// A cache that threads share: what one of them has computed, the others look up.
///
/// ```
/// use std::thread;
///
/// use narrow_lock::Cache;
///
/// let lengths = Cache::new();
/// thread::scope(|scope| {
///     for word in ["lock", "key", "latch"] {
///         let lengths = &lengths;
///         scope.spawn(move || lengths.get(word, |word| word.len()));
///     }
/// });
/// assert_eq!(lengths.get("latch", |_| unreachable!("it is known")), 5);
///
/// // To compute one value may need another.
/// let twice = lengths.get("latch, latch", |_| 2 * lengths.get("latch", |word| word.len()) + 2);
/// assert_eq!(twice, 12);
/// ```
#[derive(Debug, Default)]
pub struct Cache<K, V> {
    values: Mutex<BTreeMap<K, V>>,
}

impl<K: Ord + Clone, V: Clone> Cache<K, V> {
    /// A cache that knows nothing yet.
    pub fn new() -> Self {
        Self {
            values: Mutex::new(BTreeMap::new()),
        }
    }

    /// The value of `key`. If it is not known yet, `compute` makes it.
    pub fn get(&self, key: K, compute: impl FnOnce(&K) -> V) -> V {
        // One line, and nothing is computed twice. But the guard lives to its end, and so does all the waiting.
        let mut values = self.values.lock().expect("no computation panics");
        values.entry(key).or_insert_with_key(compute).clone()
    }
}
