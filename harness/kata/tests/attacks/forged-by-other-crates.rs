//! tries: links whatever lies beside the runtime
//! kata: demo
//! verdict: compile_error

extern crate kata_protocol;
extern crate serde_json;

/// The answer.
pub fn answer() -> u32 {
    42
}
