//! From what a request gives as a picture to the faces that are seen on it.
//!
//! The picture is fetched or found, then its format and size are judged by its head, then it is analysed.

use std::io::Cursor;
use std::sync::Arc;

use bytes::Bytes;
use image::{ImageFormat, ImageReader};

use super::call::Call;
use super::condition::Condition;
use super::fault::Fault;
use super::portrait::{Portrait, token};
use super::source::Source;
use crate::vision::{Analysis, Description, Face, Failure, Order, Wanted};

/// One face of a picture.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub(super) portrait: Portrait,
    pub(super) face: Face,
}

/// What is wanted of the faces of a picture.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ask {
    pub(super) wanted: Wanted,
    pub(super) order: Order,
    pub(super) most: usize,
    /// Whether faces are told too of which only place and angles are known, because the picture shows more of them than
    /// the analyser takes the time for.
    pub(super) glances: bool,
}

impl Ask {
    /// Everything but what faces are compared by, of the largest face.
    pub(super) const LOOKS: Self = Self {
        wanted: Wanted { landmarks: true, attributes: true, quality: true, liveness: true, ..Wanted::PLACES },
        order: Order::Largest,
        most: 1,
        glances: false,
    };

    /// Everything, of the largest face.
    pub(super) const ALL: Self =
        Self { wanted: Wanted { description: true, ..Self::LOOKS.wanted }, ..Self::LOOKS };
}

impl Found {
    /// What the face is compared by.
    pub(super) fn description(&self) -> Result<&Description, Condition> {
        self.face.description.as_ref().ok_or(Condition::InternalError)
    }
}

impl Call<'_> {
    /// Remembers a face, so that its token serves as a picture for a while; the token.
    pub(super) fn face_token(&self, found: &Found) -> String {
        let token = token(&found.face, &found.portrait);
        let until = self.now.saturating_add(self.settings().face_token_seconds);
        self.front.face_tokens.remember(self.account, token, &found.portrait, until)
    }

    /// The face that counts first.
    pub(super) async fn face(&self, source: &Source, ask: Ask) -> Result<Found, Condition> {
        let faces = self.faces(source, Ask { most: 1, ..ask }).await?;
        faces.into_iter().next().ok_or(Condition::FaceNotDetected)
    }

    /// The faces in the order that was asked for.
    pub(super) async fn faces(&self, source: &Source, ask: Ask) -> Result<Vec<Found>, Condition> {
        let portrait = self.portrait(source).await?;
        self.faces_of(portrait, matches!(source, Source::Token(_)), ask).await
    }

    /// The picture itself, its format and size judged; and which face of it is meant, where one is.
    pub(super) async fn portrait(&self, source: &Source) -> Result<Portrait, Condition> {
        self.stage(Fault::DetectionBackend)?;
        let portrait = match source {
            Source::Nothing => return Err(Condition::InternalError), // operations stop at the reader's fault
            Source::Bytes(picture) => Portrait { picture: picture.clone(), rank: 0 },
            Source::Url(url) => {
                let picture = self.front.fetcher.fetch(url).await.map_err(|error| {
                    tracing::debug!(%error, url, "a picture was not fetched");
                    Condition::DownloadFailed
                })?;
                Portrait { picture, rank: 0 }
            }
            Source::Token(token) => self.portrait_of(token)?,
        };
        self.judge_head(&portrait.picture)?;
        Ok(portrait)
    }

    /// The faces of a picture whose head has been judged; only the one that is meant, where one is.
    pub(super) async fn faces_of(
        &self,
        portrait: Portrait,
        only_this: bool,
        ask: Ask,
    ) -> Result<Vec<Found>, Condition> {
        let Portrait { picture, rank } = portrait;
        let wanted = Wanted {
            largest_only: ask.most == 1 && ask.order == Order::Largest && rank == 0,
            fully: Some(ask.most),
            order: ask.order,
            only: only_this.then_some(rank),
            ..ask.wanted
        };
        let analysis = self.analyse(picture.clone(), wanted).await?;
        let boxes = analysis.faces.iter().map(|face| face.rect);
        let order = ask.order.of(boxes, [analysis.width, analysis.height]);
        let mut faces: Vec<_> = analysis.faces.into_iter().map(Some).collect();
        let meant = order.into_iter().filter(|place| !only_this || *place == rank).take(ask.most);
        let found: Vec<_> = meant
            .filter_map(|rank| {
                let portrait = Portrait { picture: picture.clone(), rank };
                Some(Found { portrait, face: faces.get_mut(rank)?.take()? })
            })
            .filter(|found| ask.glances || !found.face.only_glanced)
            .collect();
        if only_this {
            if found.is_empty() {
                return Err(Condition::FaceNotRead);
            }
            self.stage(Fault::FaceRead)?;
        }
        Ok(found)
    }

    /// The picture of a face token: of one given out lately, or of a registered face.
    fn portrait_of(&self, token: &str) -> Result<Portrait, Condition> {
        self.stage(Fault::PictureStore)?;
        if self.settings().stores_pictures == 0 {
            return Err(Condition::PicturesNotStored);
        }
        let lately = self.front.face_tokens.face(self.account, token, self.now);
        let portrait = match lately {
            Some(portrait) => {
                self.library()?;
                Some(portrait)
            }
            None => self.library()?.portrait(token)?,
        };
        self.stage(Fault::PictureRead)?;
        portrait.ok_or(Condition::FaceTokenUnknown)
    }

    async fn analyse(&self, picture: Bytes, wanted: Wanted) -> Result<Analysis, Condition> {
        self.front.workers.analyse(picture, wanted, Arc::new(|_| false)).await.map_err(|failure| {
            tracing::debug!(%failure, "a picture was not analysed");
            match failure {
                Failure::Empty | Failure::Format(_) | Failure::Damaged(_) => Condition::PictureUndecodable,
                Failure::TooLarge(_) => Condition::PictureTooLarge,
                Failure::NoFace => Condition::FaceNotDetected,
                Failure::Stage(_) => Condition::InternalError,
            }
        })
    }

    /// Whether the format is one of those taken, and the size within the limits.
    fn judge_head(&self, picture: &[u8]) -> Result<(), Condition> {
        let format = image::guess_format(picture).map_err(|_| Condition::PictureUndecodable)?;
        if !matches!(format, ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::Bmp) {
            return Err(Condition::PictureUndecodable);
        }
        // Where even the size cannot be read, decoding will say so.
        let Ok((width, height)) = ImageReader::with_format(Cursor::new(picture), format).into_dimensions()
        else {
            return Ok(());
        };
        let (long, short) = (u64::from(width.max(height)), u64::from(width.min(height)));
        if long > self.settings().picture_long_side || short > self.settings().picture_short_side {
            return Err(Condition::PictureTooLarge);
        }
        Ok(())
    }
}
