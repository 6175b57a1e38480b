//! 人脸识别: whose face the largest one of a picture is, most alike first.

use serde::Serialize;

use super::super::call::Call;
use super::super::condition::Condition;
use super::super::face_item::decimals;
use super::super::render::{Data, OperationOutcome};
use super::SESSION;
use crate::gallery::{self, Probe};
use crate::vision::Description;

#[derive(Serialize)]
struct Reply {
    session_id: &'static str,
    candidates: Vec<Candidate>,
}

/// A person that a face may show.
#[derive(Serialize)]
pub(super) struct Candidate {
    person_id: String,
    face_id: String,
    confidence: f64,
    tag: String,
}

pub(super) async fn run(call: &Call<'_>) -> OperationOutcome {
    let mut read = call.reader();
    let groups = read.groups();
    let picture = read.picture("image", "url");
    read.finish()?;
    let description = call.face_to_compare(&picture).await?;
    let mut found = search(call, groups, vec![description]).await?;
    Ok(Data::of(&Reply { session_id: SESSION, candidates: found.pop().unwrap_or_default() })?)
}

/// The candidates of each description. A scan of many faces takes its time, so it runs beside the other requests.
pub(super) async fn search(
    call: &Call<'_>,
    groups: Probe,
    descriptions: Vec<Description>,
) -> Result<Vec<Vec<Candidate>>, Condition> {
    let (gallery, tenant, top) = (call.gallery.clone(), call.tenant.clone(), call.bounds().candidates);
    let scan = move || gallery.identify(&tenant, &groups, &descriptions, top);
    let found = tokio::task::spawn_blocking(scan).await.map_err(|_| Condition::InternalError)??;
    Ok(found.into_iter().map(|candidates| candidates.into_iter().map(candidate).collect()).collect())
}

fn candidate(found: gallery::Candidate) -> Candidate {
    Candidate {
        person_id: found.person,
        face_id: found.face,
        confidence: decimals(found.similarity, 4),
        tag: found.tag,
    }
}
