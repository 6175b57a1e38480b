//! The sample's run beside changed ones.

use super::*;
use crate::report::palette::Palette;
use crate::report::{Verdict, sample, width};

/// A whole run, one that was killed, and one that also ran a dialect of its own.
pub(super) fn runs() -> Vec<(String, Summary)> {
    let first = sample::summary();
    let mut killed = sample::summary();
    killed.finished = None;
    killed.scenarios.truncate(4);
    killed.scenarios[0].verdict = Verdict::Fail;
    let mut other = sample::summary();
    other.scenarios.retain(|record| !record.id.contains("face-management"));
    other.scenarios[2].verdict = Verdict::Pass;
    let own = other.scenarios[0].clone();
    other.scenarios.push(ScenarioRecord {
        id: "acme/errors/7/enrol/absent".into(),
        row: Some("acme/errors/7".into()),
        op: Some("enrol".into()),
        ..own
    });
    vec![("staging".into(), first), ("killed <b>|".into(), killed), ("脸谱引擎".into(), other)]
}

fn made(lines: Lines) -> Matrix {
    matrix(&runs(), lines, &sample::Rows)
}

fn lines(matrix: &Matrix) -> Vec<String> {
    let of_row = |row: &MatrixRow| {
        let id = row.id.clone();
        let line = move |line: &MatrixLine| {
            let cells: Vec<_> = line.cells.iter().map(Cell::words).collect();
            format!("{id} {}: {}", line.label(9), cells.join(" | "))
        };
        row.lines.iter().map(line).collect::<Vec<_>>()
    };
    matrix.tables.iter().flat_map(|table| &table.rows).flat_map(of_row).collect()
}

#[test]
fn what_differs_has_a_line() {
    let matrix = made(Lines::Different);
    assert_eq!(
        lines(&matrix),
        [
            "tencent-ci/face/4 newperson: ? set-up-failed | - | ? set-up-failed",
            "tencent-ci/face/4 detect: pass | FAIL 4 | pass",
            "tencent-ci/face/-1302 newperson: FAIL 0, trace | FAIL 0, trace | pass",
        ]
    );
    let Matrix { alike, different, judged_different, alone, .. } = matrix;
    // Of the two tables that one alone ran nothing is different.
    assert_eq!((alike, different, judged_different, alone), (2, 3, 2, 2));
    assert!(matrix.is_divided());
}

#[test]
fn all_lines_are_there_where_they_are_asked_for() {
    let all = made(Lines::All);
    assert_eq!(all.lines(), 7, "{:?}", lines(&all));
    let table = all.tables.iter().find(|table| table.id == "acme/errors").unwrap();
    assert_eq!(table.without, [0, 1]);
    assert_eq!(
        all.tables.iter().find(|table| table.id == "tencent-ci/face-management").unwrap().without,
        [1, 2]
    );
}

#[test]
fn scenarios_of_one_operation_that_come_out_differently_are_told_apart() {
    let mut runs = runs();
    runs.truncate(1);
    let mut second = runs[0].1.clone();
    for (run, verdicts) in
        [(&mut runs[0].1, [Verdict::Pass; 3]), (&mut second, [Verdict::Pass, Verdict::Fail, Verdict::Fail])]
    {
        let one = run.scenarios[0].clone();
        let more = verdicts.iter().zip(["a", "b", "c"]);
        run.scenarios = more
            .map(|(verdict, trigger)| ScenarioRecord {
                id: format!("tencent-ci/face/4/detect/{trigger}"),
                verdict: *verdict,
                ..one.clone()
            })
            .collect();
    }
    runs.push(("second".into(), second));
    assert_eq!(
        lines(&matrix(&runs, Lines::All, &sample::Rows)),
        ["tencent-ci/face/4 detect: a: pass | pass", "tencent-ci/face/4 detect: b, c: pass | FAIL 4"]
    );
    assert_eq!(
        MatrixLine {
            operation: "o".into(),
            triggers: ["a", "b", "c"].map(Into::into).into(),
            scenarios: 3,
            cells: vec![],
            differs: true
        }
        .label(1),
        "o: a, +2"
    );
}

