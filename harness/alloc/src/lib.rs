//! Budgets of a program, counted where it asks for something: bytes of memory here, and [`threads`].
//!
//! A limit that the kernel keeps (`RLIMIT_AS`, `RLIMIT_DATA`, a cgroup) counts pages: thread stacks, the
//! allocator's arenas and what the linker maps, all of which differ from machine to machine. This one counts
//! the bytes that the program itself asks for, so the same program reaches it at the same allocation
//! everywhere. The kernel's limit stays behind it as a backstop.
//!
//! Linking this crate makes its allocator the program's. Until [`set_budget`] is called it only counts.

pub mod threads;

use std::{
    alloc::{GlobalAlloc, Layout, System},
    sync::{
        OnceLock,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
};

struct Counted {
    in_use: AtomicUsize,
    budget: AtomicUsize,
}

#[global_allocator]
static HEAP: Counted = Counted {
    in_use: AtomicUsize::new(0),
    budget: AtomicUsize::new(usize::MAX),
};

static EXCEEDED: OnceLock<fn()> = OnceLock::new();

/// Limits the heap to `bytes` held at once. The allocation that would exceed it is answered by a call of
/// `exceeded`, on the thread that asked, with the budget lifted so that it may allocate; when it returns, the
/// process is aborted. Only the first call in a process has an effect.
pub fn set_budget(bytes: usize, exceeded: fn()) {
    if EXCEEDED.set(exceeded).is_ok() {
        HEAP.budget.store(bytes, Relaxed);
    }
}

/// Bytes on the heap now.
pub fn in_use() -> usize {
    HEAP.in_use.load(Relaxed)
}

impl Counted {
    /// Counts `bytes` more. Over the budget, this does not return.
    fn charge(&self, bytes: usize) {
        let before = self.in_use.fetch_add(bytes, Relaxed);
        if before.saturating_add(bytes) > self.budget.load(Relaxed) {
            self.refuse();
        }
    }

    #[cold]
    fn refuse(&self) -> ! {
        // One thread reports. Another that comes here meanwhile finds the budget lifted and goes on until
        // the abort takes it along.
        self.budget.store(usize::MAX, Relaxed);
        if let Some(exceeded) = EXCEEDED.get() {
            exceeded();
        }
        std::process::abort()
    }

    /// Takes the charge back where the system had nothing to give.
    fn settle(&self, block: *mut u8, charged: usize) -> *mut u8 {
        if block.is_null() {
            self.credit(charged);
        }
        block
    }

    fn credit(&self, bytes: usize) {
        self.in_use.fetch_sub(bytes, Relaxed);
    }
}

// SAFETY: every call is passed on to `System` with the layout it came with, so `System`'s guarantees are ours;
// the counters touch no memory of an allocation.
unsafe impl GlobalAlloc for Counted {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        self.charge(layout.size());
        // SAFETY: the caller keeps `alloc`'s contract, which is `System.alloc`'s.
        let block = unsafe { System.alloc(layout) };
        self.settle(block, layout.size())
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        self.charge(layout.size());
        // SAFETY: as in `alloc`.
        let block = unsafe { System.alloc_zeroed(layout) };
        self.settle(block, layout.size())
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        // SAFETY: `block` came from `System` with this layout.
        unsafe { System.dealloc(block, layout) }
        self.credit(layout.size());
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, new_size: usize) -> *mut u8 {
        let more = new_size.saturating_sub(layout.size());
        self.charge(more);
        // SAFETY: `block` came from `System` with this layout, and the caller keeps `realloc`'s contract.
        let block = unsafe { System.realloc(block, layout, new_size) };
        if !block.is_null() {
            self.credit(layout.size().saturating_sub(new_size));
        }
        self.settle(block, more)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_held_is_counted_and_given_back() {
        // Other tests allocate meanwhile, so the block is larger than all of that together.
        let size = 64 << 20;
        let before = in_use();
        let block = vec![1u8; size];
        assert!(in_use() >= before + size / 2);
        drop(block);
        assert!(in_use() < before + size / 2);
    }
}
