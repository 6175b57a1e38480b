//! `evaluate`: how well faces are found and people told apart on a set of pictures.

use std::fs;
use std::io::{self, IsTerminal as _, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use clap::Args;

use super::models::tell_whose;
use crate::vision::evaluation::{self, Look, Person, Rates, SetError, plot};
use crate::vision::models::{self, ModelError};
use crate::vision::{Analyser, Description, Failure, Stage, load};

/// The arguments of `evaluate`.
#[derive(Debug, Clone, Args)]
pub struct EvaluateArgs {
    /// The set: one folder a person, pictures in it (the layout of LFW and ORL)
    #[arg(value_name = "DIR")]
    pub set: PathBuf,
    /// Folder of the nets' weights [default: where `models install` puts them]
    #[arg(long, value_name = "DIR")]
    pub models: Option<PathBuf>,
    /// Write the receiver operating characteristic as comma-separated values
    #[arg(long, value_name = "FILE")]
    pub roc: Option<PathBuf>,
    /// Draw the receiver operating characteristic
    #[arg(long, value_name = "FILE")]
    pub svg: Option<PathBuf>,
    /// Pictures looked at at a time [default: as many as cores]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub jobs: Option<u16>,
}

/// Why `evaluate` ended with an error.
#[derive(Debug, thiserror::Error)]
pub enum EvaluateError {
    /// The folder is no set of faces.
    #[error(transparent)]
    Set(#[from] SetError),
    /// The models.
    #[error(transparent)]
    Models(#[from] ModelError),
    /// A folder was named that holds no weights.
    #[error("{}: no weights are there; `lianpu-engine models install` fetches them", .0.display())]
    NoModels(PathBuf),
    /// None of the files is a picture, or a stage failed on all.
    #[error("{}: none of the {files} pictures can be read; the first is {first}", .set.display())]
    NothingReadable {
        /// The set.
        set: PathBuf,
        /// How many were tried.
        files: usize,
        /// The first file and what is wrong with it.
        first: String,
    },
    /// A result cannot be written.
    #[error("{}: cannot be written: {source}", .path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// The output.
    #[error("the result cannot be written: {0}")]
    Output(#[from] io::Error),
}

/// Runs `evaluate`; results go to `out`, progress and files that cannot be read to `aside`.
pub fn run(args: &EvaluateArgs, out: &mut dyn Write, aside: &mut dyn Write) -> Result<(), EvaluateError> {
    let analyser = analyser(args.models.as_deref())?;
    let people = evaluation::people(&args.set)?;
    let looks = look_at_all(&*analyser, &people, args.jobs, aside)?;

    let unreadable: Vec<String> = looks
        .iter()
        .filter_map(|(_, path, look)| Some(format!("{}: {}", path.display(), look.as_ref().err()?)))
        .collect();
    for line in &unreadable {
        writeln!(aside, "{line}")?;
    }
    if let (true, Some(first)) = (unreadable.len() == looks.len(), unreadable.first()) {
        let (set, files, first) = (args.set.clone(), looks.len(), first.clone());
        return Err(EvaluateError::NothingReadable { set, files, first });
    }
    let faces: Vec<(usize, Option<Description>)> = looks
        .iter()
        .filter_map(|(person, _, look)| Some((*person, look.as_ref().ok()?.description.clone())))
        .collect();
    let rates = Rates::new(&*analyser, &faces);

    let readable = looks.len() - unreadable.len();
    writeln!(out, "analyser            {}", analyser.name())?;
    writeln!(out, "people              {}", people.len())?;
    writeln!(out, "pictures            {readable}, and {} that cannot be read", unreadable.len())?;
    let found = faces.iter().filter(|(_, face)| face.is_some()).count();
    writeln!(out, "faces found         {found} of {readable}  {}", percent(share(found, readable)))?;
    let (hits, probes) = (rates.hits, rates.probes);
    writeln!(out, "rank 1, 1 enrolled  {hits} of {probes}  {}", percent(rates.rank_one()))?;
    let (of, with) = (rates.found, percent(rates.rank_one_of_found()));
    writeln!(out, "  where faces found {hits} of {of}  {with}")?;
    writeln!(
        out,
        "equal error rate    {}  {} pairs",
        percent(rates.equal_error()),
        rates.genuine + rates.impostor
    )?;
    let strict = rates.at_false_accepts(1e-3);
    let at = strict.map_or_else(String::new, |point| {
        let similarity = analyser.similarity(point.distance);
        format!("  distance {:.4}, similarity {similarity:.1}", point.distance)
    });
    writeln!(out, "TAR at FAR 1e-3     {}{at}", percent(strict.map(|point| point.true_accepts)))?;
    times(&looks, out)?;

    let write = |path: &Path, text: String| {
        fs::write(path, text).map_err(|source| EvaluateError::Write { path: path.to_owned(), source })
    };
    if let Some(path) = &args.roc {
        write(path, plot::csv(&rates))?;
    }
    if let Some(path) = &args.svg {
        let title = format!("{} on {} pictures of {} people", analyser.name(), readable, people.len());
        write(path, plot::svg(&rates, &title))?;
    }
    Ok(())
}

/// The analyser of a named folder, which must hold weights, or of the usual one, which need not.
pub(super) fn analyser(models: Option<&Path>) -> Result<Arc<dyn Analyser>, EvaluateError> {
    let analyser = match models {
        Some(directory) if !models::any(directory) => {
            return Err(EvaluateError::NoModels(directory.to_owned()));
        }
        Some(directory) => load(Some(directory))?,
        None => load(models::default_dir().ok().as_deref())?,
    };
    tell_whose(&*analyser);
    Ok(analyser)
}

/// The number of the person, the file, and what was seen in it.
type Looked<'a> = (usize, &'a Path, Result<Look, Trouble>);

/// Why a file told nothing.
#[derive(Debug, thiserror::Error)]
enum Trouble {
    #[error("cannot be read: {0}")]
    File(io::Error),
    #[error("{0}")]
    Picture(Failure),
}

/// Looks at every picture, several at a time; the answers are in the order of the set.
fn look_at_all<'a>(
    analyser: &dyn Analyser,
    people: &'a [Person],
    jobs: Option<u16>,
    aside: &mut dyn Write,
) -> io::Result<Vec<Looked<'a>>> {
    let pictures = |(number, person): (usize, &'a Person)| {
        person.pictures.iter().map(move |picture| (number, picture.as_path()))
    };
    let files: Vec<(usize, &Path)> = people.iter().enumerate().flat_map(pictures).collect();
    let jobs = jobs.map_or_else(|| thread::available_parallelism().map_or(1, usize::from), usize::from);
    let next = AtomicUsize::new(0);
    let mut looks: Vec<Looked<'a>> = Vec::with_capacity(files.len());
    thread::scope(|scope| {
        let (send, answers) = mpsc::channel();
        for _ in 0..jobs {
            let (send, next, files) = (send.clone(), &next, &files);
            scope.spawn(move || {
                while let Some((person, path)) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let look = fs::read(path)
                        .map_err(Trouble::File)
                        .and_then(|file| evaluation::look(analyser, &file).map_err(Trouble::Picture));
                    if send.send((*person, *path, look)).is_err() {
                        return;
                    }
                }
            });
        }
        drop(send);
        for answer in answers {
            looks.push(answer);
            progress(looks.len(), files.len(), aside)?;
        }
        Ok::<(), io::Error>(())
    })?;
    looks.sort_by(|(person, path, _), (other, later, _)| (person, path).cmp(&(other, later)));
    Ok(looks)
}

