//! How requests get to the target, from the command line and from `lianpu.toml`.

use std::path::{Path, PathBuf};

use clap::Args;
use reqwest::Url;
use reqwest::header::{HeaderName, HeaderValue};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;

use super::account::Origin;
use super::document::{Reader, Section, joined};
use crate::run::Route;

/// Where the options stand in the help.
const HEADING: &str = "Connection";

/// The options for the way to the target.
#[derive(Debug, Clone, Default, PartialEq, Eq, Args)]
pub struct RouteArgs {
    /// A header line for every request; may be repeated. Values from the environment: `headers` in lianpu.toml
    #[arg(help_heading = HEADING, long = "header", value_name = "NAME: VALUE", value_parser = header)]
    headers: Vec<(String, String)>,
    /// HTTP proxy for all connections, such as http://127.0.0.1:3128
    #[arg(help_heading = HEADING, long, value_name = "URL", value_parser = proxy)]
    proxy: Option<String>,
    /// Certificates to trust besides those of the system, in PEM
    #[arg(help_heading = HEADING, long, value_name = "FILE")]
    ca: Option<PathBuf>,
    /// Take any certificate
    #[arg(help_heading = HEADING, long, num_args = 0..=1, default_missing_value = "true", value_name = "BOOL", hide_possible_values = true)]
    insecure: Option<bool>,
}

/// The route of a section `[target.<name>]`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RouteConfig {
    /// Header lines: literal, or from the environment variable of this name.
    pub headers: Vec<(String, Origin)>,
    /// The proxy.
    pub proxy: Option<String>,
    /// The file of certificates.
    pub ca: Option<PathBuf>,
    /// Whether any certificate is taken.
    pub insecure: bool,
}

impl RouteArgs {
    /// The options as they are given, each followed by its value. Header lines may be secret, and are none of them.
    pub(in crate::cli) fn words(&self) -> Vec<String> {
        let named = [
            ("--proxy", self.proxy.as_deref().map(without_password)),
            ("--ca", self.ca.as_ref().map(|path| path.display().to_string())),
            ("--insecure", self.insecure.map(|insecure| insecure.to_string())),
        ];
        named.into_iter().filter_map(|(option, value)| Some([option.to_owned(), value?])).flatten().collect()
    }

    /// The options that were given so.
    pub(in crate::cli) fn of_words(words: &[String]) -> Self {
        let value = |option: &str| {
            let at = words.iter().position(|word| word == option)?;
            words.get(at + 1)
        };
        Self {
            headers: Vec::new(),
            proxy: value("--proxy").cloned(),
            ca: value("--ca").map(PathBuf::from),
            insecure: value("--insecure").map(|word| word == "true"),
        }
    }

    /// Whether nothing is said.
    pub(in crate::cli) fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The route as configured, and over it what the options say.
    pub(in crate::cli) fn over(&self, mut route: Route) -> Result<Route, String> {
        route.headers.retain(|(name, _)| !self.headers.iter().any(|(own, _)| own.eq_ignore_ascii_case(name)));
        route.headers.extend(self.headers.iter().cloned());
        if let Some(proxy) = &self.proxy {
            route.proxy = Some(proxy.clone());
        }
        if let Some(path) = &self.ca {
            route.authorities = authorities(path).map_err(|why| format!("--ca {}: {why}", path.display()))?;
        }
        route.insecure = self.insecure.unwrap_or(route.insecure);
        Ok(route)
    }
}

/// Reads a route's keys.
pub(super) fn read(reader: &mut Reader<'_>, path: &str, section: Section<'_>) -> RouteConfig {
    let headers = reader.texts(path, section, "headers").into_iter().filter_map(|(line, name, value)| {
        let (name, origin) = match name.strip_suffix("_env") {
            Some(name) => (name.to_owned(), Origin::Variable(value)),
            None => (name, Origin::Literal(value)),
        };
        let shown = match &origin {
            Origin::Literal(value) => value.as_str(),
            Origin::Variable(_) => "x",
        };
        match header(&format!("{name}: {shown}")) {
            Ok(_) => Some((name, origin)),
            Err(why) => {
                reader.fault(line, &joined(path, "headers"), why);
                None
            }
        }
    });
    let headers = headers.collect();
    let proxy = reader.string(path, section, "proxy").and_then(|(line, text)| {
        proxy(&text).map_err(|why| reader.fault(line, &joined(path, "proxy"), why)).ok()
    });
    let ca = reader.string(path, section, "ca").map(|(_, text)| PathBuf::from(text));
    let insecure = reader.flag(path, section, "insecure").unwrap_or_default();
    RouteConfig { headers, proxy, ca, insecure }
}

