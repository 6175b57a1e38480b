//! The body of the fuzz target on pictures: any bytes through the whole analysis.

use super::decode::{Limits, decode};
use super::{Analyser, Classic, Failure, Wanted};

/// Small, so that a run sees many pictures.
const LIMITS: Limits = Limits { bytes: 1 << 20, pixels: 1 << 18 };

/// Analyses whatever it is given with the embedded analyser, and checks what must hold of every answer: a picture that
/// decodes has faces or none, one that does not is refused for the same reason, and every face lies in the picture.
pub fn fuzz_analysis(data: &[u8]) {
    let decoded = decode(data, &LIMITS);
    let analysed = Classic::new(LIMITS).analyse(data, Wanted::ALL, &|_| false);
    match (decoded, analysed) {
        (Err(refused), analysed) => assert_eq!(analysed.err(), Some(refused)),
        (Ok(picture), Ok(analysis)) => {
            let (width, height) = (picture.width(), picture.height());
            assert!((width * height) as u64 <= LIMITS.pixels);
            assert_eq!(picture.rgb().len(), width * height * 3);
            assert_eq!((analysis.width as usize, analysis.height as usize), (width, height));
            assert!(!analysis.faces.is_empty(), "no face is a failure");
            for face in &analysis.faces {
                let rect = face.rect;
                assert!(rect.x >= 0.0 && rect.y >= 0.0 && rect.width > 0.0 && rect.height > 0.0, "{rect:?}");
                assert!(rect.x + rect.width <= width as f32 + 0.01, "{rect:?}");
                assert!(rect.y + rect.height <= height as f32 + 0.01, "{rect:?}");
                assert!(face.score.is_finite());
                let description = face.description.as_ref().expect("wanted");
                assert!(description.0.iter().all(|value| value.is_finite()));
            }
        }
        (Ok(_), Err(failure)) => assert_eq!(failure, Failure::NoFace),
    }
}
