//! The text of a value inside a lock, for a trace.
//!
//! A lock's value need not be `Debug`, and stable Rust cannot ask whether it is. The types that exercises lock most are told by
//! their names; of others nothing is shown.

use std::{any::type_name, fmt::Debug};

/// The longest text that is shown, in characters.
const LONGEST: usize = 40;

/// The text of a plain value: a number, a truth value, a text, or a list or an option of those.
pub(crate) fn show<T: ?Sized>(value: &T) -> Option<String> {
    let name = type_name::<T>();
    let address = std::ptr::from_ref(value).cast::<()>();
    macro_rules! first_of {
        ($($plain:ty),* $(,)?) => { $(
            if let Some(text) = show_as::<$plain>(name, address)
                .or_else(|| show_as::<Vec<$plain>>(name, address))
                .or_else(|| show_as::<Option<$plain>>(name, address))
            {
                return Some(text);
            }
        )* };
    }
    first_of!(
        i32,
        u32,
        u64,
        usize,
        i64,
        bool,
        u8,
        i8,
        u16,
        i16,
        u128,
        i128,
        isize,
        f64,
        f32,
        char,
        String,
        &'static str
    );
    None
}

fn show_as<P: Debug>(name: &str, address: *const ()) -> Option<String> {
    if type_name::<P>() != name {
        return None;
    }
    // SAFETY: the address is that of a live value whose type has the name of `P`. Names of these types hold no path of
    // any crate but the standard library's, so no other type has one of them; a lifetime does not show in a name, and
    // the reference that is made here does not outlive the call.
    let text = format!("{:?}", unsafe { &*address.cast::<P>() });
    Some(match text.char_indices().nth(LONGEST) {
        None => text,
        Some((end, _)) => format!("{}…", &text[..end]),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_values_have_a_text() {
        assert_eq!(show(&-3).as_deref(), Some("-3"));
        assert_eq!(show(&vec![1_u64, 2]).as_deref(), Some("[1, 2]"));
        assert_eq!(show(&Some(true)).as_deref(), Some("Some(true)"));
        assert_eq!(show(&String::from("a")).as_deref(), Some("\"a\""));
    }

    #[test]
    fn other_values_have_none() {
        #[expect(non_camel_case_types, dead_code, reason = "looks like the plain type")]
        struct i32(u8);
        assert_eq!(show(&i32(1)), None);
        assert_eq!(show::<dyn Debug>(&1), None);
        assert_eq!(show::<[u8]>(&[1]), None);
    }

    #[test]
    fn a_long_text_is_cut() {
        let text = show(&vec![7_u8; 100]).unwrap();
        assert_eq!(text.chars().count(), LONGEST + 1);
    }
}
