//! Waits for the lock of the key while it still has that of the map: whoever waits for one key holds up all.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

type Slot<V> = Arc<Mutex<Option<V>>>;

#[derive(Debug, Default)]
pub struct Cache<K, V> {
    slots: Mutex<BTreeMap<K, Slot<V>>>,
}

impl<K: Ord + Clone, V: Clone> Cache<K, V> {
    pub fn new() -> Self {
        Self {
            slots: Mutex::new(BTreeMap::new()),
        }
    }

    pub fn get(&self, key: K, compute: impl FnOnce(&K) -> V) -> V {
        let mut slots = self.slots.lock().unwrap();
        let slot = Arc::clone(slots.entry(key.clone()).or_default());
        let mut value = slot.lock().unwrap_or_else(PoisonError::into_inner);
        drop(slots);
        value.get_or_insert_with(|| compute(&key)).clone()
    }
}
