//! Times as answers write them.

use std::time::{Duration, UNIX_EPOCH};

/// By how much the clocks of Beijing are ahead.
const AHEAD: u64 = 8 * 3600;

/// `YYYY-MM-DD HH:MM:SS` in Beijing of a time in seconds since 1970, up to the year 9999. The documents name no zone; the
/// vendor's clocks run there.
pub(super) fn beijing(seconds: u64) -> String {
    let last = Duration::from_secs(253_402_300_799); // what comes after has a year of five digits
    let time = UNIX_EPOCH + Duration::from_secs(seconds.saturating_add(AHEAD)).min(last);
    humantime::format_rfc3339_seconds(time).to_string().replace('T', " ").replace('Z', "")
}

#[cfg(test)]
mod tests {
    use super::beijing;

    #[test]
    fn days_months_and_leap_years_are_right() {
        for (seconds, text) in [
            (0, "1970-01-01 08:00:00"),
            (951_825_600, "2000-02-29 20:00:00"),
            (1_795_209_264, "2026-11-21 05:14:24"),
            (4_107_542_399, "2100-03-01 07:59:59"),
        ] {
            assert_eq!(beijing(seconds), text);
        }
    }
}
