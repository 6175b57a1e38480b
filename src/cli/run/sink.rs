//! Where a run's events go: the stream on disk, the progress, the summary; and the reports at the end.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use jiff::civil::Date;

use super::sources::Plan;
use crate::cli::config::Config;
use crate::cli::error::CliError;
use crate::cli::expectations::Book;
use crate::cli::reference::Catalogue;
use crate::cli::terminal::Progress;
use crate::nearest::did_you_mean;
use crate::report::{Event, Finished, Format, LineDigest, ScenarioRecord, Summary, Verdict, write_event};
use crate::run::Stop;

/// The reports asked for; their files exist from the start, so that a bad path is told before anything is sent.
pub(super) struct Reports {
    files: Vec<(Format, PathBuf, BufWriter<File>)>,
}

/// Where reports go when none are asked for.
const REPORT_DIR: &str = "lianpu-report";

/// Takes events as they happen. Cloned into the run; one thread uses it.
#[derive(Clone)]
pub(super) struct Sink(Rc<RefCell<State>>);

struct State {
    summary: Summary,
    book: Option<(Book, Date)>,
    digest: LineDigest,
    progress: Option<Progress>,
    reports: Reports,
    failure: Option<(PathBuf, io::Error)>,
    retrying: Retrying,
    limit: Option<Limit>,
    finished: Option<Finished>,
}

/// What failed and is run again.
#[derive(Default)]
struct Retrying {
    /// Whether another round is to come.
    goes_on: bool,
    /// The first record of each, and how often it ran.
    held: BTreeMap<String, (ScenarioRecord, u32)>,
}

/// So many failing scenarios stop the run.
struct Limit {
    left: usize,
    stop: Stop,
}

/// Reads `FORMAT=PATH`.
pub(crate) fn report(text: &str) -> Result<(Format, PathBuf), String> {
    let (word, path) = text.split_once('=').ok_or("write FORMAT=PATH, such as json=report.json")?;
    let format = Format::parse(word).ok_or_else(|| {
        let known: Vec<_> = Format::ALL.into_iter().map(Format::as_str).collect();
        let hint = did_you_mean(word, known.iter().copied());
        format!("no report format {word}{hint}; there are {}", known.join(", "))
    })?;
    if path.is_empty() {
        return Err("the path is empty".to_owned());
    }
    Ok((format, PathBuf::from(path)))
}

impl Reports {
    pub(super) fn open(
        asked_for: &[(Format, PathBuf)],
        config: Option<&Config>,
        plan: &Plan,
    ) -> Result<Self, CliError> {
        let mut wanted = asked_for.to_vec();
        if wanted.is_empty() {
            let configured = config.iter().flat_map(|config| &config.run.reports);
            let read = configured.map(|text| report(text).map_err(CliError::Usage));
            wanted = read.collect::<Result<_, _>>()?;
        }
        if wanted.is_empty() && !plan.is_own() {
            let name = |file: &str| Path::new(REPORT_DIR).join(file);
            wanted = vec![
                (Format::Html, name("report.html")),
                (Format::Json, name("report.json")),
                (Format::Junit, name("junit.xml")),
                (Format::Events, name("events.ndjson")),
            ];
        }
        let mut files = Vec::new();
        for (format, path) in wanted {
            let file = create(&path).map_err(|source| CliError::File {
                path: path.clone(),
                doing: "cannot be written",
                source,
            })?;
            files.push((format, path, BufWriter::new(file)));
        }
        Ok(Self { files })
    }
}

fn create(path: &Path) -> io::Result<File> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        fs::create_dir_all(folder)?;
    }
    File::create(path)
}

impl Reports {
    /// The folder of reproducers beside the event file, where there is a file and no pipe.
    pub(super) fn beside_events(&self) -> Option<PathBuf> {
        let (_, path, file) = self.files.iter().find(|(format, ..)| *format == Format::Events)?;
        let is_file = file.get_ref().metadata().is_ok_and(|metadata| metadata.is_file());
        is_file.then(|| path.with_file_name("reproducers"))
    }
}

impl Sink {
    /// The book says what is known of the target, and on which day that is asked.
    pub(super) fn new(reports: Reports, book: Option<(Book, Date)>, selected: usize, quiet: bool) -> Self {
        let progress = Some(Progress::new(selected, quiet));
        Self(Rc::new(RefCell::new(State {
            summary: Summary::default(),
            book,
            digest: LineDigest::default(),
            progress,
            reports,
            failure: None,
            retrying: Retrying::default(),
            limit: None,
            finished: None,
        })))
    }

    /// Holds back what fails, until [`Self::last_round`].
    pub(super) fn retry(&self) {
        self.0.borrow_mut().retrying.goes_on = true;
    }

    /// The ids of what failed and was held back.
    pub(super) fn held_back(&self) -> BTreeSet<String> {
        self.0.borrow().retrying.held.keys().cloned().collect()
    }

    /// What fails from here on has failed.
    pub(super) fn last_round(&self) {
        self.0.borrow_mut().retrying.goes_on = false;
    }

