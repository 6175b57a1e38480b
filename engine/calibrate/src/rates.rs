//! How often hidden and bare parts are called what they are: as a table, as a curve a part, as a picture of the curves.

use std::fmt::Write as _;

use lianpu_engine::vision::quality::occlusion::PARTS;

/// Baidu's, from HIGH to LOW: a part above is refused.
const THRESHOLDS: [f32; 3] = [0.2, 0.6, 0.8];

/// What was said of a face.
pub struct Answered {
    /// What hides its parts.
    pub of: &'static str,
    /// Whether it was looked at without colours.
    pub grey: bool,
    pub hidden: [bool; 7],
    pub answers: [f32; 7],
}

/// Prints the shares in percent that are right at each threshold: of bare parts, of hidden ones, of both.
pub fn print(all: &[Answered]) {
    println!("right at {THRESHOLDS:?}, %");
    for grey in [false, true] {
        println!("{}", if grey { "without colours" } else { "in colour" });
        for of in ["bare", "cloth", "paper", "hand", "plastic", "pasted"] {
            let faces = all.iter().filter(|face| face.grey == grey && face.of == of);
            row(of, faces.flat_map(|face| face.hidden.into_iter().zip(face.answers)));
        }
        let of_kind = || all.iter().filter(|face| face.grey == grey);
        for (part, name) in PARTS.iter().enumerate() {
            row(name, of_kind().map(|face| (face.hidden[part], face.answers[part])));
        }
        row("all", of_kind().flat_map(|face| face.hidden.into_iter().zip(face.answers)));
    }
}

fn row(name: &str, parts: impl Iterator<Item = (bool, f32)>) {
    let parts: Vec<(bool, f32)> = parts.collect();
    let shares = |of: &dyn Fn(bool) -> bool| {
        let count = parts.iter().filter(|(hidden, _)| of(*hidden)).count().max(1) as f32;
        THRESHOLDS.map(|threshold| {
            let right = |(hidden, answer): &&(bool, f32)| of(*hidden) && (*answer > threshold) == *hidden;
            100.0 * parts.iter().filter(right).count() as f32 / count
        })
    };
    println!(
        "  {name:<13} bare {:5.1?}, hidden {:5.1?}, both {:5.1?} of {}",
        shares(&|hidden| !hidden),
        shares(&|hidden| hidden),
        shares(&|_| true),
        parts.len()
    );
}

/// A part's curve: threshold, share of the bare parts above it, share of the hidden ones; from strict to lax.
fn curve(all: &[Answered], part: usize) -> Vec<[f32; 3]> {
    let above = |hidden: bool, threshold: f32| {
        let of_kind = || all.iter().filter(|face| face.hidden[part] == hidden);
        let found = of_kind().filter(|face| face.answers[part] > threshold).count();
        found as f32 / of_kind().count().max(1) as f32
    };
    // Evenly over the logarithm of the odds, since most answers are near 0 or 1.
    let steps = (-48..=48).rev().map(|step| 1.0 / (1.0 + (-0.25 * step as f32).exp()));
    let inner = steps.map(|threshold| [threshold, above(false, threshold), above(true, threshold)]);
    std::iter::once([1.0, 0.0, 0.0]).chain(inner).chain([[0.0, 1.0, 1.0]]).collect()
}

/// Comma-separated values: a line a part and threshold.
pub fn csv(all: &[Answered]) -> String {
    let mut text = "part,threshold,false_positive_rate,true_positive_rate\n".to_owned();
    for (part, name) in PARTS.iter().enumerate() {
        for [threshold, bare, hidden] in curve(all, part) {
            writeln!(text, "{name},{threshold:.6},{bare:.4},{hidden:.4}").unwrap();
        }
    }
    text
}

const COLOURS: [&str; 7] = ["#0b62a4", "#4da3d9", "#c0392b", "#e08e0b", "#1b7f4b", "#6cc28b", "#6a4c93"];
const SIDE: f32 = 420.0;
const LEFT: f32 = 60.0;
const TOP: f32 = 40.0;
/// The bare parts called hidden that are shown go up to this share, the hidden ones down to one less the other.
const WIDE: f32 = 0.2;
const HIGH: f32 = 0.4;

/// The curves in one picture, only the corner where they differ.
pub fn svg(all: &[Answered]) -> String {
    let x = |share: f32| LEFT + SIDE * (share / WIDE).min(1.0);
    let y = |share: f32| TOP + SIDE * ((1.0 - share) / HIGH).min(1.0);
    let mut svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"660\" height=\"520\" font-family=\"sans-serif\" \
                   font-size=\"12\">\n<rect width=\"660\" height=\"520\" fill=\"white\"/>\n\
                   <text x=\"60\" y=\"24\" font-size=\"15\">Hidden parts of drawn people that nothing was fitted on</text>\n"
        .to_owned();
    for step in 0..=4 {
        let share = step as f32 / 4.0;
        let (across, down) = (x(WIDE * share), y(1.0 - HIGH * share));
        let (right, lower) = (LEFT + SIDE, TOP + SIDE);
        writeln!(
            svg,
            "<path d=\"M{across:.1} {TOP}V{lower}M{LEFT} {down:.1}H{right}\" stroke=\"#ddd\"/>\
             <text x=\"{across:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{:.0} %</text>\
             <text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{:.0} %</text>",
            lower + 18.0,
            100.0 * WIDE * share,
            LEFT - 8.0,
            down + 4.0,
            100.0 - 100.0 * HIGH * share
        )
        .unwrap();
    }
    for (part, (name, colour)) in PARTS.iter().zip(COLOURS).enumerate() {
        let line: Vec<String> = curve(all, part)
            .iter()
            .filter(|[_, bare, _]| *bare <= WIDE)
            .map(|[_, bare, hidden]| format!("{:.1},{:.1}", x(*bare), y(*hidden)))
            .collect();
        let legend = TOP + 20.0 + 20.0 * part as f32;
        writeln!(
            svg,
            "<polyline fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\" points=\"{}\"/>\
             <path d=\"M500 {legend}h24\" stroke=\"{colour}\" stroke-width=\"2\"/>\
             <text x=\"530\" y=\"{}\">{name}</text>",
            line.join(" "),
            legend + 4.0
        )
        .unwrap();
    }
    svg + "<text x=\"270\" y=\"505\" text-anchor=\"middle\">bare parts called hidden</text>\n\
           <text transform=\"translate(14 250) rotate(-90)\" text-anchor=\"middle\">hidden parts called hidden</text>\n</svg>\n"
}
