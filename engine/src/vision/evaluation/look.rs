//! One picture of a set: read, converted where the analyser does not take its format, analysed, timed.

use std::cell::RefCell;
use std::time::{Duration, Instant};

use super::super::{Analyser, Description, Failure, Stage, Wanted, decode};

/// What came of a picture.
#[derive(Debug, Clone, PartialEq)]
pub struct Look {
    /// The description of the largest face, `None` when there is no face.
    pub description: Option<Description>,
    /// What each stage that ran took, in the order in which they ran.
    pub times: Vec<(Stage, Duration)>,
}

/// Describes the largest face of a file; an error when the file is no picture that can be read.
pub fn look(analyser: &dyn Analyser, file: &[u8]) -> Result<Look, Failure> {
    let file = decode::convert(file)?;
    let started = RefCell::new(Vec::new());
    let wanted = Wanted { description: true, largest_only: true, ..Wanted::default() };
    // The fault hook is asked before each stage, and so tells when it begins.
    let seen = analyser.analyse(&file, wanted, &|stage| {
        started.borrow_mut().push((stage, Instant::now()));
        false
    });
    let end = Instant::now();
    let started = started.into_inner();
    let ends = started.iter().skip(1).map(|(_, start)| *start).chain([end]);
    let times = started.iter().zip(ends).map(|((stage, start), end)| (*stage, end - *start)).collect();
    let description = match seen {
        Ok(analysis) => analysis.faces.into_iter().next().and_then(|face| face.description),
        Err(Failure::NoFace) => None,
        Err(failure) => return Err(failure),
    };
    Ok(Look { description, times })
}

#[cfg(test)]
mod tests {
    use super::super::super::{Classic, Limits};
    use super::*;

    #[test]
    fn grey_maps_are_taken_timed_and_told_from_rubbish() {
        let classic = Classic::new(Limits::default());
        let map = [b"P5 60 50 255\n".to_vec(), vec![128; 3000]].concat();
        let look = look(&classic, &map).expect("a picture");
        assert_eq!(look.description, None);
        assert_eq!(
            look.times.iter().map(|(stage, _)| *stage).collect::<Vec<_>>(),
            [Stage::Decode, Stage::Detect]
        );
        for rubbish in [b"P5 60 50 255\nshort".as_slice(), b"", b"hello"] {
            assert!(super::look(&classic, rubbish).is_err());
        }
    }
}
