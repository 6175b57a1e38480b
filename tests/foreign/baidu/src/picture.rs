//! Gets the picture of a call: from base64, from a URL or by a face token.

use std::{io::Cursor, sync::Arc};

use base64::{
    Engine,
    alphabet::STANDARD,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};
use image::{ImageFormat, ImageReader, Limits, RgbImage};
use sha2::{Digest, Sha256};

use crate::{
    accounts,
    body::Fields,
    codes::{Refusal, refuse},
    fetch, params,
    server::Server,
    vision::{self, Face},
};

/// The longest base64 text.
const LONGEST_TEXT: usize = 2 * 1024 * 1024;
/// The largest picture: its longer and its shorter side.
const LARGEST: (u32, u32) = (1920, 1080);
/// Base64 that ends with or without its padding.
const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// A face with the token it is known by.
#[derive(Clone, Debug)]
pub struct Sighting {
    /// The face token.
    pub token: String,
    /// What was seen.
    pub face: Arc<Face>,
}

/// Where a picture is to be had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// The text of the picture.
    Base64(String),
    /// A link.
    Url(String),
    /// A face seen earlier.
    Token(String),
}

/// Reads the two parameters of a picture.
pub fn source(fields: &Fields) -> Result<Source, Refusal> {
    let kind = params::required(params::only_text(fields, "image_type", 222_015)?)?;
    let image = params::required(params::only_text(fields, "image", 222_013)?)?;
    match kind.to_ascii_uppercase().as_str() {
        "BASE64" => Ok(Source::Base64(image)),
        "URL" => Ok(Source::Url(image)),
        "FACE_TOKEN" => params::face_token(&image).map(|()| Source::Token(image)),
        _ => refuse(222_015),
    }
}

/// The faces of a picture, the largest first; never none.
pub async fn faces(server: &Arc<Server>, account: usize, source: &Source) -> Result<Vec<Sighting>, Refusal> {
    let bytes = match source {
        Source::Token(token) => return server.known(account, token).map(|sighting| vec![sighting]),
        Source::Base64(text) => decode_text(text, server)?,
        Source::Url(link) => match fetch::get(link).await {
            Ok(bytes) => bytes,
            Err(fetch::Unavailable) if server.defects.on("failed-download-is-222203") => {
                return refuse(222_203);
            }
            Err(fetch::Unavailable) => return refuse(222_204),
        },
    };
    let seen = server.look(bytes).await?;
    if seen.is_empty() {
        return refuse(if server.defects.on("no-face-is-222203") { 222_203 } else { 222_202 });
    }
    server.remember(account, &seen);
    Ok(seen)
}

/// The bytes of a base64 text; line ends inside it are passed over.
fn decode_text(text: &str, server: &Server) -> Result<Vec<u8>, Refusal> {
    if text.len() > LONGEST_TEXT {
        return refuse(222_304);
    }
    let mut text: String = text.chars().filter(|character| !matches!(character, '\r' | '\n')).collect();
    if server.defects.on("illegal-base64-is-passed-over") {
        text.retain(|character| character.is_ascii_alphanumeric() || "+/".contains(character));
    }
    LENIENT.decode(text).map_err(|_| Refusal(222_203))
}

/// Decodes a picture within limits and looks for faces. This takes long: not for an asynchronous thread.
pub fn look(bytes: &[u8], server: &Server) -> Result<Vec<Sighting>, Refusal> {
    let picture = decode(bytes, server)?;
    let digest = Sha256::digest(bytes);
    let sightings = vision::faces(&picture).into_iter().map(|face| {
        let mut hash = Sha256::new();
        hash.update(digest);
        hash.update(format!("{:.0} {:.0}", face.square.x, face.square.y));
        if server.defects.on("face-token-changes") {
            hash.update(fastrand::u64(..).to_be_bytes());
        }
        let digits = accounts::digits(&hash.finalize());
        let token = if server.options.short_face_tokens { digits[..32].to_owned() } else { long(&digits) };
        Sighting { token, face: Arc::new(face) }
    });
    Ok(sightings.collect())
}

/// A token in the longer form that the texts allow.
fn long(digits: &str) -> String {
    format!("Face_{}_{}", &digits[..30], digits[30..50].to_ascii_uppercase())
}

/// Decodes PNG, JPEG and BMP.
fn decode(bytes: &[u8], server: &Server) -> Result<RgbImage, Refusal> {
    let defects = &server.defects;
    let mut reader =
        ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|_| Refusal(222_203))?;
    if reader.format() == Some(ImageFormat::Jpeg) && !bytes.rchunks(1024).next().is_some_and(ends) {
        return refuse(222_203);
    }
    match reader.format() {
        Some(ImageFormat::Png | ImageFormat::Jpeg | ImageFormat::Bmp) => {}
        Some(ImageFormat::Gif) if defects.on("gif-is-taken") => {}
        _ if defects.on("no-picture-is-222202") => return refuse(222_202),
        _ => return refuse(222_203),
    }
    let size = ImageReader::new(Cursor::new(bytes)).with_guessed_format().ok();
    let (width, height) = size.and_then(|reader| reader.into_dimensions().ok()).ok_or(Refusal(222_203))?;
    if width.max(height) > LARGEST.0 || width.min(height) > LARGEST.1 {
        return refuse(if defects.on("large-picture-is-222202") { 222_202 } else { 222_304 });
    }
    let mut limits = Limits::default();
    limits.max_alloc = Some(64 * 1024 * 1024);
    reader.limits(limits);
    Ok(reader.decode().map_err(|_| Refusal(222_203))?.to_rgb8())
}

/// Whether a JPEG has its end marker: decoders fill up what was cut off.
fn ends(tail: &[u8]) -> bool {
    tail.windows(2).any(|pair| pair == [0xff, 0xd9])
}
