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
    /// Probes with a face, of people whose first picture has one.
    pub found: usize,
    /// Probes whose nearest enrolled picture, the first of each person, shows the same person.
    pub hits: usize,
    /// The characteristic, from strict to lax; starts with (0, 0) and ends with (1, 1).
    pub roc: Vec<Point>,
}

impl Rates {
    /// Compares all pairs; each picture comes with the number of the person it shows and the face that was found.
    pub fn new(analyser: &dyn Analyser, pictures: &[(usize, Option<Description>)]) -> Self {
        let faces: Vec<(usize, &Description)> =
            pictures.iter().filter_map(|(person, face)| Some((*person, face.as_ref()?))).collect();
        let mut genuine = vec![0_u64; CLASSES];
        let mut impostor = vec![0_u64; CLASSES];
        for (index, (person, face)) in faces.iter().enumerate() {
            for (other, earlier) in &faces[..index] {
                let class = (analyser.distance(face, earlier) / CLASS) as usize;
                let counts = if person == other { &mut genuine } else { &mut impostor };
                counts[class.min(CLASSES - 1)] += 1;
            }
        }
        let [probes, found, hits] = first_guesses(analyser, pictures);
        let roc = characteristic(&genuine, &impostor);
        Self { genuine: genuine.iter().sum(), impostor: impostor.iter().sum(), probes, found, hits, roc }
    }

    /// Share of probes whose nearest enrolled picture shows the same person, one picture enrolled; `None` without
    /// probes. A probe is missed as well when no face is found in it, or in the picture that was to be enrolled.
    pub fn rank_one(&self) -> Option<f64> {
        (self.probes > 0).then(|| self.hits as f64 / self.probes as f64)
    }

    /// The same share of those probes alone where both faces are found: the comparison without the detection.
    pub fn rank_one_of_found(&self) -> Option<f64> {
        (self.found > 0).then(|| self.hits as f64 / self.found as f64)
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

/// How many probes there are, in how many of them a face is found that can be hit, and how many are nearest to the first
/// picture of the same person.
fn first_guesses(analyser: &dyn Analyser, pictures: &[(usize, Option<Description>)]) -> [usize; 3] {
    let mut enrolled: Vec<&(usize, Option<Description>)> = Vec::new();
    let mut probes = Vec::new();
    for picture in pictures {
        if enrolled.iter().any(|(person, _)| *person == picture.0) {
            probes.push(picture);
        } else {
            enrolled.push(picture);
        }
    }
    let gallery: Vec<(usize, &Description)> =
        enrolled.iter().filter_map(|(person, face)| Some((*person, face.as_ref()?))).collect();
    let is_enrolled = |person: usize| gallery.iter().any(|(other, _)| *other == person);
    let found = probes.iter().filter(|(person, face)| face.is_some() && is_enrolled(*person)).count();
    let is_hit = |(person, probe): &&&(usize, Option<Description>)| {
        let Some(probe) = probe else { return false };
        let distance = |face: &&(usize, &Description)| analyser.distance(probe, face.1);
        let nearest = gallery.iter().min_by(|a, b| distance(a).total_cmp(&distance(b)));
        nearest.is_some_and(|(other, _)| other == person)
    };
    [probes.len(), found, probes.iter().filter(is_hit).count()]
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
            faces.iter().map(|(person, place)| (*person, Some(Description(vec![*place])))).collect();
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
    #[test]
    fn a_face_that_is_not_found_is_missed_enrolled_or_not() {
        let face = |place: f32| Some(Description(vec![place]));
        // Nobody can hit person 1, whose first picture shows no face; the second picture is not enrolled instead.
        let pictures = [(0, face(0.0)), (0, face(0.1)), (0, None), (1, None), (1, face(1.0)), (1, face(1.1))];
        let rates = Rates::new(&Classic::new(Limits::default()), &pictures);
        assert_eq!((rates.probes, rates.found, rates.hits), (4, 1, 1));
        assert_eq!((rates.rank_one(), rates.rank_one_of_found()), (Some(0.25), Some(1.0)));
        assert_eq!((rates.genuine, rates.impostor), (2, 4), "pairs of faces that are found");
    }
}
