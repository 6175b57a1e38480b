//! Constants as a file of Rust.

use std::fmt::Write as _;
use std::path::Path;

/// A file of networks: what it says of itself, and a name, how many inputs and the weights of each.
pub fn write(file: &str, says: &str, path_to_network: &str, networks: &[(&str, usize, &[f32])]) {
    let mut text = String::new();
    for line in says.lines() {
        writeln!(text, "{}", format!("//! {line}").trim_end()).unwrap();
    }
    writeln!(text, "\nuse {path_to_network}::Network;").unwrap();
    for (name, inputs, weights) in networks {
        writeln!(text, "\npub(in crate::vision) const {name}: Network = Network {{").unwrap();
        writeln!(text, "    inputs: {inputs},\n    weights: &[").unwrap();
        let mut line = String::new();
        for weight in *weights {
            let number = format!("{weight:.3}");
            let number = if number == "-0.000" { "0.000".to_owned() } else { number };
            if line.len() + number.len() > 100 {
                writeln!(text, "       {line}").unwrap();
                line.clear();
            }
            write!(line, " {number},").unwrap();
        }
        writeln!(text, "       {line}\n    ],\n}};").unwrap();
    }
    let path = Path::new(crate::ROOT).join(file);
    std::fs::write(&path, text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    println!("written: {file}");
}

/// What the engine will read: three places behind the point.
pub fn rounded(weights: &[f32]) -> Vec<f32> {
    weights.iter().map(|weight| (weight * 1000.0).round() / 1000.0).collect()
}
