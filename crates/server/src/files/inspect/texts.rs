//! Plain text, tables of values and Markdown: kept as UTF-8.

use std::{
    fs::File,
    io::{BufReader, BufWriter, Read, Write},
};

use encoding_rs::{Decoder, Encoding, UTF_8, WINDOWS_1257};
use model::{files::Media, refusal::Code};

use super::{Kept, as_it_came, guarded, measure, reading::Reading, refused};
use crate::{
    error::Fault,
    files::receive::{Received, disk},
};

const PIECE: usize = 32 << 10;

/// A text in UTF-8 is kept byte for byte. What spreadsheets on Lithuanian Windows write, in the code page of the Baltic languages, becomes UTF-8.
pub fn read(received: Received, media: Media, sure: bool) -> Result<Kept, Fault> {
    let mut reading = Reading::new(sure);
    if decode(&received, UTF_8, |text| {
        reading.push(text.as_bytes());
        Ok(())
    })? {
        guarded(reading.end())?;
        return Ok(as_it_came(received, media));
    }
    let mut reading = Reading::new(sure);
    let anew = received.temp.beside();
    let mut out = BufWriter::new(File::create(anew.path()).map_err(disk)?);
    let whole = decode(&received, WINDOWS_1257, |text| {
        reading.push(text.as_bytes());
        out.write_all(text.as_bytes())
    })?;
    out.flush().map_err(disk)?;
    if !whole {
        return Err(refused(Code::FileLie));
    }
    guarded(reading.end())?;
    let (bytes, sha256) = measure(&anew).map_err(disk)?;
    Ok(Kept { media, temp: anew, bytes, sha256, size: None, small: None })
}

/// Shows all of a kept text to the reading.
pub fn kept(received: &Received, mut reading: Reading) -> Result<Reading, Fault> {
    decode(received, UTF_8, |text| {
        reading.push(text.as_bytes());
        Ok(())
    })?;
    Ok(reading)
}

/// Shows the text piece by piece; false when it is not in this encoding.
///
/// # Errors
/// `file.lie` when it holds what no text does.
fn decode(
    received: &Received,
    encoding: &'static Encoding,
    mut each: impl FnMut(&str) -> std::io::Result<()>,
) -> Result<bool, Fault> {
    let mut file = BufReader::new(File::open(received.temp.path()).map_err(disk)?);
    let mut decoder: Decoder = encoding.new_decoder_without_bom_handling();
    let (mut bytes, mut text) = (vec![0; PIECE], String::with_capacity(4 * PIECE));
    loop {
        let read = file.read(&mut bytes).map_err(disk)?;
        let (_, _, wrong) = decoder.decode_to_string(&bytes[..read], &mut text, read == 0);
        if wrong {
            return Ok(false);
        }
        if text.chars().any(is_no_text) {
            return Err(refused(Code::FileLie));
        }
        each(&text).map_err(disk)?;
        text.clear();
        if read == 0 {
            return Ok(true);
        }
    }
}

fn is_no_text(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{C}')
}
