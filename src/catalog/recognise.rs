//! Which shape a document seems to have.

use crate::catalog::{Shape, html, markdown, separated, stacked};

/// The shape that a text seems to have; none where it seems to have no table.
pub(super) fn shape_of(text: &str) -> Option<Shape> {
    let lines = || text.lines();
    if lines().map(|line| line.trim().trim_start_matches(['>', ' '])).any(markdown::is_delimiter) {
        Some(Shape::Markdown)
    } else if html::has_table(text) {
        // A page in HTML begins with a tag; one in Markdown may keep its tables in HTML.
        Some(if text.trim_start().starts_with('<') { Shape::Html } else { Shape::Markdown })
    } else if lines().any(|line| line.trim() == stacked::SEPARATOR) {
        Some(Shape::Cells)
    } else if text.contains('\t') {
        Some(Shape::Tabs)
    } else {
        separated::is_comma_separated(text).then_some(Shape::Commas)
    }
}