impl RouteConfig {
    /// The route, with what the environment and the file of certificates say.
    pub(super) fn route(&self, env: &dyn Fn(&str) -> Option<String>) -> Result<Route, String> {
        let mut headers = Vec::new();
        for (name, origin) in &self.headers {
            let value = match origin {
                Origin::Literal(value) => value.clone(),
                Origin::Variable(variable) => env(variable)
                    .ok_or_else(|| format!("headers.{name}_env: {variable} is not set in the environment"))?,
            };
            headers
                .push(header(&format!("{name}: {value}")).map_err(|why| format!("headers.{name}: {why}"))?);
        }
        let read = |path: &PathBuf| authorities(path).map_err(|why| format!("ca {}: {why}", path.display()));
        let authorities = self.ca.as_ref().map(read).transpose()?.unwrap_or_default();
        Ok(Route { headers, proxy: self.proxy.clone(), authorities, insecure: self.insecure })
    }
}

/// Reads `Name: value`.
fn header(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once(':').ok_or("NAME: VALUE is expected, such as 'X-Env: staging'")?;
    let (name, value) = (name.trim(), value.trim());
    HeaderName::from_bytes(name.as_bytes()).map_err(|_| format!("{name:?} is no name of a header"))?;
    HeaderValue::from_str(value)
        .map_err(|_| format!("the value of {name} has characters that no header may have"))?;
    let framing =
        ["host", "content-length", "transfer-encoding", "content-type", "connection", "authorization"];
    if framing.iter().any(|own| name.eq_ignore_ascii_case(own)) {
        return Err(format!("{name} is part of what is tested, and cannot be given for every request"));
    }
    Ok((name.to_owned(), value.to_owned()))
}

/// Reads the address of a proxy.
fn proxy(text: &str) -> Result<String, String> {
    let wrong = || {
        format!("{:?} is no address of an HTTP proxy, such as http://127.0.0.1:3128", without_password(text))
    };
    let url = Url::parse(text).map_err(|_| wrong())?;
    if url.scheme() == "http" && url.host_str().is_some() { Ok(text.to_owned()) } else { Err(wrong()) }
}

/// An address without what stands before its `@`.
fn without_password(address: &str) -> String {
    match (address.split_once("://"), address.rsplit_once('@')) {
        (Some((scheme, _)), Some((_, host))) => format!("{scheme}://{host}"),
        _ => address.to_owned(),
    }
}

/// The certificates of a file.
fn authorities(path: &Path) -> Result<Vec<CertificateDer<'static>>, String> {
    let text = std::fs::read(path).map_err(|error| format!("cannot be read: {error}"))?;
    let certificates: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&text).collect();
    match certificates {
        Ok(certificates) if certificates.is_empty() => {
            Err("holds no certificate; `-----BEGIN CERTIFICATE-----` is expected".to_owned())
        }
        Ok(certificates) => Ok(certificates),
        Err(error) => Err(format!("is no PEM: {error}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn header_lines_are_checked_when_they_are_given() {
        assert_eq!(header("X-Env:  staging "), Ok(("X-Env".to_owned(), "staging".to_owned())));
        for wrong in ["X-Env", ": x", "a b: c", "X: a\r\nY: b", "Host: other", "authorization: x"] {
            assert!(header(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_proxys_password_is_never_repeated() {
        let args =
            RouteArgs { proxy: Some("http://me:secret@127.0.0.1:3128".into()), ..RouteArgs::default() };
        assert_eq!(args.words(), ["--proxy", "http://127.0.0.1:3128"]);
        assert!(proxy("ftp://me:secret@h").is_err_and(|why| !why.contains("secret")));
    }

    #[test]
    fn what_the_command_line_says_stands_over_the_file() {
        let route = Route {
            headers: vec![("x-env".into(), "one".into()), ("X-Other".into(), "two".into())],
            insecure: true,
            ..Route::default()
        };
        let args = RouteArgs {
            headers: vec![("X-Env".into(), "three".into())],
            insecure: Some(false),
            ..RouteArgs::default()
        };
        let over = args.over(route).unwrap();
        assert_eq!(
            over.headers,
            [("X-Other".to_owned(), "two".to_owned()), ("X-Env".to_owned(), "three".to_owned())]
        );
        assert!(!over.insecure);
        assert_eq!(
            RouteArgs::of_words(&RouteArgs { headers: Vec::new(), ..args.clone() }.words()).insecure,
            Some(false)
        );
        let missing = RouteArgs { ca: Some("no/such.pem".into()), ..RouteArgs::default() };
        assert!(
            missing
                .over(Route::default())
                .is_err_and(|why| why.starts_with("--ca no/such.pem: cannot be read"))
        );
    }
}
