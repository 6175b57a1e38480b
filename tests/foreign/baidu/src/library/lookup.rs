//! Who in some groups is most like a face.

use super::{Library, Stored};
use crate::{scores, vision::Face};

/// What is searched for.
#[derive(Clone, Debug)]
pub struct Probe<'a> {
    /// The face.
    pub face: &'a Face,
    /// In which groups.
    pub groups: &'a [String],
    /// Only this user, or all.
    pub user: Option<&'a str>,
    /// Lowest score.
    pub threshold: f64,
    /// The most users told.
    pub most: usize,
}

/// A user who was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// The group.
    pub group: String,
    /// The user.
    pub user: String,
    /// What is noted about the user.
    pub info: String,
    /// How alike, 0 to 100.
    pub score: f64,
}

impl Library {
    /// The users most like a face, the best first; one row for each user of each group.
    pub fn search(&self, probe: &Probe<'_>) -> Vec<Hit> {
        let mut hits: Vec<Hit> = Vec::new();
        let groups = if self.on("only-first-group-searched") { &probe.groups[..1] } else { probe.groups };
        let groups = if self.on("only-last-group-searched") { &groups[groups.len() - 1..] } else { groups };
        let wanted = |group: &str| self.on("all-groups-searched") || groups.iter().any(|name| name == group);
        let anyone = self.on("search-ignores-user-id");
        let chosen = |user: &str| anyone || probe.user.is_none_or(|only| only == user);
        for (group, users) in self.groups.iter().filter(|(name, _)| wanted(name)) {
            for (user, of) in users.iter().filter(|(name, _)| chosen(name)) {
                let ready: Vec<&Stored> = of.faces.iter().filter(|face| self.is_ready(face)).collect();
                let faces = if self.on("only-first-face-searched") {
                    ready.iter().take(1)
                } else {
                    ready.iter().take(99)
                };
                let mut scores: Vec<f64> = faces
                    .map(|face| scores::score(probe.face, &face.sighting.face, self.rules.same))
                    .collect();
                scores.sort_unstable_by(|a, b| b.total_cmp(a));
                scores.truncate(if self.on("one-row-for-each-face") { 20 } else { 1 });
                hits.extend(scores.into_iter().map(|score| hit(group, user, &of.info, score)));
            }
        }
        let ghosts = self.ghosts.iter().filter(|(group, user, ..)| wanted(group) && chosen(user));
        hits.extend(ghosts.map(|(group, user, info, face)| {
            hit(group, user, info, scores::score(probe.face, &face.sighting.face, self.rules.same))
        }));
        if !self.on("threshold-ignored") {
            hits.retain(|hit| hit.score >= probe.threshold);
        }
        hits.sort_by(|a, b| b.score.total_cmp(&a.score));
        if self.on("worst-user-first") {
            hits.reverse();
        }
        hits.truncate(if self.on("max-user-num-ignored") { 50 } else { probe.most });
        if self.on("search-loses-user-info") {
            for hit in &mut hits {
                hit.info.clear();
            }
        }
        hits
    }

    /// Whether a face has reached the index.
    fn is_ready(&self, face: &Stored) -> bool {
        face.added.elapsed() >= self.rules.search_delay && !self.on("new-faces-never-found")
    }
}

fn hit(group: &str, user: &str, info: &str, score: f64) -> Hit {
    Hit { group: group.to_owned(), user: user.to_owned(), info: info.to_owned(), score }
}
