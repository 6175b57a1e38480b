//! The body of the fuzz target on pictures: any bytes through the whole analysis.

use std::sync::LazyLock;
use std::time::Duration;

use super::decode::decode;
use super::{Analyser, Classic, Failure, Limits, Seeing, Wanted, models};

/// Small, so that a run sees many pictures.
const LIMITS: Limits =
    Limits { bytes: 1 << 20, pixels: 1 << 18, frames: 1, faces: 4, glances: 8, time: Duration::from_secs(1) };

/// The analyser with nets, where they are installed.
static NETS: LazyLock<Option<Seeing>> = LazyLock::new(|| {
    let directory = models::default_dir().ok().filter(|directory| models::any(directory))?;
    Seeing::load(&directory, LIMITS).ok()
});

/// Analyses whatever it is given with the embedded analyser, and checks what must hold of every answer; where there are
/// faces, which both find alike, with nets as well, if they are installed.
pub fn fuzz_analysis(data: &[u8]) {
    if !check(data, &Classic::new(LIMITS)) {
        return;
    }
    if let Some(nets) = &*NETS {
        assert!(check(data, nets), "faces that only one analyser finds");
    }
}

/// A picture that decodes has faces or none, one that does not is refused for the same reason, every face lies in the
/// picture, and all is seen of those that the limits allow. Whether there are faces.
fn check(data: &[u8], analyser: &dyn Analyser) -> bool {
    let decoded = decode(data, &LIMITS);
    let analysed = analyser.analyse(data, Wanted::ALL, &|_| false);
    match (decoded, analysed) {
        (Err(refused), analysed) => {
            assert_eq!(analysed.err(), Some(refused));
            false
        }
        (Ok(picture), Ok(analysis)) => {
            let (width, height) = (picture.width(), picture.height());
            assert!((width * height) as u64 <= LIMITS.pixels);
            assert_eq!(picture.rgb().len(), width * height * 3);
            assert_eq!((analysis.width as usize, analysis.height as usize), (width, height));
            assert!(!analysis.faces.is_empty(), "no face is a failure");
            for (place, face) in analysis.faces.iter().enumerate() {
                let rect = face.rect;
                assert!(rect.x >= 0.0 && rect.y >= 0.0 && rect.width > 0.0 && rect.height > 0.0, "{rect:?}");
                assert!(rect.x + rect.width <= width as f32 + 0.01, "{rect:?}");
                assert!(rect.y + rect.height <= height as f32 + 0.01, "{rect:?}");
                assert!(face.score.is_finite());
                assert_eq!(face.description.is_some(), place < LIMITS.faces, "wanted of so many");
                let values = face.description.iter().flat_map(|description| &description.0);
                assert!(values.copied().all(f32::is_finite));
            }
            true
        }
        (Ok(_), Err(failure)) => {
            assert_eq!(failure, Failure::NoFace);
            false
        }
    }
}
