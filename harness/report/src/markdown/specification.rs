//! What Markdown looks like in a terminal.

use super::*;

/// Everything that course texts use.
const ALL: &str = "\
# Fix the race

Two threads *share* a **counter**, and [one update](https://en.wikipedia.org/wiki/Race_condition) is lost. See <https://doc.rust-lang.org/std/> and [the starter](src/lib.rs).
A line\\
break, and `some code` in it.

## What is graded

1. every update is counted, with a sentence that is long enough to be wrapped at eighty columns and to show its indent;
2. steps:
   - read
   - write
     1. deeper
     2. still
   - done
3. ~~not~~ this

A loose list:

- one paragraph

  and another

- with code:

  ```rust
  let x = 1;
  ```

### The idea

> A *schedule* is the order in which threads take their steps. Most of them are harmless, which is why tests rarely see the others.
>
> > And deeper.

```text
thread 1   thread 2
   │          │
 load 0       │
   │        load 0
 store 1      │
   │        store 1   ← both had read 0, and this line is longer than the width of a screen is allowed to be
```

| operation | what it does | cost |
| :-- | :-- | --: |
| `load` | reads the value, and a table whose cells are long has to wrap them | 1 |
| `store` | **writes** it | 1 |

<!-- a comment -->

- [x] done
- [ ] not done

---

![the lost update](picture.png) The end.
";

#[test]
fn a_readme_reads_well_without_colours() {
    insta::assert_snapshot!("readme_80", render(ALL, &Style::plain(80)));
    insta::assert_snapshot!("readme_120", render(ALL, &Style::plain(120)));
}

#[test]
fn a_readme_in_colour() {
    let style = Style {
        width: 80,
        colour: true,
    };
    insta::assert_snapshot!("readme_80_colour", render(ALL, &style));
}

#[test]
fn pictures_and_code_are_kept_line_by_line() {
    let text = render(ALL, &Style::plain(40));
    assert!(
        text.contains("    thread 1   thread 2\n       │          │\n     load 0       │\n"),
        "{text}"
    );
}

#[test]
fn nothing_of_a_text_acts_on_the_terminal() {
    let text = render("# a\u{1b}[2J\n\n`b\u{202e}` &#27;[2J &#x202e;", &Style::plain(80));
    assert!(!text.contains(['\u{1b}', '\u{202e}']), "{text:?}");
}

#[test]
fn no_text_and_no_width_are_too_strange() {
    let strange = [
        "",
        "-",
        "- \n-\n",
        "|a|\n|-|",
        "| | |\n|-|-|\n|||",
        "> > > > > > > > > > > > deep",
        "<details>\nx\n</details>",
        "[](https://x)",
        "***\n* * *",
        "\t\tcode",
        "1. - 1. - x",
    ];
    for text in strange.iter().chain([&ALL]) {
        for width in [0, 1, 7, 20, 80] {
            render(text, &Style::plain(width));
        }
    }
}
