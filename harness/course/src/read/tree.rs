//! The tree of a TOML file, as the reader asks for it. What has the wrong type counts as not there: it has
//! been reported where the shape of the tree was looked at.

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use crate::source_text::{At, Span};

/// One table of the tree.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry<'t> {
    pub(crate) table: &'t DeTable<'t>,
    /// Its header, or the whole of it when it stands in a line.
    pub(crate) span: Span,
}

impl<'t> Entry<'t> {
    pub(crate) fn value(&self, key: &str) -> Option<At<&'t DeValue<'t>>> {
        self.table.get(key).map(at)
    }

    pub(crate) fn text(&self, key: &str) -> Option<At<&'t str>> {
        self.value(key).and_then(text)
    }

    pub(crate) fn number(&self, key: &str) -> Option<At<i128>> {
        let At { value, span } = self.value(key)?;
        let integer = value.as_integer()?;
        let value = i128::from_str_radix(integer.as_str(), integer.radix()).ok()?;
        Some(At { value, span })
    }

    pub(crate) fn texts(&self, key: &str) -> Vec<At<&'t str>> {
        self.list(key).filter_map(text).collect()
    }

    pub(crate) fn table(&self, key: &str) -> Option<Entry<'t>> {
        self.value(key).and_then(entry)
    }

    pub(crate) fn tables(&self, key: &str) -> Vec<Entry<'t>> {
        self.list(key).filter_map(entry).collect()
    }

    fn list(&self, key: &str) -> impl Iterator<Item = At<&'t DeValue<'t>>> {
        let list = self.value(key).and_then(|value| value.value.as_array());
        list.into_iter().flat_map(|list| list.iter()).map(at)
    }
}

pub(crate) fn at<'t>(value: &'t Spanned<DeValue<'t>>) -> At<&'t DeValue<'t>> {
    At {
        value: value.get_ref(),
        span: value.span().into(),
    }
}

pub(crate) fn entry<'t>(value: At<&'t DeValue<'t>>) -> Option<Entry<'t>> {
    let table = value.value.as_table()?;
    Some(Entry {
        table,
        span: value.span,
    })
}

fn text<'t>(value: At<&'t DeValue<'t>>) -> Option<At<&'t str>> {
    let text = value.value.as_str()?;
    Some(At {
        value: text,
        span: value.span,
    })
}
