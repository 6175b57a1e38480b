//! What an operation gets to work with.

use serde_json::{Map, Value};

use super::body::Body;
use super::condition::Condition;
use super::fault::{self, Fault};
use super::library::{Hit, Library};
use super::reader::Reader;
use super::render::Refusal;
use super::settings::Settings;
use super::state::BaiduFace;
use crate::vision::{Description, Workers};

/// One authenticated request with its parameters.
pub(super) struct Call<'a> {
    pub(super) front: &'a BaiduFace,
    /// The place of the application.
    pub(super) account: usize,
    pub(super) body: &'a Body,
    pub(super) fault: Option<Fault>,
    /// Whether it came by a path of the private deployment.
    pub(super) is_private: bool,
    /// Seconds since 1970.
    pub(super) now: u64,
}

impl<'a> Call<'a> {
    /// Reads the fields of the body.
    pub(super) fn reader(&self) -> Result<Reader<'a>, Condition> {
        Ok(self.reader_of(self.body.fields()?))
    }

    /// Reads the fields of a part of the body.
    pub(super) fn reader_of(&self, fields: &'a Map<String, Value>) -> Reader<'a> {
        Reader::new(fields, &self.front.settings, self.is_private)
    }

    pub(super) fn settings(&self) -> &Settings {
        &self.front.settings
    }

    pub(super) fn workers(&self) -> &'a Workers {
        &self.front.workers
    }

    /// The application's id.
    pub(super) fn app_id(&self) -> &'a str {
        &self.front.accounts[self.account].app_id
    }

    /// The users that are most alike to each face. A scan of many faces takes its time, so it runs beside the other
    /// requests.
    pub(super) async fn searching(
        &self,
        groups: Vec<String>,
        faces: Vec<Description>,
        top: usize,
    ) -> Result<Vec<Vec<Hit>>, Condition> {
        let search = self.library()?.into_search(groups, faces, top);
        tokio::task::spawn_blocking(search).await.map_err(|_| Condition::InternalError)?
    }

    /// The application's library, connected to.
    pub(super) fn library(&self) -> Result<Library<'a>, Condition> {
        self.stage(Fault::StorageConnect)?;
        Ok(self.front.libraries.of(self.app_id(), self.fault, self.now))
    }

    /// Ends the reading of parameters: all are in order, and the services behind the interface take the request.
    pub(super) fn begin(&self, reader: Reader<'_>) -> Result<(), Refusal> {
        reader.finish()?;
        for stage in [Fault::DownstreamConnect, Fault::DownstreamRequest, Fault::Rtse] {
            self.stage(stage)?;
        }
        Ok(())
    }

    /// Fails where the fault hook says so.
    pub(super) fn stage(&self, stage: Fault) -> Result<(), Condition> {
        fault::stage(self.fault, stage)
    }
}
