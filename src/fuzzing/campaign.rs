//! One campaign: workers that take cases in order, judge, and have what deviates examined and written.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use super::draw::Scope;
use super::examine::{Examined, examine, foremost};
use super::journal::{Begun, Journal, JournalError, JournalLine, Resumed};
use super::known::{FindingRecord, Known};
use super::pace::Pace;
use super::tally::Tally;
use crate::bundle::{FindingKey, MadeBundle, ShownFinding};
use crate::mutate::Plan;
use crate::run::{Care, Fixture, Session, Stop, Trouble};

/// One case in so many is also looked at for traces, or asked again.
const TRACES: u64 = 16;
const AGAIN: u64 = 32;

/// Bundles that are written; what comes after them is counted.
const MOST_BUNDLES: usize = 100;

/// Lines of progress are at least so far apart.
const PROGRESS: Duration = Duration::from_secs(2);

/// A target that is gone is waited for so long.
const PATIENCE: Duration = Duration::from_secs(10);

/// Set-ups that may fail one after the other.
const SET_UPS: u32 = 3;

/// What to do.
#[derive(Debug)]
pub struct Campaign {
    /// What it is about.
    pub scope: Scope,
    /// The seed.
    pub seed: u64,
    /// The number of cases; none: until the time is over.
    pub cases: Option<u64>,
    /// How long; none: until the cases are done.
    pub time: Option<Duration>,
    /// Cases a second at most.
    pub rate: Option<f64>,
    /// Workers at once.
    pub jobs: usize,
    /// Where journal and bundles go.
    pub folder: PathBuf,
    /// Set from outside to stop early.
    pub stop: Stop,
}

/// Why a campaign ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ended {
    /// The cases are done, or the time is over.
    Done,
    /// It was stopped from outside.
    Stopped,
    /// The target is gone.
    Gone(String),
    /// What requests are about cannot be created at the target.
    SetUp(String),
}

/// What a campaign brought.
#[derive(Debug)]
pub struct CampaignOutcome {
    /// The numbers, with those of the parts before.
    pub tally: Tally,
    /// The findings, with those of the parts before.
    pub findings: Vec<FindingRecord>,
    /// How long it took, with the parts before.
    pub seconds: f64,
    /// Why it ended.
    pub ended: Ended,
    /// What could not be cleaned up.
    pub leftovers: Vec<String>,
    /// What could not be written any more.
    pub unwritten: Option<JournalError>,
}

/// What the workers share; one thread runs them all.
struct Shared<'a> {
    campaign: &'a Campaign,
    session: &'a Session,
    pace: Pace,
    next: Cell<u64>,
    under_way: RefCell<BTreeSet<u64>>,
    tally: RefCell<Tally>,
    known: RefCell<Known>,
    journal: RefCell<Journal>,
    ended: RefCell<Option<Ended>>,
    unwritten: RefCell<Option<JournalError>>,
    begun: Instant,
    before: f64,
    told: Cell<Instant>,
    watch: &'a dyn Fn(&Tally, &[FindingRecord]),
}

/// Runs a campaign to its end; `resumed` goes on with an earlier part of it. `watch` is told how it comes on.
pub async fn fuzz(
    session: &Session,
    campaign: &Campaign,
    resumed: Option<Resumed>,
    mut journal: Journal,
    watch: &dyn Fn(&Tally, &[FindingRecord]),
) -> Result<CampaignOutcome, JournalError> {
    let (next, before, tally, findings) = match resumed {
        Some(resumed) => (resumed.next, resumed.seconds, resumed.tally, resumed.findings),
        None => {
            let begun = Begun::new(&session.target().name, campaign.seed, &campaign.scope);
            journal.write(&JournalLine::CampaignStarted(begun))?;
            (0, 0.0, Tally::default(), Vec::new())
        }
    };
    let now = Instant::now();
    let shared = Shared {
        campaign,
        session,
        pace: Pace::new(campaign.rate),
        next: Cell::new(next),
        under_way: RefCell::default(),
        tally: RefCell::new(tally),
        known: RefCell::new(Known::of(findings)),
        journal: RefCell::new(journal),
        ended: RefCell::default(),
        unwritten: RefCell::default(),
        begun: now,
        before,
        told: Cell::new(now),
        watch,
    };
    futures::future::join_all((0..campaign.jobs.max(1)).map(|_| work(&shared))).await;
    shared.tell();
    let ended = shared.ended.take().unwrap_or(match campaign.stop.is_set() {
        true => Ended::Stopped,
        false => Ended::Done,
    });
    shared.write(&JournalLine::CampaignEnded { why: ended.words() });
    Ok(CampaignOutcome {
        seconds: shared.seconds(),
        tally: shared.tally.take(),
        findings: shared.known.take().records,
        ended,
        leftovers: session.leftovers(),
        unwritten: shared.unwritten.take(),
    })
}

impl Ended {
    /// Why, in words.
    pub fn words(&self) -> String {
        match self {
            Self::Done => "done".to_owned(),
            Self::Stopped => "interrupted".to_owned(),
            Self::Gone(why) => format!("the target is gone: {why}"),
            Self::SetUp(why) => format!("the set-up failed: {why}"),
        }
    }
}

