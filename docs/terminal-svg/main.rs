//! A terminal's text, with its colours, as a picture: how `docs/run.svg` is made.
//!
//! ```sh
//! cargo build --release
//! target/release/lianpu run --quiet --color always \
//!   | cargo run -p lianpu-terminal-svg -- 'cargo run --release -- run --setup' > docs/run.svg
//! ```
//!
//! Knows the styles that lianpu uses: bold, dim, red, green, yellow. Where standard output is no terminal the text is 80
//! columns wide.

use std::io::{self, Read as _, Write as _};

use lianpu::report::width;

const LINE: usize = 19;
const COLUMN: f64 = 8.43;
const MARGIN: usize = 16;

fn main() -> io::Result<()> {
    let command = std::env::args().nth(1).unwrap_or_default();
    let mut text = String::new();
    io::stdin().read_to_string(&mut text)?;
    io::stdout().write_all(picture(&command, &text).as_bytes())
}

/// The picture of a command and what it said.
fn picture(command: &str, text: &str) -> String {
    let prompt = format!("$ {command}");
    let lines: Vec<_> = std::iter::once(prompt.as_str()).chain(text.trim_end().lines()).map(spans).collect();
    let columns = lines.iter().map(|spans| spans.iter().map(|span| width(&span.text)).sum::<usize>()).max();
    let wide = (columns.unwrap_or(0) as f64 * COLUMN).ceil() as usize + 2 * MARGIN;
    let high = lines.len() * LINE + 2 * MARGIN;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{wide}\" height=\"{high}\" \
         font-family=\"ui-monospace,SFMono-Regular,Menlo,Consolas,monospace\" font-size=\"14\" fill=\"#e6edf3\">\
         <title>{}</title><rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"#0d1117\"/>\n",
        escaped(&prompt)
    );
    for (index, spans) in lines.iter().enumerate() {
        let spans: Vec<_> = spans.iter().map(Span::written).collect();
        let y = MARGIN + LINE * (index + 1) - 1;
        svg.push_str(&format!(
            "<text x=\"{MARGIN}\" y=\"{y}\" xml:space=\"preserve\">{}</text>\n",
            spans.concat()
        ));
    }
    svg.push_str("</svg>\n");
    svg
}

/// A text in one style.
#[derive(Debug, Clone, Default, PartialEq)]
struct Span {
    text: String,
    bold: bool,
    colour: Option<&'static str>,
}

impl Span {
    fn written(&self) -> String {
        let bold = if self.bold { " font-weight=\"bold\"" } else { "" };
        let colour = self.colour.map_or_else(String::new, |colour| format!(" fill=\"{colour}\""));
        format!("<tspan{bold}{colour}>{}</tspan>", escaped(&self.text))
    }
}

/// The line's pieces by their styles.
fn spans(line: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut style = Span::default();
    let mut pieces = line.split("\u{1b}[");
    spans.push(Span { text: pieces.next().unwrap_or_default().to_owned(), ..style.clone() });
    for piece in pieces {
        let (codes, text) = piece.split_once('m').unwrap_or(("", piece));
        for code in codes.split(';') {
            match code {
                "1" => style.bold = true,
                "2" => style.colour = Some("#8b949e"),
                "31" => style.colour = Some("#ff7b72"),
                "32" => style.colour = Some("#7ee787"),
                "33" => style.colour = Some("#d29922"),
                _ => style = Span::default(),
            }
        }
        spans.push(Span { text: text.to_owned(), ..style.clone() });
    }
    spans.retain(|span| !span.text.is_empty());
    spans
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_become_spans_and_text_stays_text() {
        let svg = picture("x <y>", "\u{1b}[1m脸\u{1b}[0m a\u{1b}[1m\u{1b}[31mFAIL\u{1b}[0m\n");
        assert!(svg.contains("$ x &lt;y&gt;"), "{svg}");
        assert!(svg.contains("<tspan font-weight=\"bold\">脸</tspan><tspan> a</tspan>"), "{svg}");
        assert!(svg.contains("<tspan font-weight=\"bold\" fill=\"#ff7b72\">FAIL</tspan>"), "{svg}");
        assert_eq!(svg.lines().filter(|line| line.starts_with("<text")).count(), 2);
    }
}
