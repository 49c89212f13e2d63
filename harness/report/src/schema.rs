//! The JSON Schemas in `docs/`: made from the structs that are printed, and checked to be current.

use std::{env, fs, path::PathBuf};

use schemars::{JsonSchema, Schema, generate::SchemaSettings, transform::RecursiveTransform};

/// Where a schema is kept.
fn path(name: &str) -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "..", "..", "docs", name]
        .iter()
        .collect()
}

/// The schema of what `T` prints. Whatever has named fields has no others.
fn generate<T: JsonSchema>() -> String {
    let close = RecursiveTransform(|schema: &mut Schema| {
        if schema.get("properties").is_some() {
            schema.insert("additionalProperties".into(), false.into());
        }
    });
    let settings = SchemaSettings::draft2020_12()
        .for_serialize()
        .with_transform(close);
    let schema = settings.into_generator().into_root_schema_for::<T>();
    serde_json::to_string_pretty(&schema).unwrap() + "\n"
}

/// Compares the kept schema with the struct; with `UPDATE` set it is written first.
pub(crate) fn assert_current<T: JsonSchema>(name: &str) {
    let current = generate::<T>();
    if env::var_os("UPDATE").is_some() {
        fs::create_dir_all(path(name).parent().unwrap()).unwrap();
        fs::write(path(name), &current).unwrap();
    }
    let kept = fs::read_to_string(path(name)).unwrap_or_default();
    assert!(
        kept == current,
        "docs/{name} is out of date: look at what changed, then run `UPDATE=1 cargo test -p kata-report`"
    );
}

/// What checks JSON against the schema of `T`, which [`assert_current`] holds to the kept one.
pub(crate) fn validator<T: JsonSchema>() -> jsonschema::Validator {
    let schema = serde_json::from_str(&generate::<T>()).unwrap();
    jsonschema::validator_for(&schema).unwrap()
}
