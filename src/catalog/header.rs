//! Which columns a table has: by its header, or without one by how many there are.

use crate::catalog::cell::Cell;
use crate::catalog::reading::{Noticed, Reading};
use crate::catalog::{Column, ImportFault, ImportRemark};

/// One way to tell which columns a text may name.
type Way<'w> = &'w dyn Fn(&str) -> Vec<Column>;

/// What each cell of a header names: first what the reader was told, then the known names, then what only resembles one. Each
/// column is named once.
fn named(header: &[Cell], reading: &Reading) -> Vec<Option<Column>> {
    let mut columns = vec![None; header.len()];
    let told = |text: &str| Column::ALL.into_iter().filter(|column| reading.names(*column, text)).collect();
    let known = |text: &str| Column::named(text).into_iter().collect();
    for way in [&told as Way<'_>, &known, &Column::resembled] {
        for (at, cell) in header.iter().enumerate().filter(|(_, cell)| !cell.text.is_empty()) {
            if columns[at].is_none() {
                columns[at] = way(&cell.text).into_iter().find(|column| !columns.contains(&Some(*column)));
            }
        }
    }
    columns
}

/// The columns of the header of an error table, none for a cell that names nothing known; nothing where no cell names the codes. What is
/// left out is noted, what is lacking a fault.
pub(super) fn of_errors(
    header: &[Cell],
    reading: &Reading,
    noticed: &mut Noticed,
) -> Option<Vec<Option<Column>>> {
    let columns = named(header, reading);
    let code = columns.iter().position(|column| *column == Some(Column::Code))?;
    for (cell, _) in
        header.iter().zip(&columns).filter(|(cell, column)| column.is_none() && !cell.text.is_empty())
    {
        noticed.note_at(cell, ImportRemark::LeftOut { name: cell.text.clone() });
    }
    let has = |column| columns.iter().position(|known| *known == Some(column));
    match (has(Column::Meaning), has(Column::Message)) {
        (Some(_), _) => {}
        (None, Some(message)) => noticed.note_at(&header[message], ImportRemark::MeaningOfMessage),
        (None, None) => noticed.fault_at(&header[code], ImportFault::MissingColumn(Column::Meaning)),
    }
    Some(columns)
}

/// Whether the first of some rows is a header: it names a column as headers do, and holds no number as rows do.
pub(super) fn is_one(first: &[Cell], reading: &Reading) -> bool {
    let names = |cell: &Cell| {
        Column::named(&cell.text).is_some()
            || Column::ALL.iter().any(|column| reading.names(*column, &cell.text))
    };
    first.iter().any(names) && !first.iter().any(|cell| cell.text.parse::<i64>().is_ok())
}

/// The columns of a row without a header.
pub(super) fn by_count(count: usize) -> Result<Vec<Option<Column>>, ImportFault> {
    let columns: &[Column] = match count {
        2 => &[Column::Code, Column::Meaning],
        3 => &[Column::Code, Column::Message, Column::Meaning],
        4 => &[Column::Code, Column::Message, Column::Meaning, Column::Remedy],
        _ => return Err(ImportFault::Width(count)),
    };
    Ok(columns.iter().copied().map(Some).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(header: &[&str], mapped: &[(Column, &str)]) -> Option<Vec<Option<Column>>> {
        let cells: Vec<_> =
            header.iter().map(|text| Cell { text: (*text).to_owned(), line: 1, column: 1 }).collect();
        let columns = mapped.iter().map(|(column, name)| (*column, (*name).to_owned())).collect();
        of_errors(&cells, &Reading { columns, ..Reading::default() }, &mut Noticed::default())
    }

    #[test]
    fn headers_say_their_columns_in_many_ways() {
        let [code, message, meaning, remedy] =
            [Column::Code, Column::Message, Column::Meaning, Column::Remedy].map(Some);
        for (header, expected) in [
            (vec!["错误码", "含义"], vec![code, meaning]),
            (vec!["**Code**", "Description"], vec![code, meaning]),
            (vec!["返回码 (code)", "说明（message）"], vec![code, meaning]),
            (vec!["错误码", "错误码类型", "错误码说明"], vec![code, None, meaning]),
            (vec!["业务错误码（status）", "对应message说明", "说明"], vec![code, message, meaning]),
            (vec!["Index", "Name", "Code", "Comment"], vec![None, None, code, meaning]),
            (vec!["错误码", "错误名称", "错误描述"], vec![code, None, meaning]),
            (
                vec!["HTTP 状态码", "`error_code`", "error_msg", "描述", "处理措施"],
                vec![None, code, message, meaning, remedy],
            ),
            (vec!["code", "meaning", "说明"], vec![code, meaning, None]),
            (vec!["错误码", "错误信息"], vec![code, message]),
            (vec!["ＣＯＤＥ", "含　义"], vec![code, meaning]),
        ] {
            assert_eq!(columns(&header, &[]), Some(expected), "{header:?}");
        }
        assert_eq!(columns(&["参数", "类型", "说明"], &[]), None, "a table of parameters");
        assert_eq!(columns(&["postcode", "name"], &[]), None, "part of a word");
    }

    #[test]
    fn what_the_reader_was_told_comes_first() {
        let mapped = [(Column::Code, "No."), (Column::Meaning, "text")];
        let expected = Some(vec![Some(Column::Code), None, Some(Column::Meaning)]);
        assert_eq!(columns(&["No.", "code", "Text"], &mapped), expected);
    }
}
