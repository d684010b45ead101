//! Reading files that somebody else may have written: only regular files, only so long.

use std::fs::{File, Metadata, metadata};
use std::io::{Error, ErrorKind, Read};
use std::path::Path;

/// The text of a regular file of at most `most` bytes, behind a link too, without a
/// byte-order mark. A pipe or a device is not even opened.
///
/// # Errors
/// Of the system, or in words that say what to do.
pub fn read_text(path: &Path, most: usize) -> Result<String, Error> {
    regular(&metadata(path)?)?;
    let file = File::open(path)?;
    // The file may have been replaced in between.
    regular(&file.metadata()?)?;
    let mut bytes = Vec::new();
    file.take((most as u64).saturating_add(1)).read_to_end(&mut bytes)?;
    if bytes.len() > most {
        return Err(Error::new(
            ErrorKind::FileTooLarge,
            format!("it is longer than {}, the most that is read", size(most)),
        ));
    }
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(Error::new(ErrorKind::InvalidData, "it is UTF-16 text: save it as UTF-8"));
    }
    let mut text = String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        Error::new(
            ErrorKind::InvalidData,
            format!("it is not UTF-8 text (byte {at}): save it as UTF-8"),
        )
    })?;
    if text.starts_with('\u{feff}') {
        text.remove(0);
    }
    Ok(text)
}

fn regular(found: &Metadata) -> Result<(), Error> {
    if found.is_dir() {
        let why = "it is a folder: name a file";
        return Err(Error::new(ErrorKind::IsADirectory, why));
    }
    if !found.is_file() {
        let why = "it is a pipe, a device or a socket: name a regular file";
        return Err(Error::new(ErrorKind::InvalidInput, why));
    }
    Ok(())
}

fn size(bytes: usize) -> String {
    match bytes >> 20 {
        0 => format!("{bytes} bytes"),
        mebibytes => format!("{mebibytes} MiB"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_utf8_with_a_byte_order_mark_or_without() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.geojson");
        let read = |bytes: &[u8]| {
            std::fs::write(&file, bytes).unwrap();
            read_text(&file, 100).map_err(|error| error.to_string())
        };
        assert_eq!(read(b"{}"), Ok("{}".to_owned()));
        assert_eq!(read(b"\xef\xbb\xbf{}"), Ok("{}".to_owned()));
        for utf16 in [b"\xff\xfe{\0}\0", b"\xfe\xff\0{\0}"] {
            assert_eq!(read(utf16), Err("it is UTF-16 text: save it as UTF-8".to_owned()));
        }
        assert!(read(b"{\xff}").unwrap_err().contains("byte 1"));
    }
}
