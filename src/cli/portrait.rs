//! `lianpu portrait`: draws a picture, or a sheet of many, into a file.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use clap::Args;
use serde::Serialize;

use crate::portrait::{
    Format, HiddenParts, Hiding, Raster, Scene, SceneError, TrueFace, draw, encode, encode_mask, file,
    hiding, truth,
};

/// Draw a portrait: a picture of people who do not exist, the same bytes on every machine
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct PortraitArgs {
    /// What to draw: names, seed:NUMBER or nobody, and key=value after them [default: anna, or the person of --seed]
    #[arg(value_name = "SCENE")]
    pub scene: Vec<String>,

    /// The file to write, - for standard output; its ending chooses the kind of file unless --as does
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,

    /// Also write what the picture truly shows, as JSON: boxes, angles, 68 landmarks, shares of hidden parts
    #[arg(long, value_name = "FILE", conflicts_with = "sheet", long_help = TRUTH)]
    pub truth: Option<PathBuf>,

    /// Also write where faces are hidden, as a grey PNG: white there, black elsewhere
    #[arg(long, value_name = "FILE", conflicts_with = "sheet", long_help = MASK)]
    pub mask: Option<PathBuf>,

    /// Draw many small pictures into one PNG: everybody, or SCENE in many poses
    #[arg(long, value_name = "COLUMNSxROWS", value_parser = sheet_size)]
    pub sheet: Option<(u32, u32)>,

    #[command(flatten)]
    keys: Box<Keys>,
}

const TRUTH: &str = "Also write what the picture truly shows, as JSON: a list with one object a face, in the order of SCENE

In it are, in pixels from the upper left corner: x, y, width, height of the box from brows to chin; left_eye, right_eye, nose,
mouth, chin; landmarks, 68 pairs [x, y] in the order of iBUG's 300-W (jaw 0-16, brows 17-26, nose 27-35, eyes 36-47, lips
48-67). Landmarks are points of the head: what is turned away is told where it is behind the head, and the jaw goes with
the skin. Left and right are the viewer's. yaw, pitch, roll are degrees, sex and age as drawn. hidden has the share, 0 to 1, of what would be
seen of left_eye, right_eye, nose, mouth, left_cheek, right_cheek, chin_contour that a patch or dark glasses lie over,
measured from what was drawn; null for a part of which nothing would be seen. visible is the share of the box inside the
picture; covered, material and conditions repeat what SCENE asks for";

const MASK: &str = "Also write where faces are hidden, as a grey PNG of 8 bits and of the picture's size

White (255) is where a patch or dark glasses lie over the head of somebody, as the picture shows it; black (0) is elsewhere.
Clear glasses and hair hide nothing, and who stands in front of somebody else does not either";

const EXAMPLES: &str = "Examples:
  lianpu portrait -o anna.jpg
  lianpu portrait --seed 1234 -o somebody.jpg
  lianpu portrait anna yaw=20 smile=1 + bea glasses=sun size=640x400 -o two.png
  lianpu portrait seed:1234 --pitch -10 --cover mouth,nose --truth truth.json -o face.jpg
  lianpu portrait anna cover=nose --truth truth.json --mask mask.png -o covered.png
  lianpu portrait anna --damage cut -o broken.jpg
  lianpu portrait bea --motion 12,30 --recapture screen -o shaken.jpg
  lianpu portrait bea cover=mouth material=hand crop=left:0.3 glare=0.6 -o hard.jpg
  lianpu portrait nobody seed=4 -o landscape.jpg
  lianpu portrait --sheet 8x5 -o people.png
  lianpu portrait carl --sheet 6x3 -o poses.png";

