//! What an [`Arc`] is made from.

use std::{
    borrow::Cow,
    ffi::{CStr, CString, OsStr, OsString},
    panic::Location,
    path::{Path, PathBuf},
    sync,
};

use super::Arc;

macro_rules! from {
    ($([$($generics:tt)*] $from:ty => $to:ty;)*) => { $(
        impl<$($generics)*> From<$from> for Arc<$to> {
            #[track_caller]
            fn from(value: $from) -> Self {
                Arc::made(sync::Arc::from(value), Location::caller())
            }
        }
    )* };
}

from! {
    [T] T => T;
    [T: ?Sized] Box<T> => T;
    [T: Clone] &[T] => [T];
    [T: Clone] &mut [T] => [T];
    [T] Vec<T> => [T];
    [T, const N: usize] [T; N] => [T];
    [] &str => str;
    [] &mut str => str;
    [] String => str;
    [] &Path => Path;
    [] PathBuf => Path;
    [] &OsStr => OsStr;
    [] OsString => OsStr;
    [] &CStr => CStr;
    [] CString => CStr;
}

impl<'a, B> From<Cow<'a, B>> for Arc<B>
where
    B: ToOwned + ?Sized,
    Arc<B>: From<&'a B> + From<B::Owned>,
{
    #[track_caller]
    fn from(value: Cow<'a, B>) -> Self {
        match value {
            Cow::Borrowed(borrowed) => Arc::from(borrowed),
            Cow::Owned(owned) => Arc::from(owned),
        }
    }
}

impl From<Arc<str>> for Arc<[u8]> {
    #[track_caller]
    fn from(text: Arc<str>) -> Self {
        let location = Location::caller();
        let (real, count) = text.into_real();
        Arc::more(sync::Arc::from(real), count, location)
    }
}

impl<T, const N: usize> TryFrom<Arc<[T]>> for Arc<[T; N]> {
    type Error = Arc<[T]>;

    #[track_caller]
    fn try_from(slice: Arc<[T]>) -> Result<Self, Arc<[T]>> {
        let location = Location::caller();
        let (real, count) = slice.into_real();
        match sync::Arc::try_from(real) {
            Ok(array) => Ok(Arc::more(array, count, location)),
            Err(slice) => Err(Arc::more(slice, count, location)),
        }
    }
}

impl<T> FromIterator<T> for Arc<[T]> {
    #[track_caller]
    fn from_iter<I: IntoIterator<Item = T>>(values: I) -> Self {
        // Collected first: the iterator is the learner's code.
        Arc::from(values.into_iter().collect::<Vec<T>>())
    }
}

impl<T: Default> Default for Arc<T> {
    #[track_caller]
    fn default() -> Self {
        Arc::new(T::default())
    }
}

impl<T> Default for Arc<[T]> {
    #[track_caller]
    fn default() -> Self {
        Arc::from(Vec::new())
    }
}

impl Default for Arc<str> {
    #[track_caller]
    fn default() -> Self {
        Arc::from("")
    }
}
