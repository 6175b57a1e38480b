//! A bundle written into a folder of its own: `bundle.json`, `reproducer.feature`, and the bodies that its lines for curl
//! name.

use std::fs;
use std::io;
use std::path::Path;

use super::made::MadeBundle;
use super::read::FILE;

impl MadeBundle {
    /// Writes it; the bytes written. What reads it never finds half of it.
    pub fn write(&self, folder: &Path) -> io::Result<usize> {
        fs::create_dir_all(folder)?;
        for entry in fs::read_dir(folder)?.flatten() {
            // Bodies of an earlier bundle of the same scenario.
            if entry.file_name().to_string_lossy().ends_with("-body.bin") {
                fs::remove_file(entry.path())?;
            }
        }
        let mut written = 0;
        for body in &self.bodies {
            fs::write(folder.join(&body.name), &body.bytes)?;
            written += body.bytes.len();
        }
        fs::write(folder.join("reproducer.feature"), &self.feature)?;
        let mut text = serde_json::to_vec_pretty(&self.bundle)?;
        text.push(b'\n');
        let half = folder.join(format!("{FILE}.part"));
        fs::write(&half, &text)?;
        fs::rename(half, folder.join(FILE))?;
        Ok(written + text.len() + self.feature.len())
    }
}
