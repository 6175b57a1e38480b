//! A scene as a value: everything that determines a picture.

use lianpu_corpus::{Marker, Person};

/// Everything that determines a picture.
#[derive(Debug, Clone, PartialEq)]
pub struct Scene {
    /// The people from left to right, row by row; none: a picture without a face.
    pub faces: Vec<Sitter>,
    /// Varies background, clothing and noise, nothing else.
    pub seed: u64,
    /// Width and height in pixels; none: 288x352 for one face, and accordingly for several.
    pub size: Option<(u32, u32)>,
    /// What the borders cut off the first face; everybody else moves with it.
    pub crop: Crop,
    /// Gaussian blur, sigma in pixels.
    pub blur: f32,
    /// Blur by a shaken camera.
    pub motion: Motion,
    /// Brightness factor: 1 as lit, 0 black.
    pub dark: f32,
    /// Where the light comes from.
    pub light: Lamp,
    /// Too much of it: 0 none to 1 where the side towards the lamp is white.
    pub glare: f32,
    /// Whether it is a picture of a print or of a screen.
    pub recapture: Recapture,
    /// Photograph or drawing.
    pub style: Style,
    /// Sensor noise, sigma in grey levels of 255.
    pub noise: f32,
    /// Width and height of a larger flat picture in whose top-left corner this one lies.
    pub canvas: Option<(u32, u32)>,
    /// What a content review under test is to take the picture for: a marker of the corpus, by its name.
    pub marker: Option<&'static Marker>,
    /// The kind of file.
    pub format: Format,
    /// JPEG quality, 1 to 100.
    pub quality: u8,
    /// How the file is broken.
    pub damage: Damage,
    /// The least size of the file in bytes; reached by padding that decoders skip.
    pub pad: u32,
}

/// One person in a picture, as posed.
#[derive(Debug, Clone, PartialEq)]
pub struct Sitter {
    /// Who.
    pub who: Who,
    /// Degrees; positive turns to the picture's right.
    pub yaw: f32,
    /// Degrees; positive looks up.
    pub pitch: f32,
    /// Degrees; positive turns clockwise.
    pub roll: f32,
    /// 0 neutral to 1 smiling with teeth.
    pub smile: f32,
    /// 0 closed to 1 wide open.
    pub mouth: f32,
    /// 0 open to 1 closed.
    pub eyes: f32,
    /// Glasses.
    pub glasses: Glasses,
    /// What is hidden behind a patch, in the order of [`Part`].
    pub cover: Vec<Part>,
    /// What the patches are made of.
    pub material: CoverMaterial,
    /// Size of the head, 1 as usual; so distance, too: half the size is twice as far away.
    pub zoom: f32,
}

/// Whose face it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// Somebody of `corpus/people.toml`.
    Named(&'static Person),
    /// The person of this seed: `seed:1234`.
    Seed(u64),
}

/// Where the light comes from, seen by the viewer, in degrees.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Lamp {
    /// 0 from the camera, positive from the picture's right, 90 from the side.
    pub azimuth: f32,
    /// Positive from above.
    pub elevation: f32,
}

/// How long and in which direction a picture is smeared.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Motion {
    /// Length in pixels.
    pub pixels: f32,
    /// Degrees; 0 across, positive counter-clockwise.
    pub angle: f32,
}

/// Which shares (0 to 1) of the box of the first face lie beyond the borders. Opposite borders exclude each other.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Crop {
    /// Beyond the left border.
    pub left: f32,
    /// Beyond the right border.
    pub right: f32,
    /// Beyond the upper border.
    pub top: f32,
    /// Beyond the lower border.
    pub bottom: f32,
}

