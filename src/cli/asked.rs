//! The options that lead to a target, kept for the commands that are printed.

use std::path::Path;

use super::config::RouteArgs;
use super::own;

/// The options, each followed by its value; none for the bundled engine and the dialects that are built in.
pub(super) fn asked(
    target: Option<&str>,
    credentials: Option<&Path>,
    config: Option<&Path>,
    route: &RouteArgs,
) -> Vec<String> {
    let path = |path: &Path| path.display().to_string();
    let named = [
        ("--target", target.map(str::to_owned)),
        ("--credentials", credentials.map(path)),
        ("--config", config.map(path)),
    ];
    let named = named.into_iter().filter_map(|(option, value)| Some([option.to_owned(), value?]));
    own::options().into_iter().chain(named.flatten()).chain(route.words()).collect()
}
