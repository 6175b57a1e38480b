//! Times as answers write them.

/// `YYYY-MM-DD HH:MM:SS` in Beijing of a time in seconds since 1970. The documents name no zone; the vendor's clocks run
/// there.
pub(super) fn beijing(seconds: u64) -> String {
    let seconds = seconds.saturating_add(8 * 3600);
    let (days, of_day) = (seconds / 86_400, seconds % 86_400);
    // Counted in years that begin in March, so that the leap day is a year's last.
    let days = days + 719_468;
    let era = days / 146_097;
    let day = days % 146_097;
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (year * 365 + year / 4 - year / 100);
    let month = (day * 5 + 2) / 153;
    let date = day - (month * 153 + 2) / 5 + 1;
    let (month, carried) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
    let year = era * 400 + year + carried;
    let (hour, minute, second) = (of_day / 3600, of_day / 60 % 60, of_day % 60);
    format!("{year:04}-{month:02}-{date:02} {hour:02}:{minute:02}:{second:02}")
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
