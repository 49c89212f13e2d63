//! tries: runs before main by a section of the linker
//! kata: demo
//! verdict: compile_error

#[used]
#[link_section = ".init_array"]
static FIRST: extern "C" fn() = leave;

extern "C" fn leave() {
    std::process::exit(0);
}

/// The answer.
pub fn answer() -> u32 {
    42
}
