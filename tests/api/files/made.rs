//! Files as people and as attackers make them.

use std::io::{Cursor, Write};

use image::{DynamicImage, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

pub const PDF: &[u8] = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n";
/// Right by its checksum and its date.
pub const PERSONAL_CODE: &str = "38703181745";

/// A document with its parts, and others as they are given.
fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        let plain = matches!(*name, "mimetype");
        let method = if plain { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        zip.start_file(*name, SimpleFileOptions::default().compression_method(method)).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

pub fn docx_with(body: &str, more: &[(&str, &[u8])]) -> Vec<u8> {
    let types = r#"<Types><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#;
    let document = format!("<w:document><w:body>{body}</w:body></w:document>");
    let mut parts: Vec<(&str, &[u8])> =
        vec![("[Content_Types].xml", types.as_bytes()), ("word/document.xml", document.as_bytes())];
    parts.extend_from_slice(more);
    zipped(&parts)
}

pub fn docx(text: &str) -> Vec<u8> {
    docx_with(&format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"), &[])
}

pub fn xlsx(cells: &[&str]) -> Vec<u8> {
    let types = r#"<Types><Override ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>"#;
    let rows: String = cells.iter().map(|cell| format!("<row><c><v>{cell}</v></c></row>")).collect();
    let sheet = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
    zipped(&[("[Content_Types].xml", types.as_bytes()), ("xl/worksheets/sheet1.xml", sheet.as_bytes())])
}

pub fn pptx(text: &str) -> Vec<u8> {
    let types = r#"<Types><Override ContentType="application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"/></Types>"#;
    let slide = format!("<p:sld><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:sld>");
    zipped(&[("[Content_Types].xml", types.as_bytes()), ("ppt/slides/slide1.xml", slide.as_bytes())])
}

pub fn odt(text: &str) -> Vec<u8> {
    let content = format!("<office:text><text:p>{text}</text:p></office:text>");
    zipped(&[("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", content.as_bytes())])
}

/// Many times as large as it is.
pub fn bomb() -> Vec<u8> {
    docx_with("", &[("word/media/bomb.bin", &vec![0; 30 << 20])])
}

/// Of more parts than any document has.
pub fn crowd() -> Vec<u8> {
    let names: Vec<String> = (0..5_001).map(|n| format!("word/{n}")).collect();
    let parts: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b""[..])).collect();
    docx_with("", &parts)
}

/// Wider than high, with its upper left corner red.
pub fn jpeg(width: u32, height: u32) -> Vec<u8> {
    let red = |x, y| if x < width / 2 && y < height / 2 { Rgb([220, 20, 20]) } else { Rgb([240, 240, 240]) };
    encoded(DynamicImage::ImageRgb8(RgbImage::from_fn(width, height, red)), ImageFormat::Jpeg)
}

pub fn png(width: u32, height: u32) -> Vec<u8> {
    let clear = |x, _| Rgba([20, 20, 220, if x % 2 == 0 { 255 } else { 0 }]);
    encoded(DynamicImage::ImageRgba8(RgbaImage::from_fn(width, height, clear)), ImageFormat::Png)
}

pub fn webp(width: u32, height: u32) -> Vec<u8> {
    encoded(DynamicImage::ImageRgb8(RgbImage::from_pixel(width, height, Rgb([1, 2, 3]))), ImageFormat::WebP)
}

fn encoded(picture: DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    picture.write_to(&mut out, format).unwrap();
    out.into_inner()
}

/// The picture as a camera on its side writes it: with an orientation (6, to be turned by 90 degrees) and a place.
pub fn with_exif(jpeg: &[u8]) -> Vec<u8> {
    let mut exif = b"Exif\0\0II*\0\x08\0\0\0".to_vec();
    // Two entries: the orientation, and the device, whose text follows the list.
    exif.extend_from_slice(b"\x02\0");
    exif.extend_from_slice(b"\x12\x01\x03\0\x01\0\0\0\x06\0\0\0");
    exif.extend_from_slice(b"\x10\x01\x02\0\x14\0\0\0\x26\0\0\0");
    exif.extend_from_slice(b"\0\0\0\0");
    exif.extend_from_slice(b"GPS 55.2453 24.7656\0");
    let mut out = jpeg[..2].to_vec();
    out.extend_from_slice(b"\xFF\xE1");
    out.extend_from_slice(&u16::try_from(exif.len() + 2).unwrap().to_be_bytes());
    out.extend_from_slice(&exif);
    out.extend_from_slice(&jpeg[2..]);
    out
}

/// A picture of few bytes that says it is 60,000 by 60,000 pixels.
pub fn ocean() -> Vec<u8> {
    let mut png = png(2, 2);
    png[16..24].copy_from_slice(b"\0\0\xEA\x60\0\0\xEA\x60");
    let crc = crc32(&png[12..29]);
    png[29..33].copy_from_slice(&crc.to_be_bytes());
    png
}

fn crc32(bytes: &[u8]) -> u32 {
    let mut crc = u32::MAX;
    for byte in bytes {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 { (crc >> 1) ^ 0xEDB8_8320 } else { crc >> 1 };
        }
    }
    !crc
}
