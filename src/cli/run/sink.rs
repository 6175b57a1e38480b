//! Where a run's events go: the stream on disk, the progress, the summary; and the reports at the end.

use std::cell::RefCell;
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
use crate::report::{Event, Format, LineDigest, Summary, write_event};

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
        let (summary, digest) = (Summary::default(), LineDigest::default());
        Self(Rc::new(RefCell::new(State { summary, book, digest, progress, reports, failure: None })))
    }

    /// Takes the next event. What cannot be written is told at the end; the run goes on.
    pub(super) fn take(&self, mut event: Event) {
        let mut state = self.0.borrow_mut();
        let State { summary, book, digest, progress, reports, failure } = &mut *state;
        match &mut event {
            Event::RunStarted(_) => {}
            Event::Scenario(record) => {
                if let Some((book, today)) = book {
                    book.apply(record, *today);
                }
                digest.record(record);
            }
            Event::RunFinished(finished) => {
                finished.totals = Some(summary.totals());
                finished.digest = Some(std::mem::take(digest).finish());
            }
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

    /// Writes the reports; gives the summary, and where the reports are.
    pub(super) fn finish(self) -> Result<(Summary, Vec<(String, String)>), CliError> {
        let mut state = self.0.borrow_mut();
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
