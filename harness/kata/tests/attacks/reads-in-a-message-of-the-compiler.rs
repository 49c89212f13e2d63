//! tries: lets a message of the compiler name places of the host
//! kata: demo
//! verdict: compile_error
//! never shows: /cache/
//! never shows: /scratch/

use nowhere::nothing;

/// The answer.
pub fn answer() -> &'static str {
    let x: () = env!("OUT_DIR");
    x
}
