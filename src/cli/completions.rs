//! `lianpu completions` and `lianpu man`: what shells and `man` read, made from the command line's own definition, which they are given.

use std::io::Write;
use std::path::PathBuf;

use clap::{Args, Command};
use clap_complete::Shell;

use super::error::CliError;
use super::exit::ExitStatus;

/// The arguments of `completions`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  lianpu completions bash > ~/.local/share/bash-completion/completions/lianpu
  lianpu completions fish > ~/.config/fish/completions/lianpu.fish")]
pub struct CompletionsArgs {
    /// The shell
    #[arg(value_enum, value_name = "SHELL")]
    shell: Shell,
}

/// The arguments of `man`.
#[derive(Debug, Args)]
pub struct ManArgs {
    /// Write a page for every verb into this folder [default: the first page to standard output]
    #[arg(long, short = 'o', value_name = "DIR")]
    output: Option<PathBuf>,
}

/// Writes the completions of a shell.
pub fn completions(
    args: &CompletionsArgs,
    mut command: Command,
    out: &mut dyn Write,
) -> Result<ExitStatus, CliError> {
    let mut text = Vec::new(); // the writer panics where its output goes away
    clap_complete::generate(args.shell, &mut command, "lianpu", &mut text);
    out.write_all(&text)?;
    Ok(ExitStatus::AsExpected)
}

/// Writes the manual.
pub fn man(args: &ManArgs, command: Command, out: &mut dyn Write) -> Result<ExitStatus, CliError> {
    if let Some(folder) = &args.output {
        let written =
            std::fs::create_dir_all(folder).and_then(|()| clap_mangen::generate_to(command, folder));
        written.map_err(|source| CliError::File {
            path: folder.clone(),
            doing: "cannot be written",
            source,
        })?;
        return Ok(ExitStatus::AsExpected);
    }
    let mut text = Vec::new();
    clap_mangen::Man::new(command).render(&mut text)?;
    out.write_all(&text)?;
    Ok(ExitStatus::AsExpected)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;
    use crate::cli::Cli;

    #[test]
    fn every_shell_knows_the_verbs() {
        for shell in [Shell::Bash, Shell::Elvish, Shell::Fish, Shell::PowerShell, Shell::Zsh] {
            let mut text = Vec::new();
            completions(&CompletionsArgs { shell }, Cli::command(), &mut text).unwrap();
            let text = String::from_utf8(text).unwrap();
            assert!(text.contains("baseline") && text.contains("gate-on"), "{shell}");
        }
    }

    #[test]
    fn there_is_a_page_for_every_verb() {
        let folder = tempfile::tempdir().unwrap();
        man(&ManArgs { output: Some(folder.path().join("man")) }, Cli::command(), &mut Vec::new()).unwrap();
        for verb in Cli::command().get_subcommands() {
            let page = folder.path().join(format!("man/lianpu-{}.1", verb.get_name()));
            assert!(std::fs::read_to_string(&page).unwrap().contains(".SH"), "{}", page.display());
        }
        let mut first = Vec::new();
        man(&ManArgs { output: None }, Cli::command(), &mut first).unwrap();
        assert!(String::from_utf8(first).unwrap().starts_with(".ie"));
    }

    #[test]
    fn the_definition_is_sound() {
        Cli::command().debug_assert();
    }
}
