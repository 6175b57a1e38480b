//! Code compiled for the widest vectors that the processor has.

use pulp::{Arch, Simd, WithSimd};

/// Runs a closure as compiled for each kind of processor. The closure, and what it calls, must be marked to be always
/// inlined: a function of its own is compiled for the oldest processor.
pub(crate) fn wide<R>(run: impl FnMut() -> R) -> R {
    Arch::new().dispatch(Wide(run))
}

/// `pulp` takes closures by value, and the call of a closure by value is a function of its own.
struct Wide<F>(F);

impl<R, F: FnMut() -> R> WithSimd for Wide<F> {
    type Output = R;

    #[expect(clippy::inline_always, reason = "compiled for each kind of processor where it is inlined")]
    #[inline(always)]
    fn with_simd<S: Simd>(mut self, _: S) -> R {
        (self.0)()
    }
}
