//! The tree against the tables of [`format`](crate::format): every key that is unknown, missing or of the
//! wrong type.

use toml::de::DeValue;

use super::{
    Reader, listed,
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
    let mut misspelt = Vec::new();
    for (name, value) in entry.table {
        if let Some(key) = table.key(name.get_ref()) {
            check_value(reader, key, tree::at(value));
            continue;
        }
        let meant = meant(table, name.get_ref());
        let fault = unknown(reader, table, name.get_ref(), name.span().into(), &meant);
        reader.report(fault);
        if let Meant::Key(key) = meant {
            misspelt.push(key);
        }
    }
    if reader.damage.spoils(entry.span) {
        return;
    }
    for key in table.keys.iter().filter(|key| key.required) {
        let may_be_lost = reader.damage.any() && matches!(key.shape, Shape::Table(_) | Shape::Tables(_));
        let is_there = entry.value(key.name).is_some() || misspelt.contains(&key.name);
        if !is_there && !may_be_lost {
            let fault = missing(reader, table, key, entry);
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

/// What an unknown key was probably meant to be.
enum Meant {
    /// This key of the same table.
    Key(&'static str),
    /// A key of a table around it or in it: it stands in the wrong place.
    Elsewhere(&'static Table),
    Nothing,
}

fn meant(table: &'static Table, name: &str) -> Meant {
    let inner = table.keys.iter().filter_map(|key| key.shape.table());
    let outer = TABLES.into_iter().filter(|outer| {
        let mut tables = outer.keys.iter().filter_map(|key| key.shape.table());
        tables.any(|inner| std::ptr::eq(inner, table))
    });
    if let Some(other) = inner.chain(outer).find(|other| other.key(name).is_some()) {
        return Meant::Elsewhere(other);
    }
    nearest(name, table.keys.iter().map(|key| key.name)).map_or(Meant::Nothing, Meant::Key)
}

fn unknown(reader: &Reader<'_>, table: &'static Table, name: &str, span: Span, meant: &Meant) -> Fault {
    let label = format!("no key of {}", quoted(table));
    let fault = reader.fault(span, format!("unknown key `{name}`"), label);
    fault.help(match meant {
        Meant::Key(key) => format!("did you mean `{key}`?"),
        Meant::Elsewhere(other) => format!("`{name}` is a key of {}: move it there", quoted(other)),
        Meant::Nothing => {
            let keys = listed(table.keys.iter().map(|key| key.name));
            format!("remove it; the keys of {} are {keys}", quoted(table))
        }
    })
}

fn missing(reader: &Reader<'_>, table: &'static Table, key: &'static Key, entry: Entry<'_>) -> Fault {
    let message = format!("{} has no `{}`", quoted(table), key.name);
    let fault = if std::ptr::eq(table, &crate::format::COURSE_TOML) {
        Fault::whole(reader.text, message)
    } else {
        let label = format!("`{}` is missing in this table", key.name);
        let fault = reader.fault(entry.span, message, label);
        // Headers look alike: the first key is the entry's name.
        match table.keys.first().and_then(|first| entry.text(first.name)) {
            Some(name) => fault.see(name.span, "this one"),
            None => fault,
        }
    };
    fault.help(format!("add `{}`: {}", key.example, within_a_sentence(key.about)))
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
    match table.header {
        "course.toml" => table.header.to_owned(),
        header => format!("`{header}`"),
    }
}

fn within_a_sentence(sentence: &str) -> String {
    let first_sentence = sentence.split(". ").next().unwrap_or(sentence);
    let mut characters = first_sentence.trim_end_matches('.').chars();
    match characters.next() {
        Some(first) => first.to_lowercase().chain(characters).collect(),
        None => String::new(),
    }
}
