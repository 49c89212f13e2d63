//! Objects in `static`s keep their state from one execution to the next; every execution must begin alike.
//!
//! The value of a `static` is computed at compile time, so its bytes own nothing, and a copy of them is as good as
//! the constant written a second time. They are saved at an object's first use and put back when
//! the execution is over. What the last value owned is forgotten, not dropped: a destructor of the learner's code
//! has no threads to rely on by then.

use std::{
    mem::MaybeUninit,
    sync::{Mutex, MutexGuard, OnceLock, PoisonError},
};

use super::object::Region;

/// Held by the execution that uses statics: explorations on several operating-system threads take turns at them.
static IN_USE: Mutex<()> = Mutex::new(());

/// The statics that an execution has used, as they were before.
#[derive(Default)]
pub(crate) struct Statics {
    saved: Vec<(Region, Box<[MaybeUninit<u8>]>)>,
    turn: Option<MutexGuard<'static, ()>>,
}

impl Statics {
    /// Waits for this execution's turn at statics, if `region` lies in one. To be called before the object is looked at.
    pub(crate) fn take_turn(&mut self, region: Region) {
        if self.turn.is_none() && is_static(region.start as usize) {
            self.turn = Some(IN_USE.lock().unwrap_or_else(PoisonError::into_inner));
        }
    }

    /// Remembers `region` if it lies in a static.
    pub(crate) fn save_if_static(&mut self, region: Region) {
        if !is_static(region.start as usize) {
            return;
        }
        let mut bytes = vec![MaybeUninit::uninit(); region.len].into_boxed_slice();
        // SAFETY: the region is a live object, borrowed by the caller of the primitive; it is read byte for byte,
        // padding included, into memory of the same length.
        unsafe { std::ptr::copy_nonoverlapping(region.start.cast(), bytes.as_mut_ptr(), region.len) };
        self.saved.push((region, bytes));
    }

    /// Puts every saved static back as it was.
    pub(crate) fn restore(&mut self) {
        // The last saved first: an object inside another one's value goes before what holds it.
        for (region, bytes) in self.saved.drain(..).rev() {
            // SAFETY: a static lives for ever, and these are the bytes of its constant initialiser. No thread of the
            // execution runs any more, so nothing refers into it; see the module's comment for why a
            // copy of them is a valid value.
            unsafe { std::ptr::copy_nonoverlapping(bytes.as_ptr(), region.start.cast(), region.len) };
        }
        self.turn = None;
    }
}

/// Whether an address lies in the writable data of the program or of a library.
fn is_static(address: usize) -> bool {
    static DATA: OnceLock<Vec<(usize, usize)>> = OnceLock::new();
    DATA.get_or_init(writable_segments)
        .iter()
        .any(|(start, end)| (*start..*end).contains(&address))
}

/// Start and end of each writable segment that the program was loaded with (`dl_iterate_phdr(3)`).
#[cfg(target_os = "linux")]
fn writable_segments() -> Vec<(usize, usize)> {
    unsafe extern "C" fn collect(
        info: *mut libc::dl_phdr_info,
        _size: libc::size_t,
        found: *mut libc::c_void,
    ) -> libc::c_int {
        // SAFETY: the caller passes a valid description for the length of the call, and the vector below.
        let (info, found) = unsafe { (&*info, &mut *found.cast::<Vec<(usize, usize)>>()) };
        for index in 0..usize::from(info.dlpi_phnum) {
            // SAFETY: there are `dlpi_phnum` headers.
            let header = unsafe { &*info.dlpi_phdr.add(index) };
            if header.p_type == libc::PT_LOAD && header.p_flags & libc::PF_W != 0 {
                let start = (info.dlpi_addr + header.p_vaddr) as usize;
                found.push((start, start + header.p_memsz as usize));
            }
        }
        0
    }
    let mut found = Vec::new();
    // SAFETY: `collect` has the signature that is asked for, and `found` outlives the call.
    unsafe { libc::dl_iterate_phdr(Some(collect), std::ptr::from_mut(&mut found).cast()) };
    found
}

/// Elsewhere no object is known to be static, so one that is used twice is an error and never a wrong verdict.
#[cfg(not(target_os = "linux"))]
fn writable_segments() -> Vec<(usize, usize)> {
    Vec::new()
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering::SeqCst};

    use super::*;

    #[test]
    fn statics_are_told_from_other_memory() {
        static DATA: AtomicU32 = AtomicU32::new(7);
        static ZEROED: AtomicU32 = AtomicU32::new(0);
        let (local, boxed) = (AtomicU32::new(0), Box::new(AtomicU32::new(0)));
        assert!(is_static(Region::of(&DATA).start as usize));
        assert!(is_static(Region::of(&ZEROED).start as usize));
        assert!(!is_static(Region::of(&local).start as usize));
        assert!(!is_static(Region::of(&*boxed).start as usize));
    }

    #[test]
    fn a_static_is_put_back_as_it_was() {
        static COUNT: AtomicU32 = AtomicU32::new(7);
        let mut statics = Statics::default();
        statics.save_if_static(Region::of(&COUNT));
        COUNT.store(9, SeqCst);
        statics.restore();
        assert_eq!(COUNT.load(SeqCst), 7);
    }
}
