//! Tables whose columns are declared once: how a row is written, and how it is read back.

use std::borrow::Borrow;
use std::fs::File;
use std::path::Path;

use parquet::errors::ParquetError;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;

use super::error::StoreError;
use super::manifest::write_derived;
use super::table::{Cell, Column, TableWriter, as_written, date_of};

/// A row of a table.
pub trait Stored: Default {
    /// The stem of the names of its files.
    const STEM: &str;

    /// Its columns, in order.
    fn columns() -> Vec<Column<'static>>;

    /// What it has in each of them.
    fn cells(&self) -> Vec<Cell<'_>>;

    /// Puts what a file has in each column into this row; none if that is something else.
    fn fill(&mut self, written: &[Written<'_>]) -> Option<()>;
}

/// What a file has in one column of a row.
#[derive(Debug, Clone, Copy)]
pub enum Written<'a> {
    /// As text.
    Text(&'a str),
    /// With its kind.
    Field(&'a Field),
}

/// What can stand in a column.
pub(super) trait Value: Sized {
    /// Its column, of a name.
    fn column(&self, name: &'static str) -> Column<'static>;

    /// It as a cell.
    fn cell(&self) -> Cell<'_>;

    /// It out of a file.
    fn read(written: Written<'_>) -> Option<Self>;
}

impl Value for f64 {
    fn column(&self, name: &'static str) -> Column<'static> {
        Column::Float(name)
    }

    fn cell(&self) -> Cell<'_> {
        Cell::Float(*self)
    }

    /// What is no number was written as nothing.
    fn read(written: Written<'_>) -> Option<Self> {
        match written {
            Written::Text("") | Written::Field(Field::Null) => Some(Self::NAN),
            Written::Text(text) => text.parse().ok(),
            Written::Field(Field::Double(number)) => Some(*number),
            Written::Field(_) => None,
        }
    }
}

impl Value for String {
    fn column(&self, name: &'static str) -> Column<'static> {
        Column::Text(name)
    }

    fn cell(&self) -> Cell<'_> {
        Cell::Text(self)
    }

    fn read(written: Written<'_>) -> Option<Self> {
        match written {
            Written::Text(text) => Some(as_written(text).to_owned()),
            Written::Field(Field::Str(text)) => Some(text.clone()),
            Written::Field(Field::Date(days)) => date_of(*days),
            Written::Field(Field::Null) => Some(String::new()),
            Written::Field(_) => None,
        }
    }
}

impl Value for u64 {
    fn column(&self, name: &'static str) -> Column<'static> {
        Column::Int(name)
    }

    fn cell(&self) -> Cell<'_> {
        Cell::Int(*self as i64)
    }

    fn read(written: Written<'_>) -> Option<Self> {
        match written {
            Written::Text(text) => text.parse().ok(),
            Written::Field(Field::Long(number)) => Self::try_from(*number).ok(),
            Written::Field(_) => None,
        }
    }
}

impl Value for u8 {
    fn column(&self, name: &'static str) -> Column<'static> {
        Column::Int(name)
    }

    fn cell(&self) -> Cell<'_> {
        Cell::Int(i64::from(*self))
    }

    fn read(written: Written<'_>) -> Option<Self> {
        u64::read(written)?.try_into().ok()
    }
}

impl Value for u32 {
    fn column(&self, name: &'static str) -> Column<'static> {
        Column::Int(name)
    }

    fn cell(&self) -> Cell<'_> {
        Cell::Int(i64::from(*self))
    }

    fn read(written: Written<'_>) -> Option<Self> {
        u64::read(written)?.try_into().ok()
    }
}

/// 1 for what is so.
impl Value for bool {
    fn column(&self, name: &'static str) -> Column<'static> {
        Column::Int(name)
    }

    fn cell(&self) -> Cell<'_> {
        Cell::Int(i64::from(*self))
    }

    fn read(written: Written<'_>) -> Option<Self> {
        Some(u64::read(written)? != 0)
    }
}

/// Declares the table of a row: the stem of its files, and each column with the place in the
/// row that it holds, after `#[date]` a date as text. After `derived` stand texts that follow from the rest of a row.
macro_rules! stored {
    (@column date $place:expr, $name:literal) => {
        Column::Date($name)
    };
    (@column $place:expr, $name:literal) => {
        Value::column(&$place, $name)
    };
    (
        $type:ty, $stem:literal, $row:ident,
        $($(#[$kind:ident])? $name:literal = $place:expr),+
        $(; derived $($text:literal = $derived:expr),+)? $(,)?
    ) => {
        impl Stored for $type {
            const STEM: &str = $stem;

            fn columns() -> Vec<Column<'static>> {
                let $row = Self::default();
                vec![
                    $(stored!(@column $($kind)? $place, $name),)+
                    $($(Column::Text($text),)+)?
                ]
            }

            fn cells(&self) -> Vec<Cell<'_>> {
                let $row = self;
                vec![$(Value::cell(&$place),)+ $($(Cell::Text($derived),)+)?]
            }

            fn fill(&mut self, written: &[Written<'_>]) -> Option<()> {
                let $row = self;
                let mut each = written.iter();
                $($place = Value::read(*each.next()?)?;)+
                Some(())
            }
        }
    };
}
pub(super) use stored;

/// Writes a table as Parquet and CSV.
///
/// # Errors
/// If a file cannot be written.
pub fn write<T: Stored>(
    folder: &Path,
    rows: impl IntoIterator<Item = impl Borrow<T>>,
) -> Result<(), StoreError> {
    let mut table = TableWriter::create(folder, T::STEM, &T::columns(), true)?;
    for row in rows {
        table.row(&row.borrow().cells())?;
    }
    table.finish()
}

/// Writes a table as Parquet and CSV into a finished folder, over that of an earlier call.
///
/// # Errors
/// If a file cannot be written.
pub fn write_over<T: Stored>(folder: &Path, rows: &[T]) -> Result<(), StoreError> {
    write_derived(folder, &[T::STEM], |folder| write::<T>(folder, rows))
}

/// Reads a table as CSV; nothing where there is none, as where a scenario has no records, or
/// a folder holds no comparison.
///
/// # Errors
/// If it is damaged.
pub fn read_any<T: Stored>(folder: &Path) -> Result<Vec<T>, StoreError> {
    match folder.join(format!("{}.csv", T::STEM)).exists() {
        true => read(folder),
        false => Ok(Vec::new()),
    }
}

/// Reads a table as CSV.
///
/// # Errors
/// If it is missing or damaged.
pub fn read<T: Stored>(folder: &Path) -> Result<Vec<T>, StoreError> {
    read_csv(&folder.join(format!("{}.csv", T::STEM)), |mut reader| {
        let heads = reader.headers()?.clone();
        let columns = T::columns();
        let places: Vec<Option<usize>> = columns
            .iter()
            .map(|column| heads.iter().position(|head| head == column.name()))
            .collect();
        let row = |record: csv::StringRecord| {
            let written = places.iter().map(|at| Some(Written::Text(record.get((*at)?)?)));
            let mut row = T::default();
            row.fill(&written.collect::<Option<Vec<_>>>()?).map(|()| row)
        };
        reader.records().map(|record| Ok(row(record?))).collect()
    })
}

/// Reads a CSV file by way of `of`, which gives none of what is damaged.
pub(super) fn read_csv<T>(
    path: &Path,
    of: impl FnOnce(csv::Reader<File>) -> Result<Option<Vec<T>>, csv::Error>,
) -> Result<Vec<T>, StoreError> {
    let damaged = || {
        StoreError::damaged(
            path,
            "the table is damaged or of another version: run the scenario again with --force",
        )
    };
    let wrong = |error: csv::Error| match error.into_kind() {
        csv::ErrorKind::Io(source) => StoreError::io(path, source),
        _ => damaged(),
    };
    let mut reader = csv::Reader::from_path(path).map_err(wrong)?;
    // Without rows nothing else tells that it is no table.
    if reader.headers().map_err(wrong)?.len() < 2 {
        return Err(damaged());
    }
    of(reader).map_err(wrong)?.ok_or_else(damaged)
}

/// Reads those rows of a table as Parquet whose texts in some columns, by number, are these.
pub(super) fn read_parquet_of<T: Stored>(
    folder: &Path,
    of: &[(usize, &str)],
) -> Result<Vec<T>, StoreError> {
    let path = folder.join(format!("{}.parquet", T::STEM));
    let why = "the table is damaged or of another version: run the command again with --force";
    let damaged = |_: ParquetError| StoreError::damaged(&path, why);
    let file = File::open(&path).map_err(StoreError::at(&path))?;
    let reader = SerializedFileReader::new(file).map_err(damaged)?;
    let mut rows = Vec::new();
    for found in reader.get_row_iter(None).map_err(damaged)? {
        let found = found.map_err(damaged)?;
        let mut wanted = true;
        for (at, text) in of {
            wanted &= match found.get_column_iter().nth(*at).map(|(_, field)| field) {
                Some(Field::Str(found)) => found == text,
                Some(Field::Null) => text.is_empty(),
                _ => return Err(StoreError::damaged(&path, why)),
            };
        }
        if wanted {
            let fields = found.get_column_iter().map(|(_, field)| Written::Field(field));
            let mut row = T::default();
            row.fill(&fields.collect::<Vec<_>>()).ok_or_else(|| StoreError::damaged(&path, why))?;
            rows.push(row);
        }
    }
    Ok(rows)
}
