//! What the demo's people attached: tables, forms to fill in and pictures of figures, made here.

use std::{convert::Infallible, io::Write};

use futures_util::stream;
use image::{ImageFormat, Rgb, RgbImage};
use model::{
    files::FileOf,
    ids::{FileId, ItemId},
    time::{Millis, Timestamp},
};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

use super::Cast;
use crate::{
    app::App,
    error::{Fault, OrMissing},
    files::{Files, inspect::inspect, receive::receive, store},
    practices, problems,
};

struct Sample {
    of: FileOf,
    /// Of the problem or practice.
    key: &'static str,
    name: &'static str,
    bytes: fn() -> Result<Vec<u8>, anyhow::Error>,
}

const SAMPLES: [Sample; 6] = [
    Sample {
        of: FileOf::Problem,
        key: "isivertinimas",
        name: "Įsivertinimai pagal kriterijus, savaitėmis.csv",
        bytes: || {
            Ok("savaitė;įsivertino pagal kriterijus, proc.;lapelių\n1;18;52\n2;21;55\n3;29;54\n4;34;51\n5;47;56\n6;52;55\n7;58;53\n8;63;57\n".into())
        },
    },
    Sample {
        of: FileOf::Problem,
        key: "isivertinimas",
        name: "Kaip keitėsi įsivertinimai.png",
        bytes: || bars(&[18, 21, 29, 34, 47, 52, 58, 63]),
    },
    Sample {
        of: FileOf::Problem,
        key: "motyvacija",
        name: "Apklausa 7–8 klasėse.csv",
        bytes: || {
            Ok("teiginys;sutinka, proc.;iš dalies;nesutinka\nPamokose man įdomu;34;41;25\nGaliu rinktis, kaip atlikti užduotį;31;28;41\nŽinau, pagal ką vertinama;46;33;21\nMano pastangos ką nors keičia;38;37;25\n".into())
        },
    },
    Sample {
        of: FileOf::Practice,
        key: "isivertinimo_lapas",
        name: "Įsivertinimo lapas.odt",
        bytes: || {
            letter(&[
                "Įsivertinimo lapas",
                "1. Kriterijus: ……………………… Man pavyko, nes ………………………",
                "2. Kriterijus: ……………………… Man pavyko, nes ………………………",
                "3. Kriterijus: ……………………… Man dar reikia ………………………",
                "Kitą kartą bandysiu: ………………………",
            ])
        },
    },
    Sample {
        of: FileOf::Practice,
        key: "tevu_kavine",
        name: "Vakaro eiga ir temų kortelės.md",
        bytes: || {
            Ok("# Tėvų kavinė\n\n17.30 – stalai, arbata, kortelės ant stalų.\n18.00 – viena taisyklė: apie konkrečius vaikus prie stalo nekalbame.\n18.05 – pokalbiai, kas 20 minučių galima keisti stalą.\n19.45 – lapelis prie durų: ką išsinešu, ko pasigedau.\n\n## Temos\n\n- Namų darbai: kiek ir kam?\n- Ekranai vakare\n- Kai nesinori į mokyklą\n- Ką vaikas pasako pats?\n- Kaip mums susikalbėti be dienyno?\n".into())
        },
    },
    Sample {
        of: FileOf::Practice,
        key: "tevu_kavine",
        name: "Šeimos keturiose kavinėse – 41, 58, 72, 87.png",
        bytes: || bars(&[41, 58, 72, 87]),
    },
];

/// Attaches them; what there is of the demo was committed before.
pub async fn load(app: &App, cast: &Cast) -> Result<(), Fault> {
    let mut rows = Vec::new();
    let pending = app.files.pending().await;
    for (number, sample) in SAMPLES.iter().enumerate() {
        let item = match sample.of {
            FileOf::Problem => cast.problems.get(sample.key).map(|id| ItemId::from_uuid(id.uuid())),
            FileOf::Practice => cast.practices.get(sample.key).map(|id| ItemId::from_uuid(id.uuid())),
        };
        let body = stream::iter([Ok::<_, Infallible>((sample.bytes)()?.into())]);
        let settings = &app.files.settings;
        let received = receive(body, &app.files.incoming(), settings.limits.file, settings.silent).await?;
        let name = model::files::clean(sample.name)?;
        let kept = inspect(received, &name, None, settings.limits.file, false)?;
        let object = Files::new_key();
        app.files.put_all(&object, &kept).await?;
        let at = Timestamp(app.now().ms() - Millis::days(9 - number as i64).ms());
        rows.push(kept.row(app.id_at::<FileId>(at), sample.of, item.or_missing()?, name, object, at));
    }
    let mut tx = app.db.write().await?;
    for row in &rows {
        let (space, author) = match row.kind {
            FileOf::Problem => {
                let of = problems::store::find(&mut tx, model::ids::ProblemId::from_uuid(row.item.uuid()))
                    .await?
                    .or_missing()?;
                (of.space, of.author)
            }
            FileOf::Practice => {
                let of = practices::store::find(&mut tx, model::ids::PracticeId::from_uuid(row.item.uuid()))
                    .await?
                    .or_missing()?;
                (of.space, of.author)
            }
        };
        store::insert(&mut tx, row, space, author).await?;
    }
    tx.commit().await?;
    drop(pending);
    app.content.changed();
    Ok(())
}

/// A text of OpenDocument with one paragraph a line.
fn letter(lines: &[&str]) -> anyhow::Result<Vec<u8>> {
    let mut zip = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    zip.start_file("mimetype", stored)?;
    zip.write_all(b"application/vnd.oasis.opendocument.text")?;
    let packed = SimpleFileOptions::default();
    zip.start_file("META-INF/manifest.xml", packed)?;
    zip.write_all(
        br#"<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2"><manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>"#,
    )?;
    zip.start_file("content.xml", packed)?;
    let paragraphs: String = lines.iter().map(|line| format!("<text:p>{line}</text:p><text:p/>")).collect();
    write!(
        zip,
        r#"<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2"><office:body><office:text>{paragraphs}</office:text></office:body></office:document-content>"#
    )?;
    Ok(zip.finish()?.into_inner())
}

/// Columns of so many per cent, with a line at each quarter.
fn bars(values: &[u32]) -> anyhow::Result<Vec<u8>> {
    const WIDTH: u32 = 960;
    const HEIGHT: u32 = 600;
    const FOOT: u32 = 560;
    let step = (WIDTH - 80) / u32::try_from(values.len())?.max(1);
    let picture = RgbImage::from_fn(WIDTH, HEIGHT, |x, y| {
        let at = x.checked_sub(60).map(|x| (x / step, x % step));
        let column = at.and_then(|(number, inside)| {
            let value = *values.get(number as usize)?;
            (inside > step / 6 && inside < step * 5 / 6 && y <= FOOT && y >= FOOT - value * 5).then_some(())
        });
        match column {
            Some(()) => Rgb([28, 95, 144]),
            None if y == FOOT || (y < FOOT && (FOOT - y).is_multiple_of(125)) => Rgb([200, 196, 186]),
            None => Rgb([255, 255, 255]),
        }
    });
    let mut out = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut out, ImageFormat::Png)?;
    Ok(out.into_inner())
}
