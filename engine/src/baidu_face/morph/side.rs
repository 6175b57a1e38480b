//! A face that is put in the place of another, or whose place is taken.

use crate::vision::{Landmarks, Picture};

/// A picture and the landmarks of the face that is meant.
#[derive(Debug, Clone)]
pub(in super::super) struct Side {
    pub(in super::super) picture: Picture,
    pub(in super::super) landmarks: Landmarks,
}
