//! Features fed to cucumber: read one at a time, and only as fast as scenarios are done.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context as Poll_, Poll};

use cucumber::gherkin::tagexpr::TagOperation;
use cucumber::gherkin::{Feature, GherkinEnv};
use cucumber::{Parser, cli, parser};
use futures::Stream;

use super::budget::Budget;
use super::context::Stop;
use super::misread;
use super::names::Names;
use super::only::Only;
use crate::report::Shard;

/// Scenarios in one feature as it is handed out: a larger one is split.
const CHUNK: usize = 100;

/// Where features come from.
#[derive(Debug, Clone)]
pub enum FeatureSource {
    /// Generated text, with the path it would have.
    Text {
        /// Such as `tencent-ci/face.feature`.
        path: String,
        /// The Gherkin.
        text: String,
    },
    /// A file, read when its turn comes.
    File(PathBuf),
    /// A feature that has been read.
    Read(Box<Feature>),
}

/// A feature that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}: {why}")]
pub struct FeedError {
    /// The file, with the line where it is known.
    pub file: String,
    /// What is wrong, and what would be right.
    pub why: String,
}

/// The stream of features; also cucumber's parser.
pub(super) struct Feed {
    pub(super) sources: VecDeque<FeatureSource>,
    pub(super) ready: VecDeque<Feature>,
    pub(super) tags: Option<TagOperation>,
    pub(super) shard: Option<Shard>,
    pub(super) only: Option<Only>,
    pub(super) budget: Arc<Budget>,
    pub(super) stop: Stop,
    pub(super) errors: std::rc::Rc<std::cell::RefCell<Vec<FeedError>>>,
    /// The names given out, of features that were not read before.
    pub(super) names: Names,
}

impl Feed {
    /// The next feature, or what cannot be read.
    fn next(&mut self) -> Option<Feature> {
        loop {
            if let Some(feature) = self.ready.pop_front() {
                return Some(feature);
            }
            let source = self.sources.pop_front()?;
            let was_read = matches!(source, FeatureSource::Read(_));
            match read(source) {
                Ok(mut feature) => {
                    if !was_read {
                        self.names.tell_apart(&mut feature);
                    }
                    let takes = |id: &str| {
                        self.shard.is_none_or(|shard| shard.holds(id))
                            && self.only.as_ref().is_none_or(|only| only.takes(id))
                    };
                    self.ready.extend(split(feature, self.tags.as_ref(), takes));
                }
                Err(error) => self.errors.borrow_mut().push(error),
            }
        }
    }
}

impl Stream for Feed {
    type Item = parser::Result<Feature>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Poll_<'_>) -> Poll<Option<Self::Item>> {
        if self.stop.is_set() {
            return Poll::Ready(None);
        }
        if self.budget.spent(context.waker()) {
            return Poll::Pending;
        }
        let next = self.next();
        if let Some(feature) = &next {
            self.budget.hand_out(feature.scenarios.len());
        }
        Poll::Ready(next.map(Ok))
    }
}

impl<I> Parser<I> for Feed {
    type Cli = cli::Empty;
    type Output = Self;

    fn parse(self, _: I, _: cli::Empty) -> Self {
        self
    }
}

pub(super) fn read(source: FeatureSource) -> Result<Feature, FeedError> {
    let (file, text) = match source {
        FeatureSource::Read(feature) => return Ok(*feature),
        FeatureSource::Text { path, text } => (path, Ok(text)),
        FeatureSource::File(path) => (path.display().to_string(), std::fs::read_to_string(path)),
    };
    let text = text.map_err(|error| FeedError { file: file.clone(), why: error.to_string() })?;
    let parsed = Feature::parse(&text, GherkinEnv::default());
    let mut feature = parsed.map_err(|error| {
        let (line, why) = misread::place(&text, &error);
        FeedError { file: format!("{file}:{line}"), why }
    })?;
    feature.path = Some(PathBuf::from(&file)); // without it cucumber takes every event for a feature of its own
    cucumber::feature::Ext::expand_examples(feature)
        .map_err(|error| FeedError { file, why: error.to_string() })
}

/// Features without rules and of bounded size; tags and backgrounds of rules go to their scenarios.
pub(super) fn split(
    mut feature: Feature,
    tags: Option<&TagOperation>,
    takes: impl Fn(&str) -> bool,
) -> Vec<Feature> {
    let mut scenarios = std::mem::take(&mut feature.scenarios);
    for rule in std::mem::take(&mut feature.rules) {
        for mut scenario in rule.scenarios {
            scenario.tags.extend(rule.tags.iter().cloned());
            if let Some(background) = &rule.background {
                scenario.steps.splice(0..0, background.steps.iter().cloned());
            }
            scenarios.push(scenario);
        }
    }
    if let Some(tags) = tags {
        use cucumber::tag::Ext as _;
        scenarios.retain(|scenario| tags.eval(feature.tags.iter().chain(&scenario.tags)));
    }
    scenarios.retain(|scenario| takes(&scenario.name));
    let mut chunks = Vec::new();
    while !scenarios.is_empty() {
        let rest = scenarios.split_off(scenarios.len().min(CHUNK));
        chunks.push(Feature { scenarios, ..feature.clone() });
        scenarios = rest;
    }
    chunks
}
