//! tries: reads the tests that judge it, where the course has them and where they are run
//! kata: errand
//! verdict: pass

use std::{
    env, fs,
    path::{Path, PathBuf},
};

fn look_into(folder: &Path, own: &Path, depth: u32) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_file() && path != own && fs::read(&path).is_ok() {
            println!("ESCAPED: reads {path:?}");
        }
        if depth > 0 && path.is_dir() {
            look_into(&path, own, depth - 1);
        }
    }
}

fn main() {
    for file in ["tests/errand/hidden.rs", "solutions/errand/src/main.rs", "course.toml"] {
        if let Ok(text) = fs::read_to_string(format!("@PROGRAMS@/{file}")) {
            println!("ESCAPED: {text}");
        }
    }
    let own = PathBuf::from(env::args().next().unwrap_or_default());
    let here = env::current_dir().unwrap_or_default();
    let places = own.ancestors().skip(1).chain(here.ancestors());
    for folder in places.filter(|folder| folder.components().count() > 4) {
        look_into(folder, &own, 6);
    }
    println!("42");
}
