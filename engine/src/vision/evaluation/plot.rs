//! The characteristic as text and as a picture.

use std::fmt::Write as _;

use super::Rates;

/// Comma-separated values: distance, false accept rate, true accept rate.
pub fn csv(rates: &Rates) -> String {
    let mut text = "distance,false_accept_rate,true_accept_rate\n".to_owned();
    for point in &rates.roc {
        let _ = writeln!(text, "{:.4},{:.8},{:.8}", point.distance, point.false_accepts, point.true_accepts);
    }
    text
}

const WIDTH: f64 = 560.0;
const HEIGHT: f64 = 420.0;
const LEFT: f64 = 60.0;
const TOP: f64 = 40.0;
/// The false accept rates shown go from 10 to the power of this to 1.
const DECADES: i32 = -5;

/// The characteristic as an SVG picture: true accepts over false accepts, the latter on a logarithmic axis.
pub fn svg(rates: &Rates, title: &str) -> String {
    let x = |share: f64| LEFT + WIDTH * (1.0 - share.log10().max(f64::from(DECADES)) / f64::from(DECADES));
    let y = |share: f64| TOP + HEIGHT * (1.0 - share);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"660\" height=\"520\" font-family=\"sans-serif\" \
         font-size=\"12\">\n<rect width=\"660\" height=\"520\" fill=\"white\"/>\n\
         <text x=\"{LEFT}\" y=\"24\" font-size=\"15\">{}</text>\n",
        escaped(title)
    );
    for decade in DECADES..=0 {
        let (at, lower) = (x(10_f64.powi(decade)), TOP + HEIGHT);
        let _ = writeln!(
            svg,
            "<path d=\"M{at:.1} {TOP}V{lower}\" stroke=\"#ddd\"/>\
             <text x=\"{at:.1}\" y=\"{:.1}\" text-anchor=\"middle\">1e{decade}</text>",
            lower + 18.0
        );
    }
    for tenth in 0..=10 {
        let share = f64::from(tenth) / 10.0;
        let (at, right) = (y(share), LEFT + WIDTH);
        let _ = writeln!(
            svg,
            "<path d=\"M{LEFT} {at:.1}H{right}\" stroke=\"#ddd\"/>\
             <text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{share:.1}</text>",
            LEFT - 8.0,
            at + 4.0
        );
    }
    let line: Vec<String> = rates
        .roc
        .iter()
        .map(|point| format!("{:.1},{:.1}", x(point.false_accepts), y(point.true_accepts)))
        .collect();
    let _ = writeln!(
        svg,
        "<polyline fill=\"none\" stroke=\"#0b62a4\" stroke-width=\"2\" points=\"{}\"/>\n\
         <text x=\"340\" y=\"505\" text-anchor=\"middle\">false accept rate</text>\n\
         <text transform=\"translate(16 250) rotate(-90)\" text-anchor=\"middle\">true accept rate</text>\n</svg>",
        line.join(" ")
    );
    svg
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}
