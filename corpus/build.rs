//! Rebuilds the package when a data file is added: what `include_dir!` reads is invisible to cargo.

fn main() {
    println!("cargo:rerun-if-changed=citizens");
    println!("cargo:rerun-if-changed=dialects");
}
