//! Pictures, made anew from their pixels: what the camera wrote into them (when, where, by which device) is gone, and so is whatever else was hidden.

use std::{
    fs::File,
    io::{BufReader, BufWriter, Write},
};

use image::{
    DynamicImage, GenericImageView, ImageDecoder, ImageFormat, ImageReader, ImageResult, Limits, Rgb, RgbImage,
    codecs::{
        jpeg::JpegEncoder,
        png::{CompressionType, FilterType, PngEncoder},
    },
    metadata::Orientation,
};
use model::{
    files::Media,
    refusal::{Code, Refusal},
};

use super::{Kept, measure};
use crate::{
    error::Fault,
    files::receive::{Received, Temp, disk},
};

/// Of a picture at most, so that a few bytes never become an ocean.
pub const MEGAPIXELS: u64 = 40;
/// Of memory while it is decoded.
const MEMORY: u64 = 256 << 20;
/// How wide and how high a small copy is at most.
const SMALL: u32 = 640;
const QUALITY: u8 = 88;
const SMALL_QUALITY: u8 = 80;

pub fn anew(received: &Received, media: Media) -> Result<Kept, Fault> {
    let picture = decode(received, media)?;
    let media = match media {
        Media::Webp if picture.color().has_alpha() => Media::Png,
        Media::Webp => Media::Jpeg,
        media => media,
    };
    let size = picture.dimensions();
    // Before the large one is given away to its encoder.
    let small = (size.0 > SMALL || size.1 > SMALL).then(|| picture.thumbnail(SMALL, SMALL));
    let temp = received.temp.beside();
    write(&temp, |out| match media {
        Media::Png => png(out, eight_bits(picture)),
        _ => jpeg(out, picture, QUALITY),
    })?;
    let (bytes, sha256) = measure(&temp).map_err(disk)?;
    let small = match small {
        Some(small) => {
            let temp = received.temp.beside();
            write(&temp, |out| jpeg(out, small, SMALL_QUALITY))?;
            let (bytes, _) = measure(&temp).map_err(disk)?;
            Some((temp, bytes))
        }
        None => None,
    };
    Ok(Kept { media, temp, bytes, sha256, size: Some(size), small })
}

/// Turned as it is to be seen.
fn decode(received: &Received, media: Media) -> Result<DynamicImage, Fault> {
    let format = match media {
        Media::Png => ImageFormat::Png,
        Media::Webp => ImageFormat::WebP,
        _ => ImageFormat::Jpeg,
    };
    let file = File::open(received.temp.path()).map_err(disk)?;
    let mut reader = ImageReader::with_format(BufReader::new(file), format);
    let mut limits = Limits::default();
    limits.max_alloc = Some(MEMORY);
    reader.limits(limits);
    let unreadable = |_| Fault::from(Refusal::of(Code::FileImage).at("file").fact("mpx", MEGAPIXELS));
    let mut decoder = reader.into_decoder().map_err(unreadable)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MEGAPIXELS * 1_000_000 || decoder.total_bytes() > MEMORY {
        return Err(Refusal::of(Code::FileImage).at("file").fact("mpx", MEGAPIXELS).into());
    }
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder).map_err(unreadable)?;
    picture.apply_orientation(orientation);
    Ok(picture)
}

fn write(temp: &Temp, encode: impl FnOnce(&mut BufWriter<File>) -> ImageResult<()>) -> Result<(), Fault> {
    let mut out = BufWriter::with_capacity(64 << 10, File::create(temp.path()).map_err(disk)?);
    encode(&mut out).map_err(|error| match error {
        image::ImageError::IoError(error) => disk(error),
        _ => Refusal::of(Code::FileImage).at("file").fact("mpx", MEGAPIXELS).into(),
    })?;
    out.flush().map_err(disk)
}

fn png(out: &mut BufWriter<File>, picture: DynamicImage) -> ImageResult<()> {
    picture.write_with_encoder(PngEncoder::new_with_quality(out, CompressionType::Default, FilterType::Adaptive))
}

fn jpeg(out: &mut BufWriter<File>, picture: DynamicImage, quality: u8) -> ImageResult<()> {
    let encoder = JpegEncoder::new_with_quality(out, quality);
    match eight_bits(picture) {
        picture @ (DynamicImage::ImageLuma8(_) | DynamicImage::ImageRgb8(_)) => picture.write_with_encoder(encoder),
        picture => on_white(&picture).write_with_encoder(encoder),
    }
}

/// In as few bytes a pixel as show it.
fn eight_bits(picture: DynamicImage) -> DynamicImage {
    use DynamicImage::{ImageLuma8, ImageLuma16, ImageLumaA8, ImageLumaA16, ImageRgb8, ImageRgba8};
    match picture {
        ImageLuma8(_) | ImageLumaA8(_) | ImageRgb8(_) | ImageRgba8(_) => picture,
        ImageLuma16(_) => ImageLuma8(picture.into_luma8()),
        ImageLumaA16(_) => ImageLumaA8(picture.into_luma_alpha8()),
        picture if picture.color().has_alpha() => ImageRgba8(picture.into_rgba8()),
        picture => ImageRgb8(picture.into_rgb8()),
    }
}

/// JPEG knows no transparency.
fn on_white(picture: &DynamicImage) -> RgbImage {
    let (width, height) = picture.dimensions();
    RgbImage::from_fn(width, height, |x, y| {
        let [red, green, blue, alpha] = picture.get_pixel(x, y).0;
        let over = |colour: u8| {
            let mixed = (u32::from(colour) * u32::from(alpha) + 255 * (255 - u32::from(alpha))) / 255;
            u8::try_from(mixed).unwrap_or(255)
        };
        Rgb([over(red), over(green), over(blue)])
    })
}
