//! Gathers the exercises that the program carries as they are before anybody has edited them, and compiles it anew when something of
//! the course has changed: cargo does not see into `include_dir!`.
//!
//! A learner in a clone of the repository saves the editable files all the time. They are not among what is carried (the starters in
//! `tests` are put in their places), and so a save is no reason to compile anything.

use std::{
    env,
    error::Error,
    fs,
    path::{Path, PathBuf},
};

use toml::Table;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=templates");
    for part in ["solutions", "tests", "course.toml"] {
        println!("cargo::rerun-if-changed=../../{part}");
    }
    let root = Path::new("../..");
    let out = PathBuf::from(env::var("OUT_DIR")?).join("exercises");
    if out.exists() {
        fs::remove_dir_all(&out)?;
    }
    let course: Table = fs::read_to_string(root.join("course.toml"))?.parse()?;
    let exercises = course.get("exercise").and_then(|exercises| exercises.as_array());
    for exercise in exercises.into_iter().flatten() {
        let slug = exercise.get("slug").and_then(|slug| slug.as_str());
        let editable = exercise.get("editable").and_then(|editable| editable.as_array());
        let (Some(slug), Some(editable)) = (slug, editable) else {
            return Err("course.toml: an exercise without `slug` or `editable`".into());
        };
        let editable: Vec<&str> = editable.iter().filter_map(|file| file.as_str()).collect();
        let place = out.join(slug);
        copy(
            &root.join("exercises").join(slug),
            &place,
            Path::new(""),
            &editable,
        )?;
        let starter = root.join("tests").join(slug).join("starter");
        for file in &editable {
            let from = match editable.len() {
                1 => starter.with_extension("rs"),
                _ => starter.join(file),
            };
            let to = place.join(file);
            fs::create_dir_all(to.parent().unwrap_or(&place))?;
            fs::copy(&from, &to).map_err(|error| format!("{}: {error}", from.display()))?;
        }
    }
    Ok(())
}

/// Copies what is below `relative` in an exercise, but for the editable files.
fn copy(from: &Path, to: &Path, relative: &Path, editable: &[&str]) -> Result<(), Box<dyn Error>> {
    fs::create_dir_all(to.join(relative))?;
    for entry in fs::read_dir(from.join(relative))? {
        let entry = entry?;
        let relative = relative.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(from, to, &relative, editable)?;
        } else if !editable.iter().any(|file| Path::new(file) == relative) {
            fs::copy(entry.path(), to.join(&relative))?;
            println!("cargo::rerun-if-changed={}", entry.path().display());
        }
    }
    Ok(())
}
