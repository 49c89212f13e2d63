//! `kata manual` and `kata completions`: both are made from the command line's own description.

use std::{fs, path::Path};

use anyhow::Context;
use clap::CommandFactory;
use clap_complete::Shell;
use clap_mangen::Man;

use crate::{Exit, arguments::Arguments, output::Output};

/// The manual page of kata on standard output, or those of all its commands in a folder.
pub(super) fn run(folder: Option<&Path>, output: &Output) -> anyhow::Result<Exit> {
    let command = Arguments::command().name("kata");
    match folder {
        None => {
            let mut page = Vec::new();
            Man::new(command)
                .render(&mut page)
                .context("the manual page cannot be made")?;
            output.print(&String::from_utf8_lossy(&page))?;
        }
        Some(folder) => {
            let cannot = || format!("the manual pages cannot be written to {}", folder.display());
            fs::create_dir_all(folder).with_context(cannot)?;
            clap_mangen::generate_to(command, folder).with_context(cannot)?;
            output.print(&format!(
                "kata(1) and a page for each command are in {}.\n",
                folder.display()
            ))?;
        }
    }
    Ok(Exit::Passed)
}

/// What a shell completes kata's commands by.
pub(super) fn completions(shell: Shell, output: &Output) -> anyhow::Result<Exit> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "kata", &mut script);
    output.print(&String::from_utf8_lossy(&script))?;
    Ok(Exit::Passed)
}