#[test]
fn one_that_could_not_be_judged_divides_nobody() {
    let mut runs = runs();
    runs.truncate(1);
    let mut second = runs[0].1.clone();
    second.scenarios[0].verdict = Verdict::NotProvoked;
    runs.push(("second".into(), second));
    let matrix = matrix(&runs, Lines::Different, &sample::Rows);
    assert_eq!((matrix.different, matrix.is_divided()), (1, false));
}

#[test]
fn for_screens_of_80_and_140_columns() {
    for (columns, which) in [(80, Lines::Different), (140, Lines::All)] {
        let mut text = Vec::new();
        write_matrix_console(&made(which), &sample::Rows, &Palette::PLAIN, columns, &mut text).unwrap();
        let text = String::from_utf8(text).unwrap();
        sample::assert_snapshot(&format!("matrix-{columns}"), &text);
        assert!(text.lines().all(|line| width(line) <= columns), "{text}");
    }
}

#[test]
fn many_columns_flow() {
    let mut runs = runs();
    let one = runs[0].1.clone();
    runs.extend((0..9).map(|number| (format!("engine number {number}"), one.clone())));
    let matrix = matrix(&runs, Lines::All, &sample::Rows);
    let mut text = Vec::new();
    write_matrix_console(&matrix, &sample::Rows, &Palette::PLAIN, 80, &mut text).unwrap();
    let text = String::from_utf8(text).unwrap();
    assert!(text.lines().all(|line| width(line) <= 80), "{text}");
    assert_eq!(text.matches("FAIL 0, trace").count(), 11, "{text}");
}

#[test]
fn for_a_comment() {
    let mut text = Vec::new();
    write_matrix_markdown(&made(Lines::Different), &sample::Rows, &mut text).unwrap();
    sample::assert_snapshot("matrix.md", &String::from_utf8(text).unwrap());
}

#[test]
fn for_a_browser() {
    let mut text = Vec::new();
    write_matrix_html(&made(Lines::All), &sample::Rows, &mut text).unwrap();
    let page = String::from_utf8(text).unwrap();
    assert!(page.contains("killed &lt;b&gt;|") && !page.contains("<b>|"), "names stay text");
    let body = page.split_once("</style>").unwrap().1.split_once("<script").unwrap().0;
    sample::assert_snapshot("matrix.html", body);
}

/// Runs with very many scenarios that differ.
fn large(scenarios: usize) -> Vec<(String, Summary)> {
    let mut runs = runs();
    runs.truncate(2);
    for (_, run) in &mut runs {
        let one = run.scenarios[0].clone();
        let scenario = |n: usize| ScenarioRecord {
            id: format!("tencent-ci/face/{}/op{}/t{n}", n % 200, n % 50),
            row: Some(format!("tencent-ci/face/{}", n % 200)),
            op: Some(format!("op{}", n % 50)),
            ..one.clone()
        };
        run.scenarios = (0..scenarios).map(scenario).collect();
    }
    // Every other one differs, each in another way.
    for (n, record) in runs[1].1.scenarios.iter_mut().enumerate() {
        record.verdict = Verdict::Fail;
        record.actual = Some(crate::report::Actual { http: 200, code: Some((n as i64).into()) });
    }
    runs
}

#[test]
fn a_comment_and_a_page_are_never_too_long() {
    let matrix = matrix(&large(20_000), Lines::All, &sample::Rows);
    assert_eq!(matrix.lines(), 20_000);
    let (mut comment, mut page) = (Vec::new(), Vec::new());
    write_matrix_markdown(&matrix, &sample::Rows, &mut comment).unwrap();
    write_matrix_html(&matrix, &sample::Rows, &mut page).unwrap();
    let comment = String::from_utf8(comment).unwrap();
    let told: Vec<_> = comment.lines().filter(|line| line.contains("left out")).collect();
    assert!(comment.len() < 65_536 && told.len() == 1, "{} {told:?}", comment.len());
    let shown = comment.lines().filter(|line| line.contains("✕")).count();
    let left: usize =
        told[0].split_whitespace().find_map(|word| word.trim_matches('*').parse().ok()).unwrap();
    assert!(shown > 300 && shown - 1 + left == 20_000, "{shown} and {left}");
    let page = String::from_utf8(page).unwrap();
    assert!(page.len() < 3 << 20 && page.contains("left out"), "{}", page.len());
}