/// Declares an enum whose variants have one word each in the mini-language.
macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($(#[$note:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum $name { $($(#[$note])* $variant),+ }

        impl $name {
            /// All of them, in order.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The word of the mini-language.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }
    };
}

words! {
    /// Glasses.
    Glasses { /// None.
        None = "none", /// A frame with clear lenses.
        Clear = "clear", /// Dark lenses.
        Sun = "sun" }
}

words! {
    /// Parts of a face, left and right as the viewer sees them; the vendors' seven.
    Part { /// The eye on the picture's left.
        LeftEye = "left_eye", /// The eye on the picture's right.
        RightEye = "right_eye", /// The nose.
        Nose = "nose", /// The mouth.
        Mouth = "mouth", /// The cheek on the picture's left.
        LeftCheek = "left_cheek", /// The cheek on the picture's right.
        RightCheek = "right_cheek", /// The chin.
        ChinContour = "chin_contour" }
}

words! {
    /// What patches are made of.
    CoverMaterial { /// Woven, dull.
        Cloth = "cloth", /// White and stiff, with lines of writing.
        Paper = "paper", /// Fingers of the person's own skin.
        Hand = "hand", /// Smooth, with reflections.
        Plastic = "plastic", /// Flat and black: what every eye takes for a cover.
        Black = "black" }
}

words! {
    /// Whether a picture is one of a picture.
    Recapture { /// It is not.
        None = "none", /// Of a print: paper edge, grain and dots, flat blacks.
        Print = "print", /// Of a screen: bezel, interference, bluish light.
        Screen = "screen" }
}

words! {
    /// How a picture is made.
    Style { /// As a photograph.
        Photo = "photo", /// As a drawing: flat colours and outlines.
        Cartoon = "cartoon" }
}

words! {
    /// Kinds of file; the last two are no pictures at all.
    Format { /// image/jpeg.
        Jpeg = "jpeg", /// image/png.
        Png = "png", /// image/bmp.
        Bmp = "bmp", /// image/gif.
        Gif = "gif", /// application/pdf: one empty page.
        Pdf = "pdf", /// text/plain.
        Txt = "txt" }
}

words! {
    /// How a file is broken.
    Damage { /// Not at all.
        None = "none", /// No bytes.
        Empty = "empty", /// The first half of the file only.
        Cut = "cut", /// The head of the file is right, the rest is random.
        Noise = "noise", /// The first bytes, which name the format, are wrong.
        Magic = "magic", /// The first bytes are right, the fields after them that give size and kind are random.
        Header = "header" }
}

impl Scene {
    /// Width and height in pixels.
    pub fn pixels(&self) -> (u32, u32) {
        self.size.unwrap_or_else(|| match self.grid() {
            (1, 1) => (288, 352),
            (columns, rows) => (columns * 240, rows * 300),
        })
    }

    /// Columns and rows in which the faces stand; 1 and 1 for nobody.
    pub fn grid(&self) -> (u32, u32) {
        let faces = self.faces.len().max(1) as u32;
        // Up to four in a row, then about twice as many across as down.
        let rows = (1..faces).find(|rows| rows * rows * 4 >= faces).unwrap_or(1);
        (faces.div_ceil(rows), rows)
    }
}

impl Default for Scene {
    /// One frontal, neutral face: `anna`.
    fn default() -> Self {
        Self { faces: vec![Sitter::new(Who::default())], ..Self::nobody() }
    }
}

impl Scene {
    /// A picture without a face: `nobody`.
    pub fn nobody() -> Self {
        Self {
            faces: Vec::new(),
            seed: 0,
            size: None,
            crop: Crop::default(),
            blur: 0.0,
            motion: Motion::default(),
            dark: 1.0,
            light: Lamp { azimuth: -30.0, elevation: 35.0 },
            glare: 0.0,
            recapture: Recapture::None,
            style: Style::Photo,
            noise: 1.5,
            canvas: None,
            marker: None,
            format: Format::Jpeg,
            quality: 90,
            damage: Damage::None,
            pad: 0,
        }
    }
}

impl Sitter {
    /// Frontal and neutral.
    pub fn new(who: Who) -> Self {
        Self {
            who,
            yaw: 0.0,
            pitch: 0.0,
            roll: 0.0,
            smile: 0.0,
            mouth: 0.0,
            eyes: 0.0,
            glasses: Glasses::None,
            cover: Vec::new(),
            material: CoverMaterial::Cloth,
            zoom: 1.0,
        }
    }
}

impl Default for Who {
    fn default() -> Self {
        lianpu_corpus::people().first().map_or(Self::Seed(0), Self::Named)
    }
}
