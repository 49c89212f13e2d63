//! Compiles the program anew when something that it carries has changed, a template or the course: cargo does not see into
//! `include_dir!`.

fn main() {
    println!("cargo::rerun-if-changed=templates");
    for part in ["exercises", "solutions", "tests", "course.toml"] {
        println!("cargo::rerun-if-changed=../../{part}");
    }
}
