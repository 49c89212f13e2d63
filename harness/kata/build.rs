//! Compiles the program anew when a template that it carries has changed: cargo does not see into `include_dir!`.

fn main() {
    println!("cargo::rerun-if-changed=templates");
}
