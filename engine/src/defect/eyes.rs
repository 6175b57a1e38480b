//! An analyser that sees wrongly.

use std::borrow::Cow;
use std::io::Cursor;
use std::sync::Arc;

use image::{ImageFormat, ImageReader, guess_format, load_from_memory_with_format};

use super::list::{DAMAGE_ACCEPTED, DAMAGE_AS_FORMAT, FACELESS_ACCEPTED, GIF_ACCEPTED};
use crate::front::Defects;
use crate::vision::decode::{convert, decode};
use crate::vision::{Analyser, Analysis, Capabilities, Face, Failure, Limits, Origin, Stage, Wanted};

/// An analyser with the defects of pictures.
struct Eyes {
    analyser: Arc<dyn Analyser>,
    defects: Defects,
}

/// The analyser, with the defects that are switched on.
pub(crate) fn seeing(analyser: Arc<dyn Analyser>, defects: &Defects) -> Arc<dyn Analyser> {
    if defects.any() { Arc::new(Eyes { analyser, defects: defects.clone() }) } else { analyser }
}

impl Analyser for Eyes {
    fn name(&self) -> &'static str {
        self.analyser.name()
    }

    fn capabilities(&self) -> Capabilities {
        self.analyser.capabilities()
    }

    fn weights(&self) -> Option<Origin> {
        self.analyser.weights()
    }

    fn analyse(
        &self,
        picture: &[u8],
        wanted: Wanted,
        fails: &dyn Fn(Stage) -> bool,
    ) -> Result<Analysis, Failure> {
        let taken = self.taken(picture);
        match self.analyser.analyse(&taken, wanted, fails) {
            Err(Failure::NoFace) if self.defects.has(FACELESS_ACCEPTED) => Ok(nobody(&taken)),
            Err(Failure::Damaged(why)) if self.defects.has(DAMAGE_AS_FORMAT) => Err(Failure::Format(why)),
            other => other,
        }
    }

    fn similarity(&self, distance: f32) -> f32 {
        self.analyser.similarity(distance)
    }

    fn same_person_from(&self) -> f32 {
        self.analyser.same_person_from()
    }

    fn almost_same(&self, a: &Face, b: &Face) -> bool {
        self.analyser.almost_same(a, b)
    }
}

impl Eyes {
    /// The picture as the defects take it.
    fn taken<'a>(&self, picture: &'a [u8]) -> Cow<'a, [u8]> {
        let mut taken = Cow::Borrowed(picture);
        if self.defects.has(GIF_ACCEPTED)
            && let Ok(converted) = convert(picture)
        {
            taken = converted;
        }
        if self.defects.has(DAMAGE_ACCEPTED)
            && let Some(repaired) = repaired(&taken)
        {
            taken = Cow::Owned(repaired);
        }
        taken
    }
}

/// The analysis of a picture that shows nobody.
fn nobody(picture: &[u8]) -> Analysis {
    let reader = ImageReader::new(Cursor::new(picture)).with_guessed_format().ok();
    let (width, height) = reader.and_then(|reader| reader.into_dimensions().ok()).unwrap_or_default();
    Analysis { width, height, faces: Vec::new() }
}

/// What a forgiving decoder makes of a JPEG that is damaged.
fn repaired(picture: &[u8]) -> Option<Vec<u8>> {
    let is_damaged = matches!(decode(picture, &Limits::default()), Err(Failure::Damaged(_)));
    if !is_damaged || !matches!(guess_format(picture), Ok(ImageFormat::Jpeg)) {
        return None;
    }
    let mut bytes = Cursor::new(Vec::new());
    let image = load_from_memory_with_format(picture, ImageFormat::Jpeg).ok()?;
    image.into_rgb8().write_to(&mut bytes, ImageFormat::Bmp).ok()?;
    Some(bytes.into_inner())
}

#[cfg(all(test, feature = "defects"))]
mod tests {
    use super::*;
    use crate::front::Defect;
    use crate::vision::Classic;

    fn seed(name: &str) -> Vec<u8> {
        let path = format!("{}/../corpus/seeds/decode/{name}", env!("CARGO_MANIFEST_DIR"));
        std::fs::read(path).expect("a committed seed")
    }

    fn seen(picture: &[u8], defects: &[Defect]) -> Result<Analysis, Failure> {
        let defects = defects.iter().map(|defect| defect.name).collect();
        seeing(Arc::new(Classic::new(Limits::default())), &defects).analyse(
            picture,
            Wanted::default(),
            &|_| false,
        )
    }

    #[test]
    fn a_gif_is_looked_at() {
        assert!(matches!(seen(&seed("small.gif"), &[]), Err(Failure::Format(_))));
        assert!(seen(&seed("small.gif"), &[GIF_ACCEPTED]).is_ok());
    }

    #[test]
    fn a_picture_without_faces_is_a_success() {
        let mut wall = Cursor::new(Vec::new());
        image::RgbImage::new(60, 50).write_to(&mut wall, ImageFormat::Bmp).expect("written");
        assert_eq!(seen(wall.get_ref(), &[]), Err(Failure::NoFace));
        let seen = seen(wall.get_ref(), &[FACELESS_ACCEPTED]);
        assert_eq!(seen, Ok(Analysis { width: 60, height: 50, faces: Vec::new() }));
    }

    #[test]
    fn a_damaged_picture_is_looked_at_or_called_by_another_name() {
        assert!(matches!(seen(&seed("cut.jpeg"), &[]), Err(Failure::Damaged(_))));
        let looked_at = seen(&seed("cut.jpeg"), &[DAMAGE_ACCEPTED]);
        assert!(matches!(looked_at, Ok(_) | Err(Failure::NoFace)), "{looked_at:?}");
        assert!(matches!(seen(&seed("cut.jpeg"), &[DAMAGE_AS_FORMAT]), Err(Failure::Format(_))));
    }
}
