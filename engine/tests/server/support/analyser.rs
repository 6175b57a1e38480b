//! Sees what made-up pictures say: after a JPEG's first bytes the names of the faces, largest first.

use std::hash::{DefaultHasher, Hash, Hasher};

use lianpu_engine::vision::{
    Analyser, Analysis, Capabilities, Description, Expression, Face, Failure, Gender, Glasses, Point, Pose,
    Rect, Stage, Wanted,
};

pub struct Made;

impl Analyser for Made {
    fn name(&self) -> &'static str {
        "made"
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities { landmarks: true, attributes: true, identification: true, ..Capabilities::default() }
    }

    fn analyse(
        &self,
        picture: &[u8],
        wanted: Wanted,
        fails: &dyn Fn(Stage) -> bool,
    ) -> Result<Analysis, Failure> {
        if picture.is_empty() {
            return Err(Failure::Empty);
        }
        let Some(text) = picture.strip_prefix(b"\xff\xd8\xff") else {
            return Err(Failure::Format("not made up".to_owned()));
        };
        let text = std::str::from_utf8(text).map_err(|error| Failure::Damaged(error.to_string()))?;
        let mut names: Vec<_> = text.split(',').filter(|name| !name.is_empty()).collect();
        if wanted.largest_only {
            names.truncate(1);
        }
        if names.is_empty() {
            return Err(Failure::NoFace);
        }
        let attributes = [Stage::Pose, Stage::Gender, Stage::Age, Stage::Expression, Stage::Glasses];
        let mut stages = vec![Stage::Decode, Stage::Detect];
        stages.extend(wanted.landmarks.then_some(Stage::Contour));
        stages.extend(attributes.into_iter().filter(|_| wanted.attributes));
        stages.extend(wanted.description.then_some(Stage::Describe));
        if let Some(stage) = stages.into_iter().find(|stage| fails(*stage)) {
            return Err(Failure::Stage(stage));
        }
        let faces = names.into_iter().enumerate().map(|(place, name)| face(place, name, wanted)).collect();
        Ok(Analysis { width: 640, height: 480, faces })
    }

    fn similarity(&self, distance: f32) -> f32 {
        (100.0 - 50.0 * distance).max(0.0)
    }

    fn same_person_from(&self) -> f32 {
        75.0
    }

    fn almost_same(&self, a: &Face, b: &Face) -> bool {
        a.fingerprint == b.fingerprint
    }
}

fn face(place: usize, name: &str, wanted: Wanted) -> Face {
    let person = name.split('/').next().unwrap_or_default();
    let is_meant =
        wanted.only.map_or_else(|| wanted.fully.is_none_or(|fully| place < fully), |only| place == only);
    let full = wanted.attributes && is_meant;
    let at = place as f32 * 70.0;
    Face {
        rect: Rect { x: at, y: 10.4, width: 64.0, height: 64.0 },
        score: 1.0,
        landmarks: wanted
            .landmarks
            .then(|| Box::new(std::array::from_fn(|i| Point { x: at + i as f32, y: i as f32 }))),
        pose: full.then_some(Pose { pitch: 4.0, yaw: -50.0, roll: 1.0 }),
        age: full.then_some(37.4),
        gender: full.then_some(Gender { male: 0.99 }),
        expression: full.then_some(Expression { shares: [0.9, 0.1, 0.0, 0.0, 0.0, 0.0, 0.0] }),
        mouth_open: full.then_some(0.0),
        glasses: full.then_some((Glasses::Common, 0.75)),
        description: wanted.description.then(|| description(person, name)),
        fingerprint: name.as_bytes().to_vec(),
        ..Face::default()
    }
}

/// Far apart for two persons, near for two takes of one.
fn description(person: &str, name: &str) -> Description {
    let direction = |text: &str| {
        let values: Vec<f32> = (0..8).map(|axis| hash(&(text, axis))).collect();
        let length = values.iter().map(|value| value * value).sum::<f32>().sqrt();
        values.into_iter().map(move |value| value / length)
    };
    Description(direction(person).zip(direction(name)).map(|(far, near)| far + 0.05 * near).collect())
}

fn hash(value: &impl Hash) -> f32 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    (hasher.finish() % 2001) as f32 / 1000.0 - 1.0
}
