//! The threads of the program, counted where they are made.
//!
//! Who counts threads from outside looks now and then, and what came and went in between is luck. Here each one is
//! counted: the program's calls of `pthread_create`, `pthread_join` and `pthread_detach`, which std makes for its threads,
//! come to the functions of that name below, and go on to the C library from there.
//!
//! A thread that can be joined counts until it is, for as long as that its stack is kept; so it makes no difference
//! how soon it ends. A detached one (a dropped handle, or a scope's thread that is not asked for its result) counts until
//! it ends, and where there is no room for another thread, its start waits for that. So fast threads and slow ones fare the
//! same. Where none of them ever ends, the program stands still, with [`set_limit`]'s name on it to say why.
//!
//! (The GNU C library only: elsewhere nothing is counted here.)

#![cfg_attr(
    not(all(target_os = "linux", target_env = "gnu")),
    allow(dead_code, reason = "nothing is counted")
)]

use std::{
    collections::BTreeSet,
    sync::{Condvar, Mutex, MutexGuard, OnceLock, PoisonError},
};

/// Where the threads are, as far as they count.
static THREADS: Mutex<Registry> = Mutex::new(Registry::new());

/// Told when a detached thread ends.
static ENDED: Condvar = Condvar::new();

/// Who else is told when a thread ends.
static TOLD: OnceLock<fn()> = OnceLock::new();

static LIMIT: OnceLock<Limit> = OnceLock::new();

/// What happens to a thread too many.
struct Limit {
    threads: usize,
    waiting: &'static str,
    exceeded: fn(),
}

/// Limits the threads that exist at once, the first one among them, to `threads`. The start of one that exceeds this
/// however fast others end is answered by a call of `exceeded`, on the thread that asked; when it returns, the process is
/// aborted. While one waits for others to end, the process is called `waiting`. Only the first call in a process has an effect.
pub fn set_limit(threads: usize, waiting: &'static str, exceeded: fn()) {
    LIMIT.get_or_init(|| Limit {
        threads,
        waiting,
        exceeded,
    });
}

/// Whether no thread has ever been started besides the first one. (Where nothing is counted, nobody can say so.)
pub fn is_alone() -> bool {
    cfg!(all(target_os = "linux", target_env = "gnu")) && registry().serials == 0
}

/// How many threads have been started besides the first one.
pub fn started() -> u64 {
    registry().serials
}

/// The threads that have not come to their ends, the first one not among them, by numbers that are never used again; `None` where nothing
/// is counted.
pub fn alive() -> Option<BTreeSet<u64>> {
    let counted = cfg!(all(target_os = "linux", target_env = "gnu"));
    counted.then(|| {
        let registry = registry();
        let alive = registry.known.iter().filter(|thread| !thread.ended);
        alive.map(|thread| thread.serial).collect()
    })
}

/// Has `told` called whenever a thread has come to its end, on that thread and when it no longer counts as [`alive`]. Only the first call
/// in a process has an effect.
pub fn when_one_ends(told: fn()) {
    TOLD.get_or_init(|| told);
}

fn registry() -> MutexGuard<'static, Registry> {
    THREADS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What the C library calls a thread.
type Name = usize;

/// A thread that counts.
#[derive(Debug)]
struct Known {
    /// Unlike a name, it is never another one's.
    serial: u64,
    /// Not known before it has begun.
    name: Option<Name>,
    detached: bool,
    ended: bool,
}

/// The threads that count, the first one not among them.
#[derive(Debug)]
struct Registry {
    known: Vec<Known>,
    serials: u64,
    /// Starts that wait for room.
    waiting: usize,
}

/// Whether there is room for one more thread.
#[derive(Debug, PartialEq, Eq)]
enum Room {
    Now,
    WhenOneEnds,
    Never,
}

impl Registry {
    const fn new() -> Registry {
        Registry {
            known: Vec::new(),
            serials: 0,
            waiting: 0,
        }
    }

    fn room(&self, limit: usize) -> Room {
        // With the first thread and the new one.
        let joinable = 2 + self.known.iter().filter(|thread| !thread.detached).count();
        if joinable > limit {
            Room::Never
        } else if self.known.len() + 2 > limit {
            Room::WhenOneEnds
        } else {
            Room::Now
        }
    }

    /// One more.
    fn begins(&mut self) -> u64 {
        self.serials += 1;
        self.known.push(Known {
            serial: self.serials,
            name: None,
            detached: false,
            ended: false,
        });
        self.serials
    }