    /// Stops the run once so many scenarios have failed.
    pub(super) fn stop_after(&self, failures: usize, stop: Stop) {
        self.0.borrow_mut().limit = Some(Limit { left: failures, stop });
    }

    /// Whether so many scenarios have failed that the run was stopped.
    pub(super) fn is_full(&self) -> bool {
        self.0.borrow().limit.as_ref().is_some_and(|limit| limit.left == 0)
    }

    /// Takes a verdict of an earlier run, which stands; what is known of the target today is asked anew.
    pub(super) fn keep(&self, mut record: ScenarioRecord) {
        record.listed = None;
        record.verdict = match record.verdict {
            Verdict::ExpectedFail => Verdict::Fail,
            Verdict::UnexpectedPass => Verdict::Pass,
            verdict => verdict,
        };
        let mut state = self.0.borrow_mut();
        state.applied(&mut record);
        state.write(Event::Scenario(record));
    }

    /// Takes the next event. What cannot be written is told at the end; the run goes on.
    pub(super) fn take(&self, event: Event) {
        let mut state = self.0.borrow_mut();
        match event {
            Event::RunStarted(_) => state.write(event),
            Event::Scenario(mut record) => {
                state.applied(&mut record);
                if let Some(record) = state.settled(record) {
                    state.write(Event::Scenario(record));
                }
            }
            Event::RunFinished(finished) => state.add(finished),
        }
    }

    /// Writes the reports; gives the summary, and where the reports are.
    pub(super) fn finish(self) -> Result<(Summary, Vec<(String, String)>), CliError> {
        let mut state = self.0.borrow_mut();
        state.close();
        if let Some(progress) = state.progress.take() {
            progress.finish();
        }
        let State { summary, reports, failure, .. } = &mut *state;
        let mut written = Vec::new();
        for (format, path, file) in &mut reports.files {
            let done = match format {
                Format::Events => Ok(()), // written as they happened
                _ => format.write(summary, &Catalogue, file),
            };
            if let Err(error) = done.and_then(|()| file.flush()) {
                failure.get_or_insert((path.clone(), error));
            }
            written.push((format.as_str().to_owned(), path.display().to_string()));
        }
        match failure.take() {
            Some((path, source)) => Err(CliError::Report { path, source }),
            None => Ok((std::mem::take(summary), written)),
        }
    }
}

impl State {
    /// Makes of the verdict what is known of the target.
    fn applied(&self, record: &mut ScenarioRecord) {
        if let Some((book, today)) = &self.book {
            book.apply(record, *today);
        }
    }

    /// The record, where it is the last word on its scenario. What passes after it failed is flaky, and told by the failure.
    fn settled(&mut self, record: ScenarioRecord) -> Option<ScenarioRecord> {
        let fails = matches!(record.verdict, Verdict::Fail | Verdict::Indeterminate);
        let goes_on = self.retrying.goes_on;
        let Some((mut first, attempts)) = self.retrying.held.remove(&record.id) else {
            if fails {
                self.count_failure();
            }
            if !(fails && goes_on) {
                return Some(record);
            }
            self.retrying.held.insert(record.id.clone(), (record, 1));
            return None;
        };
        let attempts = attempts + 1;
        if fails && goes_on {
            self.retrying.held.insert(record.id, (first, attempts));
            return None;
        }
        if !fails {
            first.verdict = Verdict::Flaky;
        }
        first.attempts = Some(attempts);
        Some(first)
    }

    fn count_failure(&mut self) {
        if let Some(limit) = &mut self.limit {
            limit.left = limit.left.saturating_sub(1);
            if limit.left == 0 {
                limit.stop.now();
            }
        }
    }

    /// Adds up how the rounds of a run ended.
    fn add(&mut self, finished: Finished) {
        let Some(before) = &mut self.finished else {
            self.finished = Some(finished);
            return;
        };
        before.partial |= finished.partial;
        before.seconds += finished.seconds;
        before.leftovers.extend(finished.leftovers);
        before.left.extend(finished.left);
    }

    /// Writes what was held back, and how the run ended.
    fn close(&mut self) {
        for (_, (mut record, attempts)) in std::mem::take(&mut self.retrying.held) {
            record.attempts = (attempts > 1).then_some(attempts);
            self.write(Event::Scenario(record));
        }
        if let Some(mut finished) = self.finished.take() {
            finished.totals = Some(self.summary.totals());
            finished.digest = Some(std::mem::take(&mut self.digest).finish());
            self.write(Event::RunFinished(finished));
        }
    }

    fn write(&mut self, event: Event) {
        let Self { summary, digest, progress, reports, failure, .. } = self;
        if let Event::Scenario(record) = &event {
            digest.record(record);
        }
        for (_, path, file) in reports.files.iter_mut().filter(|(format, ..)| *format == Format::Events) {
            // Flushed line by line: a killed run leaves a stream that can be read.
            if let Err(error) = write_event(&event, file).and_then(|()| file.flush()) {
                failure.get_or_insert((path.clone(), error));
            }
        }
        if let (Event::Scenario(record), Some(progress)) = (&event, progress) {
            progress.add(record.verdict);
        }
        summary.push(event);
    }
}