/// Declares one flag for each key of the mini-language.
macro_rules! keys {
    ($($(#[$doc:meta])* $field:ident $name:literal $value:literal,)+) => {
        #[derive(Debug, Default, Args)]
        #[command(next_help_heading = "The same as key=value after SCENE")]
        struct Keys {
            $($(#[$doc])* #[arg(long = $name, value_name = $value, allow_hyphen_values = true)] $field: Option<String>,)+
        }

        impl Keys {
            /// The flags given, as the mini-language writes them.
            fn given(&self) -> Vec<String> {
                [$(($name, &self.$field)),+]
                    .into_iter()
                    .filter_map(|(name, value)| value.as_ref().map(|value| format!("{name}={value}")))
                    .collect()
            }

            /// Who is drawn when nobody is named: the person of the seed, or anna.
            fn somebody(&self) -> String {
                self.seed.as_ref().map_or_else(|| "anna".to_owned(), |seed| format!("seed:{seed}"))
            }

            #[cfg(test)]
            const NAMES: &[&str] = &[$($name),+];
        }
    };
}

keys! {
    /// Turn the head to the picture's right
    yaw "yaw" "DEGREES",
    /// Look up
    pitch "pitch" "DEGREES",
    /// Turn the head clockwise
    roll "roll" "DEGREES",
    /// Smile, 0 to 1
    smile "smile" "SHARE",
    /// Open the mouth, 0 to 1
    mouth "mouth" "SHARE",
    /// Close the eyes, 0 to 1
    eyes "eyes" "SHARE",
    /// Put on glasses: none, clear, sun
    glasses "glasses" "KIND",
    /// Hide parts: left_eye, right_eye, nose, mouth, left_cheek, right_cheek, chin_contour
    cover "cover" "PARTS",
    /// What hides them: cloth, paper, hand, plastic, black
    material "material" "KIND",
    /// Size of the head, 1 as usual; so its distance: 0.5 is twice as far away
    zoom "zoom" "FACTOR",
    /// Size of the picture in pixels
    size "size" "WIDTHxHEIGHT",
    /// Put the picture into the corner of a larger flat one
    canvas "canvas" "WIDTHxHEIGHT",
    /// Add a harmless band that stands for content to be refused: porn, sensitive-person
    marker "marker" "KIND",
    /// Let borders cut off shares of the first face: left:0.3, or right:0.2,top:0.1
    crop "crop" "BORDER:SHARE",
    /// Blur by this sigma
    blur "blur" "PIXELS",
    /// Smear along a line, 0 degrees across
    motion "motion" "PIXELS,ANGLE",
    /// Brightness, 1 as lit
    dark "dark" "FACTOR",
    /// Where the lamp is, in degrees
    light "light" "AZIMUTH,ELEVATION",
    /// Expose too long, most on the side of the lamp, 0 to 1
    glare "glare" "SHARE",
    /// Make it a picture of a picture: print, screen
    recapture "recapture" "KIND",
    /// Make it a photo or a cartoon
    style "style" "KIND",
    /// Sensor noise of this sigma
    noise "noise" "LEVELS",
    /// Vary background, clothing and noise; without SCENE also the person
    seed "seed" "NUMBER",
    /// Kind of file: jpeg, png, bmp, gif, pdf, txt
    format "as" "KIND",
    /// JPEG quality, 1 to 100
    quality "quality" "NUMBER",
    /// Break the file: empty, cut, noise, magic, header
    damage "damage" "KIND",
    /// Grow the file to at least so many bytes
    pad "pad" "BYTES",
}

/// Why no portrait was written.
#[derive(Debug, thiserror::Error)]
pub enum PortraitError {
    /// The description of the picture is not understood.
    #[error("the scene {line:?} cannot be drawn: {source}")]
    Scene {
        /// The description with all flags.
        line: String,
        /// What is wrong with it.
        source: Box<SceneError>,
    },
    /// A file cannot be written.
    #[error("{} cannot be written: {source}", file.display())]
    Unwritable {
        /// The file.
        file: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
}

/// Draws and writes.
pub fn run(args: &PortraitArgs) -> Result<(), PortraitError> {
    if let Some((columns, rows)) = args.sheet {
        return write(&args.output, &sheet(args, columns, rows)?);
    }
    let mut words = args.scene.clone();
    if words.is_empty() {
        words.push(args.keys.somebody());
    }
    words.extend(args.keys.given());
    let mut scene = parse(words.join(" "))?;
    let asked = words.iter().flat_map(|word| word.split_whitespace()).any(|word| word.starts_with("as="));
    if !asked {
        scene.format = by_ending(&args.output).unwrap_or(scene.format);
    }
    write(&args.output, &file(&scene))?;
    if args.truth.is_none() && args.mask.is_none() {
        return Ok(());
    }
    let hiding = hiding(&scene);
    if let Some(path) = &args.truth {
        write(path, &told(&scene, &hiding))?;
    }
    args.mask.as_ref().map_or(Ok(()), |path| write(path, &encode_mask(&hiding.mask)))
}

/// A face as `--truth` tells it.
#[derive(Serialize)]
struct Told {
    #[serde(flatten)]
    face: TrueFace,
    hidden: HiddenParts,
}

fn told(scene: &Scene, hiding: &Hiding) -> Vec<u8> {
    let faces = truth(scene).into_iter().zip(&hiding.faces);
    let told: Vec<_> = faces.map(|(face, hidden)| Told { face, hidden: *hidden }).collect();
    let mut json = serde_json::to_vec_pretty(&told).expect("plain numbers and words are JSON");
    json.push(b'\n');
    json
}

fn parse(line: String) -> Result<Scene, PortraitError> {
    Scene::parse(&line).map_err(|source| PortraitError::Scene { line, source: Box::new(source) })
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), PortraitError> {
    let written = if path == Path::new("-") {
        std::io::stdout().lock().write_all(bytes)
    } else {
        std::fs::write(path, bytes)
    };
    written.map_err(|source| PortraitError::Unwritable { file: path.to_owned(), source })
}

/// The kind of file that a name's ending asks for.
fn by_ending(path: &Path) -> Option<Format> {
    let ending = path.extension()?.to_str()?.to_ascii_lowercase();
    if ending == "jpg" {
        return Some(Format::Jpeg);
    }
    Format::ALL.iter().copied().find(|format| format.word() == ending)
}

fn sheet_size(text: &str) -> Result<(u32, u32), String> {
    let side = |text: &str| text.parse().ok().filter(|side| (1..=40).contains(side));
    text.split_once('x')
        .and_then(|(columns, rows)| Some((side(columns)?, side(rows)?)))
        .ok_or_else(|| "a sheet is <columns>x<rows>, each 1 to 40, as in 8x5".to_owned())
}

/// In what poses a scene is shown on a sheet.
const POSES: [&str; 32] = [
    "",
    "yaw=-35",
    "yaw=-20",
    "yaw=20",
    "yaw=35",
    "pitch=-25",
    "pitch=25",
    "roll=-45",
    "roll=45",
    "smile=1",
    "mouth=1",
    "eyes=1",
    "glasses=clear",
    "glasses=sun",
    "cover=left_eye,right_eye",
    "cover=nose",
    "cover=mouth,chin_contour",
    "cover=left_cheek,right_cheek",
    "cover=mouth material=paper",
    "cover=mouth,nose material=hand",
    "cover=left_eye material=plastic",
    "motion=12,30",
    "glare=0.5",
    "glare=1",
    "crop=left:0.4",
    "crop=right:0.3,bottom:0.3",
    "crop=top:0.3",
    "zoom=0.4",
    "recapture=print",
    "recapture=screen",
    "style=cartoon",
    "light=60,10",
];

/// Everybody by name and then by seed, or one scene in many poses, as a PNG.
fn sheet(args: &PortraitArgs, columns: u32, rows: u32) -> Result<Vec<u8>, PortraitError> {
    let people = lianpu_corpus::people();
    let given = args.keys.given().join(" ");
    let mut whole: Option<Raster> = None;
    for cell in 0..columns * rows {
        let index = cell as usize;
        let line = if !args.scene.is_empty() {
            format!("{} {} {given}", args.scene.join(" "), POSES[index % POSES.len()])
        } else if let Some(person) = people.get(index) {
            format!("{} {given}", person.name)
        } else {
            format!("seed:{index} {given}")
        };
        let part = draw(&parse(line.trim().to_owned())?);
        let whole = whole.get_or_insert_with(|| Raster {
            width: part.width * columns,
            height: part.height * rows,
            pixels: vec![0; 3 * (part.width * columns * part.height * rows) as usize],
        });
        paste(whole, &part, cell % columns * part.width, cell / columns * part.height);
    }
    let whole = whole.expect("a sheet has at least one cell");
    Ok(encode(&whole, &Scene { format: Format::Png, ..Scene::default() }))
}

fn paste(whole: &mut Raster, part: &Raster, left: u32, top: u32) {
    let length = 3 * part.width as usize;
    for (row, pixels) in part.pixels.chunks_exact(length).enumerate() {
        let start = 3 * ((top as usize + row) * whole.width as usize + left as usize);
        whole.pixels[start..start + length].copy_from_slice(pixels);
    }
}

#[cfg(test)]
mod tests {
    use super::Keys;
    use crate::portrait::KEYS;

    #[test]
    fn every_key_has_a_flag_and_every_flag_a_key() {
        let mut keys: Vec<_> = KEYS.iter().map(|key| key.name).collect();
        let mut flags = Keys::NAMES.to_vec();
        keys.sort_unstable();
        flags.sort_unstable();
        assert_eq!(keys, flags);
    }
}
