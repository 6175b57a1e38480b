//! What the dialect is called, and where its tokens are asked for.

/// The dialect's name.
pub const NAME: &str = "baidu-face";

/// Where tokens are asked for.
pub const OAUTH_PATH: &str = "/oauth/2.0/token";
