//! `--report html=PATH`: the compatibility report, one file that needs nothing else.
//!
//! For a manager: score, coverage, a line a table. For an engineer: every row by every operation, every scenario with
//! filters, and of each deviation the steps, the pictures, the exchange, the vendor's own words and the command that
//! repeats it. Readable without JavaScript, which only adds filters and the keyboard; light and dark; printable.

mod failure;
mod list;
mod mark;
mod pictures;
mod table;
mod view;

use std::io::{self, Write};

use minijinja::value::Serde;
use minijinja::{Environment, Value, context};

use super::reference::Reference;
use super::summary::Summary;
use view::View;

use super::text::without_noncharacters;

/// Writes the report. The reference gives the vendors' words; of a row that it does not know only the code is shown.
pub fn write_html(summary: &Summary, reference: &dyn Reference, to: &mut impl Write) -> io::Result<()> {
    let mut templates = Environment::new();
    templates.add_template("report.html", include_str!("report.html")).map_err(io::Error::other)?;
    let template = templates.get_template("report.html").map_err(io::Error::other)?;
    let view = View::of(summary, reference);
    let page = context! {
        view => Value::from(Serde(view)),
        style => Value::from_safe_string(include_str!("report.css").to_owned()),
        script => Value::from_safe_string(include_str!("report.js").to_owned()),
        scenarios => Value::from_safe_string(list::json(summary)),
    };
    let text = template.render(page).map_err(io::Error::other)?;
    to.write_all(without_noncharacters(&text).as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Verdict, sample};

    fn html(summary: &Summary) -> String {
        let mut page = Vec::new();
        write_html(summary, &sample::Rows, &mut page).unwrap();
        String::from_utf8(page).unwrap()
    }

    #[test]
    fn the_sample_as_html() {
        let page = html(&sample::summary());
        let body = page.split_once("</style>").unwrap().1.split_once("<script").unwrap().0;
        sample::assert_snapshot("report.html", body);
    }

    #[test]
    fn what_a_target_says_stays_text() {
        let page = html(&sample::summary());
        assert!(page.contains("&lt;&amp;&gt;"), "escaped");
        assert!(!page.contains('\u{1b}'), "no control characters");
        let mut hostile = sample::summary();
        hostile.scenarios[2].id = "</script><script>alert(1)</script>".into();
        assert!(!html(&hostile).contains("<script>alert"));
    }

    #[test]
    fn what_deviates_only_sometimes_is_counted_among_the_deviations() {
        let mut summary = sample::summary();
        summary.scenarios.truncate(3);
        summary.scenarios[2].verdict = Verdict::Flaky;
        let page = html(&summary);
        assert!(!page.contains("every judged scenario answers as documented"));
        assert!(page.contains(r#"<p class="figure">1</p><p class="faint">1 of them only sometimes; none"#));
    }

    #[test]
    fn a_run_that_never_began_has_a_page() {
        assert!(html(&Summary::default()).contains("partial"));
    }

    #[test]
    fn five_thousand_scenarios_stay_under_three_megabytes() {
        let mut summary = sample::summary();
        let some = summary.scenarios.clone();
        summary.scenarios = (0..5000).map(|index| some[index % some.len()].clone()).collect();
        for (index, record) in summary.scenarios.iter_mut().enumerate() {
            record.id = format!("{}-{index}", record.id);
        }
        assert!(html(&summary).len() < 3 << 20);
    }
}
