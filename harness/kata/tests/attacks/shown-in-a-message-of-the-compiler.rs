//! tries: lets the compiler say what upsets whoever shows it
//! kata: demo
//! verdict: compile_error
//! never shows: \e[2J
//! never shows: \e]0;
//! never shows: \u

compile_error!("\x1b[2J\x1b]0;pass\x07 \u{202e}ssap </script>");

/// The answer.
pub fn answer() -> u32 {
    42
}
