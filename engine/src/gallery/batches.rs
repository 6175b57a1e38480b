//! Questions that come at the same time are answered together.
//!
//! A thread with a question answers it at once, as long as not every core is at work on others. Otherwise it waits;
//! whoever is next takes all that wait and ask of the same, and answers them in one go. Nobody waits for others
//! to come. Knows nothing of faces.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::available_parallelism;

/// So many questions are answered together at most: more are not quicker, but their askers wait longer.
const TOGETHER: usize = 64;

/// Questions `Q` about a subject `K` with answers `R`.
#[derive(Debug)]
pub(super) struct Batches<K, Q, R> {
    at_once: usize,
    state: Mutex<State<K, Q, R>>,
    changed: Condvar,
}

#[derive(Debug)]
struct State<K, Q, R> {
    working: usize,
    waiting: VecDeque<(K, Q, Shared<R>)>,
}

/// Where an asker finds what became of its question.
type Shared<R> = Arc<Mutex<QuestionOutcome<R>>>;

/// What became of a question.
#[derive(Debug)]
enum QuestionOutcome<R> {
    Waiting,
    Answered(R),
    /// The thread that had taken it panicked.
    Dropped,
}

impl<K, Q, R> Default for Batches<K, Q, R> {
    fn default() -> Self {
        let state = Mutex::new(State { working: 0, waiting: VecDeque::new() });
        Self { at_once: available_parallelism().map_or(1, usize::from), state, changed: Condvar::new() }
    }
}

impl<K: PartialEq + Clone, Q: Clone, R> Batches<K, Q, R> {
    /// The answer to one question. `answer` answers several about one subject, in their order; it may be called for
    /// the questions of other threads, or not at all.
    pub(super) fn ask(&self, subject: &K, question: Q, answer: impl Fn(&K, &[Q]) -> Vec<R>) -> R {
        let own = Arc::new(Mutex::new(QuestionOutcome::Waiting));
        let mut state = self.lock();
        state.waiting.push_back((subject.clone(), question.clone(), Arc::clone(&own)));
        loop {
            match std::mem::replace(&mut *locked(&own), QuestionOutcome::Waiting) {
                QuestionOutcome::Answered(answered) => return answered,
                QuestionOutcome::Dropped => {
                    drop(state);
                    return sole(answer(subject, &[question]));
                }
                QuestionOutcome::Waiting => {}
            }
            let waits = state.waiting.iter().any(|(_, _, outcome)| Arc::ptr_eq(outcome, &own));
            if waits && state.working < self.at_once {
                state = self.work(state, subject, &answer);
            } else {
                state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
            }
        }
    }

    /// Answers what waits about a subject.
    fn work<'a>(
        &'a self,
        mut state: MutexGuard<'a, State<K, Q, R>>,
        subject: &K,
        answer: &impl Fn(&K, &[Q]) -> Vec<R>,
    ) -> MutexGuard<'a, State<K, Q, R>> {
        let (mut questions, mut outcomes) = (Vec::new(), Vec::new());
        state.waiting.retain(|(about, question, outcome)| {
            let taken = about == subject && questions.len() < TOGETHER;
            if taken {
                questions.push(question.clone());
                outcomes.push(Arc::clone(outcome));
            }
            !taken
        });
        state.working += 1;
        drop(state);
        let answered = catch_unwind(AssertUnwindSafe(|| answer(subject, &questions)));
        let mut state = self.lock();
        state.working -= 1;
        self.changed.notify_all();
        match answered {
            Ok(answers) => {
                for (outcome, answered) in outcomes.iter().zip(answers) {
                    *locked(outcome) = QuestionOutcome::Answered(answered);
                }
            }
            Err(panic) => {
                for outcome in &outcomes {
                    *locked(outcome) = QuestionOutcome::Dropped;
                }
                drop(state);
                resume_unwind(panic);
            }
        }
        state
    }

    fn lock(&self) -> MutexGuard<'_, State<K, Q, R>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn sole<R>(answers: Vec<R>) -> R {
    answers.into_iter().next().expect("an answer for every question")
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::sync::mpsc;
    use std::thread;

    use super::*;

    #[test]
    fn what_waits_is_answered_together_and_to_whom_it_belongs() {
        let batches = Batches { at_once: 1, ..Batches::default() };
        let (entered, leave) = (mpsc::channel(), mpsc::channel::<()>());
        let largest = AtomicUsize::new(0);
        thread::scope(|scope| {
            let first = scope.spawn(|| {
                let leave = leave.1;
                batches.ask(&"slow", 0, |_, questions: &[usize]| {
                    entered.0.send(()).expect("heard");
                    leave.recv().expect("told");
                    questions.to_vec()
                })
            });
            entered.1.recv().expect("the first is at work");
            let (batches, largest) = (&batches, &largest);
            let others: Vec<_> = (1..=20)
                .map(|question| {
                    scope.spawn(move || {
                        let subject = ["even", "odd"][question % 2];
                        let answer = batches.ask(&subject, question, |about, questions| {
                            largest.fetch_max(questions.len(), Ordering::Relaxed);
                            questions.iter().map(|question| question * 2 + about.len() * 1000).collect()
                        });
                        assert_eq!(answer, question * 2 + subject.len() * 1000);
                    })
                })
                .collect();
            while batches.lock().waiting.len() < 20 {
                thread::yield_now();
            }
            leave.0.send(()).expect("heard");
            assert_eq!(first.join().expect("no panic"), 0);
            for other in others {
                other.join().expect("answered");
            }
        });
        assert_eq!(largest.into_inner(), 10);
    }

    #[test]
    fn a_panic_is_its_own_threads_only() {
        let batches = Batches { at_once: 1, ..Batches::default() };
        let (entered, leave) = (mpsc::channel(), mpsc::channel::<()>());
        thread::scope(|scope| {
            let batches = &batches;
            let blocking = scope.spawn(move || {
                batches.ask(&0, 0, |_, questions: &[usize]| {
                    entered.0.send(()).expect("heard");
                    leave.1.recv().expect("told");
                    questions.to_vec()
                })
            });
            entered.1.recv().expect("at work");
            let ask = move |question| {
                batches.ask(&7, question, |_, questions| {
                    assert_eq!(questions.len(), 1, "as the test wants");
                    questions.to_vec()
                })
            };
            let both = [1, 2].map(|question| scope.spawn(move || ask(question)));
            while batches.lock().waiting.len() < 2 {
                thread::yield_now();
            }
            leave.0.send(()).expect("heard");
            assert_eq!(blocking.join().expect("no panic"), 0);
            let answers = both.map(|thread| thread.join().ok());
            assert!(answers == [None, Some(2)] || answers == [Some(1), None], "{answers:?}");
        });
        assert_eq!(batches.lock().working, 0);
    }
}