/// Tells how far it is: always on a terminal, else at every tenth.
fn progress(done: usize, all: usize, aside: &mut dyn Write) -> io::Result<()> {
    if io::stderr().is_terminal() {
        let end = if done == all { "\n" } else { "" };
        write!(aside, "\r{done} of {all} pictures{end}")?;
        return aside.flush();
    }
    if done * 10 / all > (done - 1) * 10 / all {
        writeln!(aside, "{done} of {all} pictures")?;
    }
    Ok(())
}

/// What the stages take, the median and the 95th percentile of the pictures.
fn times(looks: &[Looked<'_>], out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "\nstage         median ms     95 % ms")?;
    let all = || looks.iter().filter_map(|(_, _, look)| look.as_ref().ok());
    for stage in Stage::ALL {
        let of_stage =
            |look: &Look| look.times.iter().find(|(other, _)| *other == stage).map(|(_, time)| *time);
        time(&format!("{stage:?}").to_lowercase(), all().filter_map(of_stage).collect(), out)?;
    }
    let whole = |look: &Look| look.times.iter().map(|(_, time)| *time).sum();
    time("all", all().map(whole).collect(), out)
}

fn time(name: &str, mut times: Vec<Duration>, out: &mut dyn Write) -> io::Result<()> {
    times.sort_unstable();
    let Some(last) = times.len().checked_sub(1) else { return Ok(()) };
    let [median, slow] = [last / 2, last * 95 / 100].map(|index| times[index].as_secs_f64() * 1e3);
    writeln!(out, "{name:<10} {median:>12.2} {slow:>11.2}")
}

fn share(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

fn percent(share: Option<f64>) -> String {
    share.map_or_else(|| "not enough pictures".to_owned(), |share| format!("{:.2} %", share * 100.0))
}
