//! The logarithm of the width of a blur, as weights of its terms: least squares over 200 portraits with a sigma of 0 to
//! 10 pixels.

pub(in crate::vision) const BLUR: [f32; 11] =
    [0.260, 0.989, -3.512, 0.592, -4.469, 3.667, 14.219, 3.004, 1.763, -11.569, -10.598];
