//! Lines of cells with a separator between them: tab-separated text and CSV, with or without a header.

use csv_core::{ReadFieldResult, ReaderBuilder};

use crate::catalog::cell::Cell;
use crate::catalog::position::Positions;
use crate::catalog::reading::{Noticed, Reading};
use crate::catalog::row::{row, unwrapped};
use crate::catalog::{Column, ImportFault, ImportedTable, header};

/// Whether a text without tabs is CSV: its first line has a comma, and names a code or begins with one.
pub(super) fn is_comma_separated(text: &str) -> bool {
    let Some(line) = text.lines().find(|line| !line.trim().is_empty()) else { return false };
    let cells: Vec<_> = line.split(',').map(|cell| cell.trim().trim_matches('"')).collect();
    let names_code = cells.iter().any(|cell| Column::named(cell) == Some(Column::Code));
    cells.len() > 1 && (names_code || cells[0].parse::<i64>().is_ok())
}

/// The one table of a document.
pub(super) fn read(text: &str, separator: u8, reading: &Reading) -> ImportedTable {
    let mut noticed = Noticed::default();
    let mut lines = records(text, separator, &mut noticed);
    let line = lines.first().and_then(|cells| cells.first()).map_or(1, |cell| cell.line);
    let first = lines.first().filter(|first| header::is_one(first, reading));
    let headed = first.and_then(|first| header::of_errors(first, reading, &mut noticed));
    let columns = if headed.is_some() {
        lines.remove(0);
        headed
    } else {
        let width = lines.first().map_or(0, Vec::len);
        header::by_count(width).map_err(|fault| noticed.fault((line, 1), fault)).ok()
    };
    if lines.is_empty() {
        noticed.fault((line, 1), ImportFault::NoRows);
    }
    let columns = columns.unwrap_or_default();
    let rows = if columns.is_empty() { &[][..] } else { &lines };
    let rows = rows.iter().filter_map(|cells| row(cells, &columns, &mut noticed)).collect();
    ImportedTable::new(String::new(), line, rows, noticed)
}

/// The records that hold anything.
fn records(text: &str, separator: u8, noticed: &mut Noticed) -> Vec<Vec<Cell>> {
    let mut reader = ReaderBuilder::new().delimiter(separator).build();
    let mut positions = Positions::new(text);
    let (mut records, mut record) = (Vec::new(), Vec::new());
    let (mut at, mut buffer) = (0, [0; 1024]);
    loop {
        let (begins, mut value) = (at, Vec::new());
        let ends_record = loop {
            let (result, read, written) = reader.read_field(&text.as_bytes()[at..], &mut buffer);
            at += read;
            value.extend_from_slice(&buffer[..written]);
            match result {
                ReadFieldResult::InputEmpty | ReadFieldResult::OutputFull => {}
                ReadFieldResult::Field { record_end } => break record_end,
                ReadFieldResult::End => return records,
            }
        };
        let field = Field { text, begins, ends: at, separator };
        let place = positions.of(field.offset());
        if field.is_open() {
            noticed.fault(place, ImportFault::OpenQuote);
        }
        let value = if field.is_quoted() { String::from_utf8_lossy(&value) } else { field.trimmed().into() };
        record.push(Cell { text: unwrapped(&value), line: place.0, column: place.1 });
        if ends_record {
            let filled = record.iter().any(|cell: &Cell| !cell.text.is_empty());
            let whole = std::mem::take(&mut record);
            records.extend(filled.then_some(whole));
        }
    }
}

/// One field as it stands in the document, with what ends it.
struct Field<'t> {
    text: &'t str,
    begins: usize,
    ends: usize,
    separator: u8,
}

impl Field<'_> {
    fn raw(&self) -> &str {
        let raw = self.text.get(self.begins..self.ends).unwrap_or_default();
        let end = if raw.ends_with('\n') || raw.ends_with('\r') {
            None
        } else {
            raw.strip_suffix(char::from(self.separator))
        };
        end.unwrap_or(raw)
    }

    fn trimmed(&self) -> &str {
        self.raw().trim_matches(|c: char| c.is_whitespace() && c != char::from(self.separator))
    }

    fn offset(&self) -> usize {
        match self.trimmed() {
            "" => self.begins,
            trimmed => self.begins + self.raw().find(trimmed).unwrap_or(0),
        }
    }

    /// Between quotes as a whole. A text that only begins with one is taken as it is.
    fn is_quoted(&self) -> bool {
        let trimmed = self.trimmed();
        trimmed.len() > 1 && trimmed.starts_with('"') && trimmed.ends_with('"')
    }

    /// Begun by a quote that nothing closes, so that the rest of the document went into it.
    fn is_open(&self) -> bool {
        self.ends == self.text.len()
            && self.trimmed().starts_with('"')
            && !self.is_quoted()
            && self.trimmed().contains('\n')
    }
}
