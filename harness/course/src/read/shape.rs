//! The tree against the tables of [`format`](crate::format): every key that is unknown, missing or of the
//! wrong type.

use toml::de::DeValue;

use super::{
    Reader,
    tree::{self, Entry},
};
use crate::{
    fault::Fault,
    format::{Key, Shape, TABLES, Table},
    nearest::nearest,
    source_text::{At, Span},
};

/// Reports what of the entry does not have the shape of the table, all the way down.
pub(super) fn check(reader: &mut Reader<'_>, entry: Entry<'_>, table: &'static Table) {
    for (name, value) in entry.table {
        match table.key(name.get_ref()) {
            Some(key) => check_value(reader, key, tree::at(value)),
            None => {
                let fault = unknown(reader, table, name.get_ref(), name.span().into());
                reader.report(fault);
            }
        }
    }
    if reader.damage.spoils(entry.span) {
        return;
    }
    for key in table.keys.iter().filter(|key| key.required) {
        let may_be_lost = reader.damage.any() && matches!(key.shape, Shape::Table(_) | Shape::Tables(_));
        if entry.value(key.name).is_none() && !may_be_lost {
            let fault = missing(reader, table, key, entry.span);
            reader.report(fault);
        }
    }
}

fn check_value(reader: &mut Reader<'_>, key: &'static Key, value: At<&DeValue<'_>>) {
    match (&key.shape, value.value) {
        (Shape::Text | Shape::Duration | Shape::Size, DeValue::String(_))
        | (Shape::Number, DeValue::Integer(_)) => {}
        (Shape::Texts, DeValue::Array(list)) => {
            for element in list.iter().filter(|element| !element.get_ref().is_str()) {
                let element = tree::at(element);
                let fault = mistyped(reader, key, "text", element);
                reader.report(fault.help(in_quotes(element.value, key)));
            }
        }
        (Shape::Table(table), DeValue::Table(_)) => check_tables(reader, table, [value]),
        (Shape::Tables(table), DeValue::Array(list)) if list.is_empty() && key.required => {
            let fault = reader.fault(
                value.span,
                format!("`{}` is empty", key.name),
                "at least one is needed",
            );
            reader.report(fault.help(format!(
                "begin each entry with a line of its own: {}",
                table.header
            )));
        }
        (Shape::Tables(table), DeValue::Array(list)) if list.iter().all(|each| each.get_ref().is_table()) => {
            check_tables(reader, table, list.iter().map(tree::at));
        }
        (shape, found) => {
            let fault = mistyped(reader, key, wanted(shape), value);
            reader.report(fault.help(how_to_write(key, found)));
        }
    }
}

fn check_tables<'t>(
    reader: &mut Reader<'_>,
    table: &'static Table,
    values: impl IntoIterator<Item = At<&'t DeValue<'t>>>,
) {
    for entry in values.into_iter().filter_map(tree::entry) {
        check(reader, entry, table);
    }
}

fn unknown(reader: &Reader<'_>, table: &'static Table, name: &str, span: Span) -> Fault {
    let label = format!("no key of {}", quoted(table));
    let fault = reader.fault(span, format!("unknown key `{name}`"), label);
    let keys = || table.keys.iter().map(|key| key.name);
    let elsewhere = TABLES.into_iter().find(|other| other.key(name).is_some());
    if let Some(meant) = nearest(name, keys()) {
        fault.help(format!("did you mean `{meant}`?"))
    } else if let Some(other) = elsewhere {
        fault.help(format!("`{name}` is a key of {}: move it there", quoted(other)))
    } else {
        let keys: Vec<String> = keys().map(|key| format!("`{key}`")).collect();
        fault.help(format!(
            "remove it; the keys of {} are {}",
            quoted(table),
            keys.join(", ")
        ))
    }
}

fn missing(reader: &Reader<'_>, table: &'static Table, key: &'static Key, span: Span) -> Fault {
    let message = format!("{} has no `{}`", quoted(table), key.name);
    let fault = if std::ptr::eq(table, &crate::format::COURSE_TOML) {
        Fault::whole(reader.text, message)
    } else {
        reader.fault(span, message, format!("`{}` is missing in this table", key.name))
    };
    fault.help(format!("add `{}`: {}", key.example, decapitalised(key.about)))
}

fn mistyped(reader: &Reader<'_>, key: &Key, wanted: &str, value: At<&DeValue<'_>>) -> Fault {
    let message = format!("`{}` must be {wanted}, not {}", key.name, found(value.value));
    reader.fault(value.span, message, format!("expected {wanted}"))
}

fn wanted(shape: &Shape) -> &'static str {
    match shape {
        Shape::Text => "text",
        Shape::Number => "a whole number",
        Shape::Duration => "a duration",
        Shape::Size => "a size",
        Shape::Texts => "a list of texts",
        Shape::Table(_) => "a table",
        Shape::Tables(_) => "a list of tables",
    }
}

fn found(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "text",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a fraction",
        DeValue::Boolean(_) => "a truth value",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

/// The value as it should have been written, where that can be told, and otherwise an example.
fn how_to_write(key: &Key, found: &DeValue<'_>) -> String {
    match (&key.shape, found) {
        (Shape::Text, DeValue::Integer(_) | DeValue::Float(_)) => in_quotes(found, key),
        (Shape::Duration, DeValue::Integer(number)) => write_as(key, &format!("\"{number}s\"")),
        (Shape::Size, DeValue::Integer(number)) => write_as(key, &format!("\"{number}MiB\"")),
        (Shape::Number, DeValue::String(text)) if text.parse::<u32>().is_ok() => write_as(key, text),
        (Shape::Texts, DeValue::String(text)) => write_as(key, &format!("[{text:?}]")),
        (Shape::Tables(table), _) => format!("begin each entry with a line of its own: {}", table.header),
        _ => format!("for example `{}`", key.example),
    }
}

fn in_quotes(value: &DeValue<'_>, key: &Key) -> String {
    match value {
        DeValue::Integer(number) => format!("put it in quotes: \"{number}\""),
        DeValue::Float(number) => format!("put it in quotes: \"{number}\""),
        _ => format!("for example `{}`", key.example),
    }
}

fn write_as(key: &Key, value: &str) -> String {
    format!("write `{} = {value}`", key.name)
}

fn quoted(table: &Table) -> String {
    match table.header.starts_with('[') {
        true => format!("`{}`", table.header),
        false => table.header.to_owned(),
    }
}

fn decapitalised(sentence: &str) -> String {
    let mut characters = sentence.trim_end_matches('.').chars();
    match characters.next() {
        Some(first) => first.to_lowercase().chain(characters).collect(),
        None => String::new(),
    }
}
