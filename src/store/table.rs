//! Tables streamed to CSV and Parquet at once: the same rows in both, and nothing in the
//! one where there is nothing in the other.

use std::borrow::Cow;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use parquet::basic::{Compression, ConvertedType, Repetition, Type as Physical};
use parquet::data_type::{ByteArray, ByteArrayType, DataType, DoubleType, Int32Type, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::Type;
use time::Date;

use super::error::StoreError;

/// A column: its name, with the unit in it, and what it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column<'n> {
    /// Whole numbers.
    Int(&'n str),
    /// Numbers, each with a point; NaN is written as nothing.
    Float(&'n str),
    /// Texts; an empty one is nothing.
    Text(&'n str),
    /// Dates, given as texts such as 2018-05-31; an empty one is nothing.
    Date(&'n str),
}

impl<'n> Column<'n> {
    pub(super) fn name(self) -> &'n str {
        match self {
            Self::Int(name) | Self::Float(name) | Self::Text(name) | Self::Date(name) => name,
        }
    }

    /// It in the schema of a Parquet file.
    fn field(self) -> Result<Type, ParquetError> {
        let (physical, converted) = match self {
            Self::Int(_) => (Physical::INT64, ConvertedType::NONE),
            Self::Float(_) => (Physical::DOUBLE, ConvertedType::NONE),
            Self::Text(_) => (Physical::BYTE_ARRAY, ConvertedType::UTF8),
            Self::Date(_) => (Physical::INT32, ConvertedType::DATE),
        };
        Type::primitive_type_builder(self.name(), physical)
            .with_repetition(Repetition::OPTIONAL)
            .with_converted_type(converted)
            .build()
    }
}

/// The Julian day of 1970-01-01, from which Parquet counts dates.
const EPOCH: i32 = 2_440_588;

/// The days from 1970-01-01 to a date such as 2018-05-31.
pub(super) fn days_of(text: &str) -> Option<i32> {
    let mut parts = text.splitn(3, '-').map(|part| part.parse::<u16>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    let month = time::Month::try_from(u8::try_from(month).ok()?).ok()?;
    let day = u8::try_from(day).ok()?;
    Some(Date::from_calendar_date(i32::from(year), month, day).ok()?.to_julian_day() - EPOCH)
}

/// A date such as 2018-05-31 from the days since 1970-01-01.
pub(super) fn date_of(days: i32) -> Option<String> {
    Date::from_julian_day(days.checked_add(EPOCH)?).ok().map(|it| it.to_string())
}

/// A text that a spreadsheet takes for a formula, with an apostrophe before it, as OWASP
/// advises (CSV injection); [`as_written`] takes it away again.
fn harmless(text: &str) -> Cow<'_, str> {
    match starts_formula(text) {
        true => Cow::Owned(format!("'{text}")),
        false => Cow::Borrowed(text),
    }
}

/// A text of a CSV file as it was before [`harmless`].
pub(super) fn as_written(text: &str) -> &str {
    text.strip_prefix('\'').filter(|rest| starts_formula(rest)).unwrap_or(text)
}

/// Whether a text begins as a formula does, behind apostrophes too.
fn starts_formula(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r'])
}

/// A number with a point, so that all of a column have one form.
fn decimal(number: f64) -> String {
    let text = number.to_string();
    if number.is_finite() && !text.contains('.') { format!("{text}.0") } else { text }
}

/// One cell of a row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Cell<'a> {
    /// A whole number.
    Int(i64),
    /// A number; NaN is nothing.
    Float(f64),
    /// A text.
    Text(&'a str),
    /// Nothing.
    None,
}

enum Buffer {
    Int(Vec<i64>),
    Float(Vec<f64>),
    Text(Vec<ByteArray>),
    Date(Vec<i32>),
}

/// Rows held before they are written as one row group: what bounds memory.
const GROUP: usize = 8192;

/// Writes rows to `STEM.parquet` and, if asked, to `STEM.csv`. The same rows
/// give the same bytes.
pub struct TableWriter {
    width: usize,
    csv: Option<csv::Writer<BufWriter<File>>>,
    csv_path: PathBuf,
    parquet: SerializedFileWriter<BufWriter<File>>,
    parquet_path: PathBuf,
    buffers: Vec<(Buffer, Vec<i16>)>,
    held: usize,
}

impl TableWriter {
    /// Creates both files in a folder.
    ///
    /// # Errors
    /// If a file cannot be created.
    pub fn create(
        folder: &Path,
        stem: &str,
        columns: &[Column<'_>],
        with_csv: bool,
    ) -> Result<Self, StoreError> {
        let csv_path = folder.join(format!("{stem}.csv"));
        let parquet_path = folder.join(format!("{stem}.parquet"));
        let csv = if with_csv {
            let file = File::create(&csv_path).map_err(StoreError::at(&csv_path))?;
            let mut writer = csv::Writer::from_writer(BufWriter::new(file));
            writer
                .write_record(columns.iter().map(|column| column.name()))
                .map_err(|error| csv_error(&csv_path, error))?;
            Some(writer)
        } else {
            None
        };
        let wrong = |error| parquet_error(&parquet_path, error);
        let fields = columns.iter().map(|column| column.field().map(Arc::new));
        let schema = fields
            .collect::<Result<_, _>>()
            .and_then(|fields| Type::group_type_builder(stem).with_fields(fields).build())
            .map_err(wrong)?;
        let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
        let file = File::create(&parquet_path).map_err(StoreError::at(&parquet_path))?;
        let parquet =
            SerializedFileWriter::new(BufWriter::new(file), Arc::new(schema), Arc::new(properties))
                .map_err(wrong)?;
        let buffers = columns
            .iter()
            .map(|column| {
                let buffer = match column {
                    Column::Int(_) => Buffer::Int(Vec::new()),
                    Column::Float(_) => Buffer::Float(Vec::new()),
                    Column::Text(_) => Buffer::Text(Vec::new()),
                    Column::Date(_) => Buffer::Date(Vec::new()),
                };
                (buffer, Vec::new())
            })
            .collect();
        Ok(Self { width: columns.len(), csv, csv_path, parquet, parquet_path, buffers, held: 0 })
    }

    /// Writes one row: a cell for each column, in order.
    ///
    /// # Errors
    /// If a file cannot be written.
    pub fn row(&mut self, cells: &[Cell<'_>]) -> Result<(), StoreError> {
        debug_assert_eq!(cells.len(), self.width);
        if let Some(csv) = &mut self.csv {
            for cell in cells {
                let written = match cell {
                    Cell::Int(it) => csv.write_field(it.to_string()),
                    Cell::Float(it) if it.is_nan() => csv.write_field(""),
                    Cell::Float(it) => csv.write_field(decimal(*it)),
                    Cell::Text(it) => csv.write_field(&*harmless(it)),
                    Cell::None => csv.write_field(""),
                };
                written.map_err(|error| csv_error(&self.csv_path, error))?;
            }
            csv.write_record(None::<&[u8]>).map_err(|error| csv_error(&self.csv_path, error))?;
        }
        for ((buffer, levels), cell) in self.buffers.iter_mut().zip(cells) {
            let present = match (buffer, cell) {
                (Buffer::Int(values), Cell::Int(it)) => {
                    values.push(*it);
                    true
                }
                (Buffer::Float(values), Cell::Float(it)) if !it.is_nan() => {
                    values.push(*it);
                    true
                }
                (Buffer::Text(values), Cell::Text(it)) if !it.is_empty() => {
                    values.push(ByteArray::from(it.as_bytes().to_vec()));
                    true
                }
                (Buffer::Date(values), Cell::Text(it)) if !it.is_empty() => {
                    let no_date = || format!("{it:?} is no date");
                    let days = days_of(it).ok_or_else(no_date);
                    values.push(days.map_err(|why| StoreError::damaged(&self.parquet_path, why))?);
                    true
                }
                _ => false,
            };
            levels.push(i16::from(present));
        }
        self.held += 1;
        if self.held == GROUP {
            self.flush_group()?;
        }
        Ok(())
    }

    fn flush_group(&mut self) -> Result<(), StoreError> {
        if self.held == 0 {
            return Ok(());
        }
        let path = self.parquet_path.clone();
        let wrong = |error| parquet_error(&path, error);
        let mut group = self.parquet.next_row_group().map_err(wrong)?;
        for (buffer, levels) in &mut self.buffers {
            let Some(mut column) = group.next_column().map_err(wrong)? else {
                break;
            };
            match buffer {
                Buffer::Int(values) => put::<Int64Type>(&mut column, values, levels),
                Buffer::Float(values) => put::<DoubleType>(&mut column, values, levels),
                Buffer::Text(values) => put::<ByteArrayType>(&mut column, values, levels),
                Buffer::Date(values) => put::<Int32Type>(&mut column, values, levels),
            }
            .map_err(wrong)?;
            column.close().map_err(wrong)?;
        }
        group.close().map_err(wrong)?;
        self.held = 0;
        Ok(())
    }

    /// Writes what is held and closes both files.
    ///
    /// # Errors
    /// If a file cannot be written.
    pub fn finish(mut self) -> Result<(), StoreError> {
        self.flush_group()?;
        let path = &self.parquet_path;
        let mut file = self.parquet.into_inner().map_err(|error| parquet_error(path, error))?;
        file.flush().map_err(StoreError::at(path))?;
        if let Some(csv) = self.csv {
            let mut file = csv
                .into_inner()
                .map_err(|error| StoreError::io(&self.csv_path, error.into_error()))?;
            file.flush().map_err(StoreError::at(&self.csv_path))?;
        }
        Ok(())
    }
}

/// Writes what is held of a column, and holds it no longer.
fn put<T: DataType>(
    column: &mut SerializedColumnWriter<'_>,
    values: &mut Vec<T::T>,
    levels: &mut Vec<i16>,
) -> Result<(), ParquetError> {
    column.typed::<T>().write_batch(values, Some(levels), None)?;
    values.clear();
    levels.clear();
    Ok(())
}

pub(super) fn csv_error(path: &Path, error: csv::Error) -> StoreError {
    match error.into_kind() {
        csv::ErrorKind::Io(source) => StoreError::io(path, source),
        other => StoreError::damaged(path, format!("{other:?}")),
    }
}

fn parquet_error(path: &Path, error: ParquetError) -> StoreError {
    match error {
        ParquetError::External(source) => match source.downcast::<std::io::Error>() {
            Ok(source) => StoreError::io(path, *source),
            Err(source) => StoreError::damaged(path, source.to_string()),
        },
        other => StoreError::damaged(path, other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_no_formulas_and_come_back() {
        for text in ["=1+1", "+1", "-1", "@a", "\ta", "\ra", "'=1", "''-x"] {
            let written = harmless(text);
            assert!(written.starts_with('\''), "{written}");
            assert_eq!(as_written(&written), text);
        }
        for text in ["", "a", "a=1", "'a", "'", "1-2", "1974-05-31", "é"] {
            assert_eq!(harmless(text), text);
            assert_eq!(as_written(text), text);
        }
    }

    #[test]
    fn dates_are_days_since_1970() {
        for (text, days) in [("1970-01-01", 0), ("1969-12-31", -1), ("2018-05-31", 17_682)] {
            assert_eq!(days_of(text), Some(days), "{text}");
            assert_eq!(date_of(days).as_deref(), Some(text));
        }
        for text in ["", "2018", "2018-13-01", "2018-02-30", "x-y-z"] {
            assert_eq!(days_of(text), None, "{text}");
        }
    }

    #[test]
    fn numbers_of_a_column_have_one_form() {
        let written = [0.0, 1.0, 0.5, -3.0, 1e21, 1e-7, f64::INFINITY].map(decimal);
        let wanted = ["0.0", "1.0", "0.5", "-3.0", "1000000000000000000000.0", "0.0000001", "inf"];
        assert_eq!(written, wanted);
    }
}
