//! What is told of how good a picture of a face is.

/// How good the picture of a face is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quality {
    /// How much of each part is hidden.
    pub occlusion: Occlusion,
    /// 0 is as sharp as can be, 1 is nothing but blur.
    pub blur: f32,
    /// Brightness of the face, 0 black to 255 white.
    pub illumination: f32,
    /// 1 when the whole face is inside the picture, else 0.
    pub completeness: f32,
}

/// How likely each part is hidden, 0 to 1. Left and right are those of the picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Occlusion {
    /// The eye on the picture's left.
    pub left_eye: f32,
    /// The eye on the picture's right.
    pub right_eye: f32,
    /// The nose.
    pub nose: f32,
    /// The mouth.
    pub mouth: f32,
    /// The cheek on the picture's left.
    pub left_cheek: f32,
    /// The cheek on the picture's right.
    pub right_cheek: f32,
    /// The chin.
    pub chin_contour: f32,
}

impl Occlusion {
    /// The parts with their names, in the order of [`PARTS`](super::occlusion::PARTS).
    pub fn named(&self) -> [(&'static str, f32); 7] {
        [
            ("left_eye", self.left_eye),
            ("right_eye", self.right_eye),
            ("nose", self.nose),
            ("mouth", self.mouth),
            ("left_cheek", self.left_cheek),
            ("right_cheek", self.right_cheek),
            ("chin_contour", self.chin_contour),
        ]
    }
}