/// One worker, with its own things at the target.
async fn work(shared: &Shared<'_>) {
    let mut fixtures: BTreeMap<&'static str, Fixture> = BTreeMap::new();
    let mut failed_set_ups = 0;
    while let Some(case) = shared.take() {
        shared.pace.wait().await;
        let (dialect, plan) = shared.campaign.scope.plan(shared.campaign.seed, case);
        let fixture =
            fixtures.entry(dialect.manifest.name.as_str()).or_insert_with(|| shared.session.fixture(dialect));
        let done = carry_out(shared, fixture, case, &plan).await;
        match done {
            Ok(()) => failed_set_ups = 0,
            Err(Trouble::Lacking(what)) => shared.tally.borrow_mut().leave_out(&what.to_string()),
            Err(Trouble::Ground(why)) => shared.tally.borrow_mut().leave_out(&why.to_string()),
            Err(Trouble::SetUp(why)) => {
                failed_set_ups += 1;
                shared.tally.borrow_mut().leave_out("things to be about: the set-up failed");
                if failed_set_ups == SET_UPS {
                    shared.end(Ended::SetUp(why));
                }
            }
            Err(Trouble::Gone(why)) => {
                shared.end(Ended::Gone(why));
                return; // the case stays under way, so that a resumed campaign takes it up again
            }
        }
        shared.done(case);
        // With a target that answers at once nothing else would get its turn.
        tokio::task::yield_now().await;
    }
    if !matches!(*shared.ended.borrow(), Some(Ended::Gone(_))) {
        for fixture in fixtures.values_mut() {
            fixture.clear().await;
        }
    }
}

/// Carries a case out; a target that is gone is given the time to come back.
async fn carry_out(
    shared: &Shared<'_>,
    fixture: &mut Fixture,
    case: u64,
    plan: &Plan,
) -> Result<(), Trouble> {
    let care = Care { traces: case.is_multiple_of(TRACES), again: case % AGAIN == 1 };
    let since = Instant::now();
    let attempt = loop {
        match fixture.attempt(plan, care).await {
            Err(Trouble::Gone(why)) if since.elapsed() > PATIENCE || shared.is_over() => {
                return Err(Trouble::Gone(why));
            }
            Err(Trouble::Gone(_)) => tokio::time::sleep(Duration::from_millis(250)).await,
            done => break done?,
        }
    };
    shared.tally.borrow_mut().count(plan, &attempt.prediction);
    let Some(finding) = foremost(&attempt.findings) else { return Ok(()) };
    let first = FindingKey::of(plan, finding);
    if !shared.known.borrow_mut().is_new(&first) {
        return Ok(());
    }
    let examined = examine(fixture, plan, attempt, &|| shared.is_over()).await;
    shared.keep(case, plan, first, &examined);
    Ok(())
}

impl Shared<'_> {
    /// The next case, unless there is none.
    fn take(&self) -> Option<u64> {
        let case = self.next.get();
        if self.is_over() || self.campaign.cases.is_some_and(|cases| case >= cases) {
            return None;
        }
        self.next.set(case + 1);
        self.under_way.borrow_mut().insert(case);
        Some(case)
    }

    fn is_over(&self) -> bool {
        self.campaign.stop.is_set()
            || self.ended.borrow().is_some()
            || self.unwritten.borrow().is_some()
            || self.campaign.time.is_some_and(|time| self.begun.elapsed() >= time)
    }

    fn end(&self, why: Ended) {
        self.ended.borrow_mut().get_or_insert(why);
    }

    fn done(&self, case: u64) {
        self.under_way.borrow_mut().remove(&case);
        if self.told.get().elapsed() >= PROGRESS {
            self.tell();
        }
        (self.watch)(&self.tally.borrow(), &self.known.borrow().records);
    }

    /// Writes how far it came.
    fn tell(&self) {
        self.told.set(Instant::now());
        let next = self.under_way.borrow().first().copied().unwrap_or_else(|| self.next.get());
        let seen = self.known.borrow().records.iter().map(|record| record.seen).collect();
        let tally = self.tally.borrow().clone();
        self.write(&JournalLine::Progress { next, seconds: self.seconds(), tally, seen });
    }

    fn seconds(&self) -> f64 {
        self.before + self.begun.elapsed().as_secs_f64()
    }

    /// Takes a finding, unless shrinking made it one that is known, and writes its bundle.
    fn keep(&self, case: u64, drawn: &Plan, first: FindingKey, examined: &Examined) {
        if self.known.borrow_mut().recognize(&first, &examined.key) {
            return;
        }
        let number = self.known.borrow().records.len() + 1;
        let bundle = (number <= MOST_BUNDLES).then(|| name(number, &examined.key));
        let record = examined.record(number, case, bundle);
        if let Some(bundle) = &record.bundle {
            let folder = self.campaign.folder.join(bundle);
            let shown = ShownFinding {
                target: &self.session.target().name,
                base_url: &self.session.target().base_url,
                seed: self.campaign.seed,
                case,
                drawn,
                plan: &examined.plan,
                attempt: &examined.attempt,
                key: &record.key,
                why: &record.why,
                confirmed: record.confirmed,
            };
            if let Err(source) = MadeBundle::of_finding(&shown).write(&folder) {
                self.fail(JournalError::Write { path: folder, source });
            }
        }
        self.write(&JournalLine::Finding(record.clone()));
        self.known.borrow_mut().add(first, record);
    }

    fn write(&self, line: &JournalLine) {
        if self.unwritten.borrow().is_some() {
            return;
        }
        let written = self.journal.borrow_mut().write(line);
        if let Err(error) = written {
            self.fail(error);
        }
    }

    fn fail(&self, error: JournalError) {
        self.unwritten.borrow_mut().get_or_insert(error);
    }
}

/// The folder of a bundle: `001-tencent-ci-detect-expired`.
fn name(number: usize, key: &FindingKey) -> String {
    let mutators = if key.mutators.is_empty() { "valid".to_owned() } else { key.mutators.join("+") };
    let name = format!("{number:03}-{}-{mutators}", key.operation.replace('/', "-"));
    name.chars().take(100).collect()
}
