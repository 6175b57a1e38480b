//! The command line.

use crate::defect::Defects;

/// How it is used.
pub(crate) const USAGE: &str = "\
usage: foreign-tencent --listen ADDRESS:PORT [--requests-per-second N] [--defect NAME]... [--until-stdin-closes]
       foreign-tencent --list-defects";

/// What the command line asks for.
#[derive(Debug)]
pub(crate) struct Options {
    /// Where to listen; port 0 takes a free one.
    pub(crate) listen: String,
    /// Requests per second and account.
    pub(crate) rate: Option<u32>,
    /// The planted faults.
    pub(crate) defects: Defects,
    /// List the faults and leave.
    pub(crate) list: bool,
    /// Leave when the standard input ends.
    pub(crate) until_stdin_closes: bool,
}

impl Options {
    /// Reads the arguments; a message says what is wrong with them.
    pub(crate) fn parse(arguments: impl IntoIterator<Item = String>) -> Result<Self, String> {
        let mut options = Options {
            listen: "127.0.0.1:0".to_owned(),
            rate: None,
            defects: Defects::default(),
            list: false,
            until_stdin_closes: false,
        };
        let mut arguments = arguments.into_iter();
        while let Some(argument) = arguments.next() {
            let (name, inline) = match argument.split_once('=') {
                Some((name, value)) => (name.to_owned(), Some(value.to_owned())),
                None => (argument, None),
            };
            let mut value =
                || inline.clone().or_else(|| arguments.next()).ok_or(format!("{name} needs a value"));
            match name.as_str() {
                "--listen" => options.listen = value()?,
                "--requests-per-second" => {
                    let text = value()?;
                    options.rate =
                        Some(text.parse().map_err(|_| format!("{text} is no number of requests"))?);
                }
                "--defect" => {
                    let text = value()?;
                    if !options.defects.add(&text) {
                        return Err(format!("there is no defect {text}; --list-defects names them"));
                    }
                }
                "--list-defects" => options.list = true,
                "--until-stdin-closes" => options.until_stdin_closes = true,
                _ => return Err(format!("unknown argument {name}")),
            }
        }
        Ok(options)
    }
}

#[cfg(test)]
mod tests {
    use super::Options;
    use crate::defect::Defect;

    fn parse(text: &str) -> Result<Options, String> {
        Options::parse(text.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn arguments_are_read() {
        let options =
            parse("--listen 127.0.0.1:80 --requests-per-second=5 --defect digest-prefix").expect("good");
        assert_eq!((options.listen.as_str(), options.rate), ("127.0.0.1:80", Some(5)));
        assert!(options.defects.has(Defect::DigestPrefix) && !options.defects.has(Defect::OneLibrary));
        for wrong in ["--defect none-such", "--listen", "--requests-per-second many", "serve"] {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
    }
}