    fn is_called(&mut self, serial: u64, name: Name) {
        if let Some(thread) = self.known.iter_mut().find(|thread| thread.serial == serial) {
            thread.name = Some(name);
        }
    }

    fn ends(&mut self, serial: u64) {
        if let Some(at) = self.known.iter().position(|thread| thread.serial == serial) {
            self.known[at].ended = true;
            if self.known[at].detached {
                self.known.remove(at);
            }
        }
    }

    fn is_detached(&mut self, name: Name) {
        if let Some(at) = self.known.iter().rposition(|thread| thread.name == Some(name)) {
            self.known[at].detached = true;
            if self.known[at].ended {
                self.known.remove(at);
            }
        }
    }

    fn serial(&self, name: Name) -> Option<u64> {
        let thread = self.known.iter().rfind(|thread| thread.name == Some(name))?;
        Some(thread.serial)
    }

    fn forget(&mut self, serial: u64) {
        self.known.retain(|thread| thread.serial != serial);
    }
}

/// Counts one more thread when there is room for it.
fn admit() -> u64 {
    let mut registry = registry();
    let Some(limit) = LIMIT.get() else {
        return registry.begins();
    };
    loop {
        match registry.room(limit.threads) {
            Room::Now => return registry.begins(),
            Room::WhenOneEnds => {
                registry.waiting += 1;
                let own = thread_name::replace(limit.waiting);
                registry = ENDED.wait(registry).unwrap_or_else(PoisonError::into_inner);
                thread_name::restore(&own);
                registry.waiting -= 1;
            }
            Room::Never => {
                drop(registry);
                (limit.exceeded)();
                std::process::abort();
            }
        }
    }
}

/// What the calling thread is called, as others see it (PR_SET_NAME(2const)): not through `/proc`, which a test has not.
mod thread_name {
    /// The longest name, with its zero byte.
    const LENGTH: usize = 16;

    /// A name as the kernel has it.
    pub(super) type Name = [u8; LENGTH];

    /// Gives the thread another name, of at most 15 bytes, and tells the one that it had.
    pub(super) fn replace(name: &str) -> Name {
        let (mut own, mut new) = ([0; LENGTH], [0; LENGTH]);
        for (place, byte) in new.iter_mut().take(LENGTH - 1).zip(name.bytes()) {
            *place = byte;
        }
        #[cfg(target_os = "linux")]
        // SAFETY: the kernel writes a name with its zero byte, which is at most as long as the array.
        unsafe {
            libc::prctl(libc::PR_GET_NAME, own.as_mut_ptr())
        };
        restore(&new);
        own
    }

    /// Gives the thread this name. Where that cannot be, a stand-still is only less clear.
    pub(super) fn restore(name: &Name) {
        #[cfg(target_os = "linux")]
        // SAFETY: the kernel reads up to the zero byte, which is there, for no name is longer than 15 bytes.
        unsafe {
            libc::prctl(libc::PR_SET_NAME, name.as_ptr())
        };
    }
}

#[cfg(all(target_os = "linux", target_env = "gnu"))]
mod pthread {
    //! The C library's functions, by their own names: the linker takes these for the program, as they come first.

    use std::{ffi::CStr, mem::transmute, ptr, sync::OnceLock};

    use libc::{c_int, c_void, pthread_attr_t, pthread_t};

    use super::{ENDED, TOLD, admit, registry};

    type Body = extern "C" fn(*mut c_void) -> *mut c_void;
    type Create = unsafe extern "C" fn(*mut pthread_t, *const pthread_attr_t, Body, *mut c_void) -> c_int;
    type Join = unsafe extern "C" fn(pthread_t, *mut *mut c_void) -> c_int;
    type Detach = unsafe extern "C" fn(pthread_t) -> c_int;

    /// What a thread is to do.
    struct Task {
        body: Body,
        argument: *mut c_void,
        serial: u64,
    }

    /// The C library's function of that name, as an address.
    fn next(name: &CStr) -> usize {
        // SAFETY: the name ends with a zero, and looking for a symbol has no other conditions.
        let found = unsafe { libc::dlsym(libc::RTLD_NEXT, name.as_ptr()) };
        if found.is_null() {
            // Without it there are no threads at all.
            std::process::abort();
        }
        found as usize
    }

    macro_rules! real {
        ($name:literal as $signature:ty) => {{
            static REAL: OnceLock<usize> = OnceLock::new();
            let address = *REAL.get_or_init(|| next($name));
            // SAFETY: the address is that of the C library's function of this name, whose signature this is (pthreads(7)).
            unsafe { transmute::<usize, $signature>(address) }
        }};
    }

