//! `lianpu init`: a commented `lianpu.toml` to begin with, or the folder of a dialect of one's own.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use clap::Args;

use super::error::CliError;
use super::exit::ExitStatus;

const TEMPLATE: &str = include_str!("lianpu.toml");

/// The files of a new dialect. It runs as it is, so that there is always something that works to go on from.
const DIALECT: [(&str, &str); 5] = [
    ("dialect.toml", include_str!("dialect/dialect.toml")),
    ("errors.csv", include_str!("dialect/errors.csv")),
    ("tables/errors.toml", include_str!("dialect/tables/errors.toml")),
    ("operations.toml", include_str!("dialect/operations.toml")),
    ("provocations.toml", include_str!("dialect/provocations.toml")),
];

/// Write a commented lianpu.toml into the current directory, or the folder of a dialect of your own.
#[derive(Debug, Clone, Args)]
#[command(after_help = "Examples:
  lianpu init
  lianpu init --force ci/lianpu.toml
  lianpu init --dialect acme       the folder acme: a small vendor API as data, to be changed into yours
  lianpu list --catalog acme --dialect acme
  lianpu run --catalog acme --dialect acme --target http://127.0.0.1:9000")]
pub struct InitArgs {
    /// The file to write, or with --dialect the folder [default: lianpu.toml, or the dialect's name]
    #[arg(value_name = "PATH")]
    pub file: Option<PathBuf>,
    /// Write the folder of a dialect of this name: small letters, digits and hyphens
    #[arg(long, value_name = "NAME", value_parser = dialect_name)]
    pub dialect: Option<String>,
    /// Overwrite files that are there
    #[arg(long)]
    pub force: bool,
}

fn dialect_name(name: &str) -> Result<String, String> {
    let can_be = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if name.starts_with(|c: char| c.is_ascii_lowercase()) && name.chars().all(can_be) {
        return Ok(name.to_owned());
    }
    Err("a dialect is named by small letters, digits and hyphens, such as acme-face".to_owned())
}

/// Writes the files.
pub fn run(args: &InitArgs, out: &mut dyn Write) -> Result<ExitStatus, CliError> {
    let Some(name) = &args.dialect else {
        let file = args.file.clone().unwrap_or_else(|| PathBuf::from("lianpu.toml"));
        write(&file, TEMPLATE, args.force)?;
        writeln!(out, "written: {}; next: `lianpu run --target local`", file.display())?;
        return Ok(ExitStatus::AsExpected);
    };
    let folder = args.file.clone().unwrap_or_else(|| PathBuf::from(name));
    let dir = folder.display().to_string();
    if let Some((file, _)) = DIALECT.iter().find(|(file, _)| !args.force && folder.join(file).exists()) {
        return Err(is_there(&folder.join(file)));
    }
    for (file, text) in DIALECT {
        let variable = name.replace('-', "_").to_uppercase();
        let text = text.replace("{name}", name).replace("{NAME}", &variable).replace("{dir}", &dir);
        let path = folder.join(file);
        let parent = path.parent().unwrap_or(&folder);
        fs::create_dir_all(parent).map_err(|source| unwritable(parent, source))?;
        write(&path, &text, args.force)?;
        writeln!(out, "written: {}", path.display())?;
    }
    writeln!(
        out,
        "next: `lianpu list --catalog {dir} --dialect {name}`, then change the files into your vendor's"
    )?;
    Ok(ExitStatus::AsExpected)
}

fn write(file: &Path, text: &str, force: bool) -> Result<(), CliError> {
    let mut options = OpenOptions::new();
    options.write(true);
    if force {
        options.create(true).truncate(true)
    } else {
        options.create_new(true)
    };
    let written = options.open(file).and_then(|mut file| file.write_all(text.as_bytes()));
    written.map_err(|source| match source.kind() {
        ErrorKind::AlreadyExists => is_there(file),
        _ => unwritable(file, source),
    })
}

fn is_there(file: &Path) -> CliError {
    CliError::Usage(format!("{} is there already; --force overwrites it", file.display()))
}

fn unwritable(path: &Path, source: std::io::Error) -> CliError {
    CliError::File { path: path.to_owned(), doing: "cannot be written", source }
}

#[cfg(test)]
mod tests {
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
        let file = dir.path().join("lianpu.toml");
        let mut args = InitArgs { file: Some(file.clone()), dialect: None, force: false };
        run(&args, &mut Vec::new()).unwrap();
        fs::write(&file, "mine").unwrap();
        let error = run(&args, &mut Vec::new()).unwrap_err();
        assert!(
            error.to_string().ends_with("lianpu.toml is there already; --force overwrites it"),
            "{error}"
        );
        assert_eq!(error.exit_status(), ExitStatus::Usage);
        assert_eq!(fs::read_to_string(&file).unwrap(), "mine");
        args.force = true;
        run(&args, &mut Vec::new()).unwrap();
        assert!(Config::load(&file).is_ok());
    }

    #[test]
    fn a_dialect_is_written_once_and_reads() {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("own");
        let args =
            InitArgs { file: Some(folder.clone()), dialect: Some("acme-face".to_owned()), force: false };
        run(&args, &mut Vec::new()).unwrap();
        let dialect = lianpu_corpus::Place::Folder(folder).read().unwrap();
        assert_eq!(dialect.manifest.name, "acme-face");
        assert!(crate::provoke::scenarios(&dialect).unwrap().len() > 8);
        let refused = run(&args, &mut Vec::new()).unwrap_err().to_string();
        assert!(refused.ends_with("own/dialect.toml is there already; --force overwrites it"), "{refused}");
        assert!(dialect_name("Acme").is_err() && dialect_name("9x").is_err() && dialect_name("a b").is_err());
    }
}
