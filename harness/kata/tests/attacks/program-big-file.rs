//! tries: writes ten gigabytes, wherever there is room
//! kata: errand
//! verdict: pass

use std::{env, fs::File, io::Write, path::PathBuf};

fn main() {
    let places = [".", "/tmp", "/var/tmp", "/dev/shm", "/dev", "/run", "/proc", "/"].map(PathBuf::from);
    let own = env::args().next().map(PathBuf::from).and_then(|own| Some(own.parent()?.to_owned()));
    for place in places.into_iter().chain(own) {
        let Ok(mut file) = File::create(place.join("@MARK@-big")) else {
            continue;
        };
        println!("ESCAPED: made a file in {place:?}");
        for _ in 0..160 {
            if file.write_all(&vec![1; 64 << 20]).is_err() {
                break;
            }
        }
    }
    println!("42");
}