    extern "C" fn run(task: *mut c_void) -> *mut c_void {
        // SAFETY: `pthread_create` below made it of a box and gives it to this one thread.
        let task = unsafe { Box::from_raw(task.cast::<Task>()) };
        let Task {
            body,
            argument,
            serial,
        } = *task;
        let result = body(argument);
        registry().ends(serial);
        ENDED.notify_all();
        if let Some(told) = TOLD.get() {
            told();
        }
        result
    }

    /// `pthread_create(3)`, counted.
    #[unsafe(no_mangle)]
    unsafe extern "C" fn pthread_create(
        thread: *mut pthread_t,
        attributes: *const pthread_attr_t,
        body: Body,
        argument: *mut c_void,
    ) -> c_int {
        let serial = admit();
        let task = Box::into_raw(Box::new(Task {
            body,
            argument,
            serial,
        }));
        let create = real!(c"pthread_create" as Create);
        // SAFETY: the caller keeps the contract of `pthread_create`; the task is the thread's alone.
        let error = unsafe { create(thread, attributes, run, task.cast()) };
        if error == 0 {
            // SAFETY: it has been written, as the call succeeded.
            let name = unsafe { ptr::read(thread) };
            registry().is_called(serial, name as usize);
        } else {
            registry().forget(serial);
            // SAFETY: no thread has begun that could have it.
            drop(unsafe { Box::from_raw(task) });
        }
        error
    }

    /// `pthread_join(3)`, counted.
    #[unsafe(no_mangle)]
    unsafe extern "C" fn pthread_join(thread: pthread_t, result: *mut *mut c_void) -> c_int {
        // Afterwards its name may be another one's.
        let serial = registry().serial(thread as usize);
        let join = real!(c"pthread_join" as Join);
        // SAFETY: the caller keeps the contract of `pthread_join`.
        let error = unsafe { join(thread, result) };
        if error == 0
            && let Some(serial) = serial
        {
            registry().forget(serial);
        }
        error
    }

    /// `pthread_detach(3)`, counted.
    #[unsafe(no_mangle)]
    unsafe extern "C" fn pthread_detach(thread: pthread_t) -> c_int {
        // Before it is done: afterwards the thread may be gone, and its name another one's.
        registry().is_detached(thread as usize);
        let detach = real!(c"pthread_detach" as Detach);
        // SAFETY: the caller keeps the contract of `pthread_detach`.
        unsafe { detach(thread) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A registry with threads of these names.
    fn with(names: &[Name]) -> Registry {
        let mut registry = Registry::new();
        for name in names {
            let serial = registry.begins();
            registry.is_called(serial, *name);
        }
        registry
    }

    #[test]
    fn a_thread_counts_until_it_is_joined_however_soon_it_ends() {
        let mut registry = with(&[10, 11]);
        assert_eq!(registry.room(3), Room::Never);
        registry.ends(1);
        registry.ends(2);
        assert_eq!(registry.room(3), Room::Never);
        let serial = registry.serial(10).unwrap();
        registry.forget(serial);
        assert_eq!(registry.room(3), Room::Now);
    }

    #[test]
    fn a_detached_one_counts_until_it_ends() {
        let mut registry = with(&[10, 11]);
        registry.is_detached(10);
        registry.is_detached(11);
        assert_eq!(registry.room(3), Room::WhenOneEnds);
        registry.ends(1);
        assert_eq!(registry.room(3), Room::Now);
        // And one that has ended before no longer.
        let mut registry = with(&[10]);
        registry.ends(1);
        registry.is_detached(10);
        assert_eq!(registry.room(2), Room::Now);
    }

    #[test]
    fn no_end_makes_room_where_too_many_wait_to_be_joined() {
        let mut registry = with(&[10, 11, 12]);
        registry.is_detached(12);
        assert_eq!(registry.room(3), Room::Never);
        assert_eq!(registry.room(4), Room::WhenOneEnds);
        assert_eq!(registry.room(5), Room::Now);
    }

    #[test]
    fn a_name_that_is_used_again_is_that_of_the_new_thread() {
        let mut registry = with(&[10]);
        let first = registry.serial(10).unwrap();
        // Joined, and its name given to another one before that is noted here.
        let second = registry.begins();
        registry.is_called(second, 10);
        registry.forget(first);
        assert_eq!(registry.serial(10), Some(second));
    }

    #[test]
    fn a_thread_that_never_began_does_not_count() {
        let mut registry = Registry::new();
        let serial = registry.begins();
        registry.forget(serial);
        assert_eq!(registry.room(2), Room::Now);
    }
}
