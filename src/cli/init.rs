//! `lianpu init`: a commented `lianpu.toml` to begin with.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::PathBuf;

use clap::Args;

use super::error::{CliError, ExitStatus};

const TEMPLATE: &str = include_str!("lianpu.toml");

/// Write a commented lianpu.toml into the current directory.
#[derive(Debug, Clone, Args)]
#[command(after_help = "Examples:
  lianpu init
  lianpu init --force ci/lianpu.toml")]
pub struct InitArgs {
    /// The file to write
    #[arg(value_name = "FILE", default_value = "lianpu.toml")]
    pub file: PathBuf,
    /// Overwrite a file that is there
    #[arg(long)]
    pub force: bool,
}

/// Writes the file.
pub fn run(args: &InitArgs, out: &mut dyn Write) -> Result<ExitStatus, CliError> {
    let mut options = OpenOptions::new();
    options.write(true);
    if args.force {
        options.create(true).truncate(true)
    } else {
        options.create_new(true)
    };
    let written = options.open(&args.file).and_then(|mut file| file.write_all(TEMPLATE.as_bytes()));
    match written {
        Ok(()) => {
            writeln!(out, "written: {}; next: `lianpu run --target local`", args.file.display())?;
            Ok(ExitStatus::AsExpected)
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            Err(CliError::Usage(format!("{} is there already; --force overwrites it", args.file.display())))
        }
        Err(source) => Err(CliError::File { path: args.file.clone(), doing: "cannot be written", source }),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::cli::config::Config;

    #[test]
    fn the_template_is_read_as_it_is_and_with_every_setting_taken_in() {
        let config = Config::parse(Path::new("lianpu.toml"), TEMPLATE).unwrap();
        assert_eq!(config.targets["local"].base_url, "http://127.0.0.1:8080");
        let settings = TEMPLATE.lines().map(|line| match line.strip_prefix('#') {
            Some(setting) if !setting.starts_with(' ') => setting,
            _ => line,
        });
        let text = settings.collect::<Vec<_>>().join("\n");
        let config = Config::parse(Path::new("lianpu.toml"), &text).unwrap();
        assert_eq!(config.run.jobs, Some(8));
        let target = &config.targets["local"];
        assert_eq!(target.accounts["tencent-ci"].parts.len(), 6);
        assert_eq!(target.second_accounts["tencent-ci"].parts.len(), 4);
        assert_eq!(target.limits["tencent-ci"]["faces-per-person"], 20);
    }

    #[test]
    fn a_file_that_is_there_is_kept_unless_forced() {
        let dir = tempfile::tempdir().unwrap();
        let mut args = InitArgs { file: dir.path().join("lianpu.toml"), force: false };
        run(&args, &mut Vec::new()).unwrap();
        std::fs::write(&args.file, "mine").unwrap();
        let error = run(&args, &mut Vec::new()).unwrap_err();
        assert!(
            error.to_string().ends_with("lianpu.toml is there already; --force overwrites it"),
            "{error}"
        );
        assert_eq!(error.exit_status(), ExitStatus::Usage);
        assert_eq!(std::fs::read_to_string(&args.file).unwrap(), "mine");
        args.force = true;
        run(&args, &mut Vec::new()).unwrap();
        assert!(Config::load(&args.file).is_ok());
    }
}
