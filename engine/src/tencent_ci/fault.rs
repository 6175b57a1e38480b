//! The internal failures that can be asked for. Knows no codes: each is made where it would happen.

use crate::vision::Stage;

/// An internal failure that can be asked for. The names stand in the dialect's manifest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fault {
    /// The authentication service answers with an error of its own.
    AuthServiceError,
    /// The authentication service cannot be reached.
    AuthServiceUnavailable,
    /// A panic in the handler.
    ApplicationException,
    /// A stage of seeing fails.
    Vision(Stage),
    /// The store cannot be read.
    GalleryRead,
    /// The store cannot be written.
    GalleryWrite,
    /// The picture server cannot be connected to.
    FetchConnect,
    /// The picture server's answer breaks off.
    FetchRead,
}

impl Fault {
    /// Every fault with its name.
    pub const ALL: &'static [(&'static str, Self)] = &[
        ("auth-service.error", Self::AuthServiceError),
        ("auth-service.unavailable", Self::AuthServiceUnavailable),
        ("application.exception", Self::ApplicationException),
        ("vision.describe", Self::Vision(Stage::Describe)),
        ("vision.contour", Self::Vision(Stage::Contour)),
        ("vision.gender", Self::Vision(Stage::Gender)),
        ("vision.expression", Self::Vision(Stage::Expression)),
        ("vision.age", Self::Vision(Stage::Age)),
        ("vision.pose", Self::Vision(Stage::Pose)),
        ("vision.glasses", Self::Vision(Stage::Glasses)),
        ("gallery.read", Self::GalleryRead),
        ("gallery.write", Self::GalleryWrite),
        ("fetch.connect", Self::FetchConnect),
        ("fetch.read", Self::FetchRead),
    ];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fault_of_the_manifest_is_known() {
        let dialect = lianpu_corpus::bundled("tencent-ci").expect("bundled");
        assert!(!dialect.manifest.faults.is_empty());
        for fault in &dialect.manifest.faults {
            assert!(Fault::ALL.iter().any(|(name, _)| *name == fault.name), "{}", fault.name);
        }
    }
}
