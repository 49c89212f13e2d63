//! tries: prints what does more than stand there, to be shown as a wrong answer
//! kata: errand
//! verdict: wrong_answer
//! never shows: \e[2J
//! never shows: \e]0;
//! never shows: \e]52

use std::io::{Write, stdout};

fn main() {
    let bytes = b"\x1b[2J\x1b[1;1Hpass\x1b]0;pass\x07\x1b]52;c;cGFzcw==\x07\0\xff\xfe\xe2\x80\xae</script>\r\n=cmd()\n";
    let _ = stdout().write_all(bytes);
    let _ = std::io::stderr().write_all(bytes);
}
