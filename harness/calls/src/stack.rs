//! The calling thread's stack, as addresses in the program's file.

/// The calls that are under way on the calling thread, the innermost first: at most `depth` of them.
///
/// Each is an address inside of the call's instruction, as the program's file has it: wherever the program was loaded,
/// the same call has the same address. Calls inside of shared libraries, which no file of ours tells of, are left out.
#[inline(never)]
pub fn capture(depth: usize) -> Vec<u64> {
    // Room for the whole before the walk, in which nothing is to ask for memory.
    let mut walk = Walk {
        program: program::place(),
        calls: Vec::with_capacity(depth),
    };
    unwinder::walk(&mut walk);
    walk.calls
}

/// A walk along the stack.
struct Walk {
    program: Option<program::Place>,
    calls: Vec<u64>,
}

impl Walk {
    /// Takes the next call outward. Whether there is room for one more.
    fn takes(&mut self, address: usize) -> bool {
        if self.calls.len() == self.calls.capacity() {
            return false;
        }
        let in_file = self.program.as_ref().and_then(|program| program.in_file(address));
        self.calls.extend(in_file);
        true
    }
}

mod program {
    //! Where the program lies in memory.

    use std::{ops::Range, sync::OnceLock};

    /// The program in memory. It stays where it is.
    #[derive(Clone, Debug)]
    pub(super) struct Place {
        /// What is added to the addresses of its file.
        base: usize,
        /// Its code.
        code: Range<usize>,
    }

    impl Place {
        /// The address in the program's file of what lies at `address`, if the program lies there.
        pub(super) fn in_file(&self, address: usize) -> Option<u64> {
            let inside = self.code.contains(&address);
            inside.then(|| (address - self.base) as u64)
        }
    }

    /// Where the program lies.
    pub(super) fn place() -> Option<Place> {
        static PLACE: OnceLock<Option<Place>> = OnceLock::new();
        PLACE.get_or_init(find).clone()
    }

    #[cfg(target_os = "linux")]
    fn find() -> Option<Place> {
        use libc::{c_int, c_void, dl_phdr_info, size_t};

        extern "C" fn first(info: *mut dl_phdr_info, _: size_t, found: *mut c_void) -> c_int {
            // SAFETY: `dl_iterate_phdr` calls this with an object that it knows, and with the place that it was given below.
            let (info, found) = unsafe { (&*info, &mut *found.cast::<Option<Place>>()) };
            let headers = match info.dlpi_phnum {
                0 => &[],
                // SAFETY: the object has this many headers there.
                number => unsafe { std::slice::from_raw_parts(info.dlpi_phdr, number.into()) },
            };
            let base = info.dlpi_addr as usize;
            let code = headers
                .iter()
                .find(|header| header.p_type == libc::PT_LOAD && header.p_flags & libc::PF_X != 0);
            *found = code.map(|header| {
                let begin = base + header.p_vaddr as usize;
                Place {
                    base,
                    code: begin..begin + header.p_memsz as usize,
                }
            });
            // The first object is the program itself (dl_iterate_phdr(3)); the others are its libraries.
            1
        }

        let mut found: Option<Place> = None;
        // SAFETY: `first` takes the second argument for what it is, and it is there for as long as the call.
        unsafe { libc::dl_iterate_phdr(Some(first), (&raw mut found).cast()) };
        found
    }

    #[cfg(not(target_os = "linux"))]
    fn find() -> Option<Place> {
        None
    }
}

#[cfg(target_os = "linux")]
mod unwinder {
    //! The unwinder that panics use, which needs no file: it is a part of every Rust program.

    use std::ffi::{c_int, c_void};

    use super::Walk;

    #[repr(C)]
    struct Context {
        _private: [u8; 0],
    }

    type Visit = extern "C" fn(*mut Context, *mut c_void) -> c_int;

    unsafe extern "C" {
        fn _Unwind_Backtrace(visit: Visit, argument: *mut c_void) -> c_int;
        fn _Unwind_GetIPInfo(context: *mut Context, is_before: *mut c_int) -> usize;
    }

    /// "No error, go on", and what ends a walk, as the Itanium C++ ABI has them (1.1).
    const GO_ON: c_int = 0;
    const END: c_int = 5;

    pub(super) fn walk(walk: &mut Walk) {
        // SAFETY: `visit` takes the argument for what it is, and nobody else has it meanwhile.
        unsafe { _Unwind_Backtrace(visit, std::ptr::from_mut(walk).cast()) };
    }

    extern "C" fn visit(context: *mut Context, walk: *mut c_void) -> c_int {
        let mut is_before = 0;
        // SAFETY: the context is the unwinder's own, for as long as this call.
        let address = unsafe { _Unwind_GetIPInfo(context, &raw mut is_before) };
        // SAFETY: this is the walk that `walk` has lent to the unwinder.
        let walk = unsafe { &mut *walk.cast::<Walk>() };
        // A return address stands behind its call, maybe in another line; a signal's is the instruction itself.
        let call = address.saturating_sub(usize::from(is_before == 0));
        if walk.takes(call) { GO_ON } else { END }
    }
}

#[cfg(not(target_os = "linux"))]
mod unwinder {
    pub(super) fn walk(_: &mut super::Walk) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[inline(never)]
    fn deeper(levels: usize) -> Vec<u64> {
        if levels == 0 {
            return capture(64);
        }
        let stack = deeper(levels - 1);
        std::hint::black_box(&stack);
        stack
    }

    #[test]
    fn a_stack_has_its_calls_and_the_same_ones_each_time() {
        let stacks: Vec<Vec<u64>> = (0..2).map(|_| deeper(5)).collect();
        assert_eq!(stacks[0], stacks[1]);
        // The recursion's calls come from one place.
        let times = |call: &u64| stacks[0].iter().filter(|other| *other == call).count();
        assert_eq!(stacks[0].iter().map(times).max(), Some(5), "{stacks:x?}");
    }

    #[test]
    fn no_more_than_asked_for_is_taken() {
        assert_eq!(capture(3).len(), 3);
        assert_eq!(capture(0), Vec::<u64>::new());
    }
}
