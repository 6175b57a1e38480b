//! The weight files the nets need: names, sizes and SHA-256.

/// One file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ModelFile {
    /// Its name, in the package's `model` folder as in the model directory.
    pub name: &'static str,
    /// Bytes.
    pub size: u64,
    /// SHA-256 in hexadecimal.
    pub sha256: &'static str,
    /// What it is for.
    pub purpose: &'static str,
}

/// Where the files lie in what npm installs.
pub(super) const PACKAGE: &str = "node_modules/@vladmandic/face-api/model";

/// All files, as in `@vladmandic/face-api` 1.7.15.
pub const FILES: [ModelFile; 8] = [
    ModelFile {
        name: "face_landmark_68_model-weights_manifest.json",
        size: 8_485,
        sha256: "ca4886639f86e99b39fed0c155f81b63317225773bd9616716e887b0153389c9",
        purpose: "68 landmarks",
    },
    ModelFile {
        name: "face_landmark_68_model.bin",
        size: 356_840,
        sha256: "4611ef65c87d836d03d684b30eec4d195d8b219fa1dd58fc58945831c6b9299b",
        purpose: "68 landmarks",
    },
    ModelFile {
        name: "face_recognition_model-weights_manifest.json",
        size: 19_615,
        sha256: "cbaffa501b0b9275a12b63357a6843e7e30c054e1c9151e1a5f879b26e32986b",
        purpose: "descriptions",
    },
    ModelFile {
        name: "face_recognition_model.bin",
        size: 6_444_032,
        sha256: "b413e420d6840b2775fba32008db6f3cddb07d485967fb42cfcf379c16a8c589",
        purpose: "descriptions",
    },
    ModelFile {
        name: "age_gender_model-weights_manifest.json",
        size: 8_392,
        sha256: "74b60bf3ebf981bf4e661e9cca3a185614e10b25d797118b62e2a68d3ff2569f",
        purpose: "age and gender",
    },
    ModelFile {
        name: "age_gender_model.bin",
        size: 429_708,
        sha256: "49f92bbc0afef2342c4385e4a2b0acb6d7a727c6f0aa539499719a81acf9abaa",
        purpose: "age and gender",
    },
    ModelFile {
        name: "face_expression_model-weights_manifest.json",
        size: 6_980,
        sha256: "5b349c17c7836da506e03422cd6461c74085d8bb2713ad4114647dc5d28174c8",
        purpose: "expression",
    },
    ModelFile {
        name: "face_expression_model.bin",
        size: 329_468,
        sha256: "9a9840f2cf1f4c7eab95f197512569345c00d2426754d4608b92af30e0300f3d",
        purpose: "expression",
    },
];
