//! From what a request gives as a picture to what is seen on it.

use std::io::Cursor;
use std::sync::Arc;

use bytes::Bytes;
use image::ImageReader;

use super::call::Call;
use super::condition::Condition;
use super::fault::Fault;
use super::source::Source;
use crate::fetch::FetchError;
use crate::vision::{Analysis, Description, Face, Failure, Stage, Wanted};

/// What is needed of a face that is added to a person. The landmarks are what its attributes stand on; they are not kept.
const TO_KEEP: Wanted =
    Wanted { landmarks: true, attributes: true, description: true, largest_only: true, ..Wanted::PLACES };
/// What is needed of a face that is compared.
const TO_COMPARE: Wanted =
    Wanted { landmarks: false, attributes: false, description: true, largest_only: true, ..Wanted::PLACES };

impl Call<'_> {
    /// The largest face of a picture with everything that is kept of it.
    pub(super) async fn face_to_keep(&self, source: &Source) -> Result<Face, Condition> {
        let face = largest(self.analyse(source, TO_KEEP).await?)?;
        described(&face)?;
        Ok(face)
    }

    /// What the largest face of a picture is compared by.
    pub(super) async fn face_to_compare(&self, source: &Source) -> Result<Description, Condition> {
        described(&largest(self.analyse(source, TO_COMPARE).await?)?).cloned()
    }

    /// What is seen on a picture.
    pub(super) async fn analyse(&self, source: &Source, wanted: Wanted) -> Result<Analysis, Condition> {
        let picture = self.picture(source).await?;
        if !self.takes(pixels(&picture)) {
            return Err(Condition::PictureUndecodable);
        }
        let fault = self.fault;
        let fails = Arc::new(move |stage| fault == Some(Fault::Vision(stage)));
        self.workers().analyse(picture, wanted, fails).await.map_err(|failure| {
            tracing::debug!(%failure, "a picture was not analysed");
            condition_of(&failure)
        })
    }

    async fn picture(&self, source: &Source) -> Result<Bytes, Condition> {
        match source {
            Source::Absent => Err(Condition::PictureEmpty),
            Source::Bytes(picture) if picture.is_empty() => Err(Condition::PictureEmpty),
            Source::Bytes(picture) => Ok(picture.clone()),
            Source::Url(_) if self.fault == Some(Fault::FetchConnect) => Err(Condition::DownloadFailed),
            Source::Url(_) if self.fault == Some(Fault::FetchRead) => Err(Condition::DownloadBroken),
            Source::Url(url) => self.fetcher().fetch(url).await.map_err(|error| {
                tracing::debug!(%error, url, "a picture was not fetched");
                download_condition(&error)
            }),
        }
    }
}

/// The pixels of a picture, by its head; none where that cannot be read, for decoding ends there too.
fn pixels(picture: &[u8]) -> u64 {
    let reader = ImageReader::new(Cursor::new(picture)).with_guessed_format();
    let size = reader.ok().and_then(|reader| reader.into_dimensions().ok());
    size.map_or(0, |(width, height)| u64::from(width) * u64::from(height))
}

/// What a face is compared by.
pub(super) fn described(face: &Face) -> Result<&Description, Condition> {
    face.description.as_ref().ok_or(Condition::DescriptionFailed)
}

fn largest(analysis: Analysis) -> Result<Face, Condition> {
    analysis.faces.into_iter().next().ok_or(Condition::FaceNotDetected)
}

fn condition_of(failure: &Failure) -> Condition {
    match failure {
        Failure::Empty => Condition::PictureEmpty,
        Failure::Format(_) => Condition::PictureFormatIllegal,
        Failure::Damaged(_) | Failure::TooLarge(_) => Condition::PictureUndecodable,
        Failure::NoFace => Condition::FaceNotDetected,
        Failure::Stage(stage) => match stage {
            Stage::Decode => Condition::PictureUndecodable,
            Stage::Detect => Condition::FaceNotDetected,
            Stage::Contour => Condition::ContourFailed,
            Stage::Pose => Condition::PoseFailed,
            Stage::Gender => Condition::GenderFailed,
            Stage::Age => Condition::AgeFailed,
            Stage::Expression => Condition::ExpressionFailed,
            Stage::Glasses => Condition::GlassesFailed,
            Stage::Describe => Condition::DescriptionFailed,
        },
    }
}

/// Failed is what never handed out a picture; broken is what began to and did not end with one.
fn download_condition(error: &FetchError) -> Condition {
    match error {
        FetchError::Address
        | FetchError::Private
        | FetchError::Connect(_)
        | FetchError::Status(_)
        | FetchError::Redirect
        | FetchError::Setup(_) => Condition::DownloadFailed,
        FetchError::Broken(_) | FetchError::Slow | FetchError::TooLarge(_) | FetchError::NotAPicture => {
            Condition::DownloadBroken
        }
    }
}
