//! tries: asks the compiler for a variable of whoever grades
//! kata: demo
//! verdict: pass

/// The answer.
pub fn answer() -> u32 {
    if let Some(secret) = option_env!("KATA_PLANTED_SECRET") {
        panic!("ESCAPED: the compiler had {secret}");
    }
    if let Some(home) = option_env!("HOME") {
        panic!("ESCAPED: the compiler had {home}");
    }
    42
}
