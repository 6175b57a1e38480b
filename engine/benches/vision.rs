//! What seeing costs on one core. Needs faces: the photograph that the `rustface` package carries is not ours to
//! embed, so a face of ellipses is drawn that the detector accepts.

fn main() {
    divan::main();
}
