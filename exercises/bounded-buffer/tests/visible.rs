//! Tests to run while you work: `cargo test -p bounded-buffer`. `kata check` runs more.

use bounded_buffer::Buffer;

#[test]
fn items_come_out_in_order() {
    let buffer = Buffer::new(2);
    assert_eq!(buffer.push('a'), Ok(()));
    assert_eq!(buffer.push('b'), Ok(()));
    assert_eq!(buffer.pop(), Some('a'));
    assert_eq!(buffer.push('c'), Ok(()));
    assert_eq!(buffer.pop(), Some('b'));
    assert_eq!(buffer.pop(), Some('c'));
}

#[test]
fn nothing_gets_into_a_closed_buffer() {
    let buffer = Buffer::new(2);
    assert_eq!(buffer.push('a'), Ok(()));
    buffer.close();
    assert_eq!(buffer.push('b'), Err('b'));
    assert_eq!(buffer.pop(), Some('a'));
    assert_eq!(buffer.pop(), None);
}
