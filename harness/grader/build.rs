//! Compiles the grader anew when a source of the runtime that it carries has changed: cargo does not see into
//! `include_dir!`.

fn main() {
    for folder in [
        "alloc",
        "calls",
        "http",
        "model",
        "net",
        "protocol",
        "std",
        "std-async",
        "std-counted",
        "test",
        "test-macros",
        "tokio",
    ] {
        println!("cargo::rerun-if-changed=../{folder}");
    }
}
