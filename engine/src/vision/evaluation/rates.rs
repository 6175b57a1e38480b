//! Rates of right and wrong answers over all pairs of described faces.

use super::super::{Analyser, Description};

/// Distances are counted in classes of this width: finer than any rate that is reported.
const CLASS: f32 = 1e-4;
/// How many classes; larger distances fall into the last.
const CLASSES: usize = 40_000;

/// A point of the receiver operating characteristic.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// Pairs at this distance or less count as the same person.
    pub distance: f32,
    /// Share of the pairs of different people that are accepted, 0 to 1.
    pub false_accepts: f64,
    /// Share of the pairs of the same person that are accepted, 0 to 1.
    pub true_accepts: f64,
}

/// What was counted.
#[derive(Debug, Clone, PartialEq)]
pub struct Rates {
    /// Pairs of pictures of the same person.
    pub genuine: u64,
    /// Pairs of pictures of different people.
    pub impostor: u64,
    /// Probes: all pictures but the first of each person who has more than one.
    pub probes: usize,
    /// Probes whose nearest enrolled picture, the first of each person, shows the same person.
    pub hits: usize,
    /// The characteristic, from strict to lax; starts with (0, 0) and ends with (1, 1).
    pub roc: Vec<Point>,
}

impl Rates {
    /// Compares all pairs; each face comes with the number of the person it shows.
    pub fn new(analyser: &dyn Analyser, faces: &[(usize, Description)]) -> Self {
        let mut genuine = vec![0_u64; CLASSES];
        let mut impostor = vec![0_u64; CLASSES];
        for (index, (person, face)) in faces.iter().enumerate() {
            for (other, earlier) in &faces[..index] {
                let class = (analyser.distance(face, earlier) / CLASS) as usize;
                let counts = if person == other { &mut genuine } else { &mut impostor };
                counts[class.min(CLASSES - 1)] += 1;
            }
        }
        let (probes, hits) = first_guesses(analyser, faces);
        let roc = characteristic(&genuine, &impostor);
        Self { genuine: genuine.iter().sum(), impostor: impostor.iter().sum(), probes, hits, roc }
    }

    /// Share of probes whose nearest enrolled picture shows the same person, one picture enrolled; `None` without
    /// probes.
    pub fn rank_one(&self) -> Option<f64> {
        (self.probes > 0).then(|| self.hits as f64 / self.probes as f64)
    }

    /// The rate at which as many are wrongly accepted as wrongly rejected; `None` without pairs of either kind.
    pub fn equal_error(&self) -> Option<f64> {
        if self.genuine == 0 || self.impostor == 0 {
            return None;
        }
        let gap = |point: &Point| point.false_accepts - (1.0 - point.true_accepts);
        let after = self.roc.partition_point(|point| gap(point) < 0.0).max(1);
        let (low, high) = (&self.roc[after - 1], &self.roc[after]);
        let share = -gap(low) / (gap(high) - gap(low));
        Some(low.false_accepts + share * (high.false_accepts - low.false_accepts))
    }

    /// The largest threshold at which at most this share of different people is accepted; `None` when the set has
    /// too few pairs for a share so small.
    pub fn at_false_accepts(&self, share: f64) -> Option<Point> {
        if (self.impostor as f64) * share < 1.0 || self.genuine == 0 {
            return None;
        }
        let after = self.roc.partition_point(|point| point.false_accepts <= share);
        Some(self.roc[after - 1])
    }
}

/// How many probes there are, and how many are nearest to the first picture of the same person.
fn first_guesses(analyser: &dyn Analyser, faces: &[(usize, Description)]) -> (usize, usize) {
    let mut enrolled: Vec<&(usize, Description)> = Vec::new();
    let mut probes = Vec::new();
    for face in faces {
        if enrolled.iter().any(|(person, _)| *person == face.0) {
            probes.push(face);
        } else {
            enrolled.push(face);
        }
    }
    let is_hit = |(person, probe): &&&(usize, Description)| {
        let distance = |face: &&&(usize, Description)| analyser.distance(probe, &face.1);
        let nearest = enrolled.iter().min_by(|a, b| distance(a).total_cmp(&distance(b)));
        nearest.is_some_and(|(other, _)| other == person)
    };
    (probes.len(), probes.iter().filter(is_hit).count())
}

fn characteristic(genuine: &[u64], impostor: &[u64]) -> Vec<Point> {
    let [all_genuine, all_impostor] =
        [genuine, impostor].map(|counts| counts.iter().sum::<u64>().max(1) as f64);
    let (mut right, mut wrong) = (0, 0);
    let mut roc = vec![Point { distance: 0.0, false_accepts: 0.0, true_accepts: 0.0 }];
    for (class, (genuine, impostor)) in genuine.iter().zip(impostor).enumerate() {
        if *genuine + *impostor > 0 {
            right += genuine;
            wrong += impostor;
            roc.push(Point {
                distance: (class + 1) as f32 * CLASS,
                false_accepts: wrong as f64 / all_impostor,
                true_accepts: right as f64 / all_genuine,
            });
        }
    }
    roc
}

#[cfg(test)]
mod tests {
    use super::super::super::{Classic, Limits};
    use super::*;

    fn rates(faces: &[(usize, f32)]) -> Rates {
        let faces: Vec<_> =
            faces.iter().map(|(person, place)| (*person, Description(vec![*place]))).collect();
        Rates::new(&Classic::new(Limits::default()), &faces)
    }

    #[test]
    fn people_far_apart_are_never_confused() {
        let rates = rates(&[(0, 0.0), (0, 0.1), (0, 0.2), (1, 1.0), (1, 1.1)]);
        assert_eq!((rates.genuine, rates.impostor, rates.probes, rates.hits), (4, 6, 3, 3));
        assert_eq!(rates.equal_error(), Some(0.0));
        assert_eq!(rates.at_false_accepts(1e-3), None, "six pairs cannot tell one in a thousand");
        assert!(rates.at_false_accepts(0.2).is_some_and(|point| (point.true_accepts - 1.0).abs() < 1e-9));
    }

    #[test]
    fn confusion_is_counted() {
        // Same person: 0.5 and 0.5. Different people: 0.4, 0.1, 0.9 and 0.4 (the second of 0 lies near the first of 1).
        let rates = rates(&[(0, 0.0), (0, 0.5), (1, 0.4), (1, 0.9)]);
        assert_eq!((rates.genuine, rates.impostor, rates.probes, rates.hits), (2, 4, 2, 1));
        let error = rates.equal_error().expect("pairs of both kinds");
        assert!((error - 0.75).abs() < 1e-9, "{error}");
        assert_eq!(rates.at_false_accepts(0.25).map(|point| point.false_accepts), Some(0.25));
    }
}
