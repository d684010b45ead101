//! Tables streamed to CSV and Parquet at once.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use parquet::basic::Compression;
use parquet::data_type::{ByteArray, ByteArrayType, DataType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::parser::parse_message_type;

use super::error::StoreError;

/// A column: its name, with the unit in it, and what it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// Whole numbers.
    Int(&'static str),
    /// Numbers; NaN is written as nothing.
    Float(&'static str),
    /// Texts.
    Text(&'static str),
}

impl Column {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Int(name) | Self::Float(name) | Self::Text(name) => name,
        }
    }
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
}

/// Rows held before they are written as one row group: what bounds memory.
const GROUP: usize = 8192;

/// Writes rows to `STEM.parquet` and, if asked, to `STEM.csv`. The same rows
/// give the same bytes.
pub struct TableWriter {
    columns: Vec<Column>,
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
        columns: &[Column],
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
        let fields: String = columns
            .iter()
            .map(|column| match column {
                Column::Int(name) => format!("OPTIONAL INT64 {name}; "),
                Column::Float(name) => format!("OPTIONAL DOUBLE {name}; "),
                Column::Text(name) => format!("OPTIONAL BYTE_ARRAY {name} (UTF8); "),
            })
            .collect();
        let wrong = |error| parquet_error(&parquet_path, error);
        let schema = parse_message_type(&format!("message {stem} {{ {fields}}}")).map_err(wrong)?;
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
                };
                (buffer, Vec::new())
            })
            .collect();
        Ok(Self {
            columns: columns.to_vec(),
            csv,
            csv_path,
            parquet,
            parquet_path,
            buffers,
            held: 0,
        })
    }

    /// Writes one row: a cell for each column, in order.
    ///
    /// # Errors
    /// If a file cannot be written.
    pub fn row(&mut self, cells: &[Cell<'_>]) -> Result<(), StoreError> {
        debug_assert_eq!(cells.len(), self.columns.len());
        if let Some(csv) = &mut self.csv {
            for cell in cells {
                let written = match cell {
                    Cell::Int(it) => csv.write_field(it.to_string()),
                    Cell::Float(it) if it.is_nan() => csv.write_field(""),
                    Cell::Float(it) => csv.write_field(it.to_string()),
                    Cell::Text(it) => csv.write_field(it),
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
                (Buffer::Text(values), Cell::Text(it)) => {
                    values.push(ByteArray::from(it.as_bytes().to_vec()));
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

/// Writes a table as CSV alone: its heads, then rows of as many cells.
pub(super) fn write_csv(
    path: &Path,
    heads: impl IntoIterator<Item = impl AsRef<[u8]>>,
    rows: impl Iterator<Item = Vec<String>>,
) -> Result<(), StoreError> {
    let wrong = |error| csv_error(path, error);
    let mut table = csv::Writer::from_path(path).map_err(wrong)?;
    table.write_record(heads).map_err(wrong)?;
    for row in rows {
        table.write_record(&row).map_err(wrong)?;
    }
    table.flush().map_err(StoreError::at(path))
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
