//! The table that one takes away: comma-separated or as a workbook.

use ::pages::address::template;
use axum::{
    body::Body,
    extract::{Request, State},
    http::{HeaderValue, header},
    response::Response,
};
use model::{address::BASE, endpoint::Endpoint};
use rust_xlsxwriter::{Format, Workbook};
use text::{Lang, attendance as t, time};

use super::*;
use crate::{
    doors::{Incoming, Visit, problem, refused},
    export::csv,
};

pub fn routes() -> Routes {
    Routes::new()
        .bytes::<DownloadAttendanceCsv, _, _>(call_csv)
        .bytes::<DownloadAttendanceXlsx, _, _>(call_xlsx)
        .file(template::attendance_csv, page_csv)
        .file(template::attendance_xlsx, page_xlsx)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Csv,
    Xlsx,
}

async fn call_csv(State(app): State<App>, request: Request) -> Response {
    called(app, request, DownloadAttendanceCsv::PATH, Kind::Csv).await
}

async fn call_xlsx(State(app): State<App>, request: Request) -> Response {
    called(app, request, DownloadAttendanceXlsx::PATH, Kind::Xlsx).await
}

async fn page_csv(State(app): State<App>, request: Request) -> Response {
    shown(app, request, template::attendance_csv, Kind::Csv).await
}

async fn page_xlsx(State(app): State<App>, request: Request) -> Response {
    shown(app, request, template::attendance_xlsx, Kind::Xlsx).await
}

async fn called(app: App, request: Request, path: &str, kind: Kind) -> Response {
    let (incoming, _, known) = Incoming::take(&app, request, &format!("{BASE}{path}")).await;
    let visit = Visit::of(&app, &incoming, incoming.uri.path().to_owned());
    match sent(&app, &visit, known, kind).await {
        Ok(response) => response,
        Err(fault) => problem(&incoming, &fault),
    }
}

async fn shown(app: App, request: Request, at: &str, kind: Kind) -> Response {
    let (incoming, _, known) = Incoming::take(&app, request, at).await;
    let visit = Visit::of(&app, &incoming, incoming.uri.path().to_owned());
    match sent(&app, &visit, known, kind).await {
        Ok(response) => response,
        Err(fault) => refused(&incoming, &visit.ctx, &fault),
    }
}

async fn sent(app: &App, visit: &Visit, known: Result<(), Fault>, kind: Kind) -> Result<Response, Fault> {
    known?;
    let session = visit.param("session")?;
    let mut tx = app.read().await?;
    sessions::find(&mut tx, &visit.actor, Action::SeeAttendance, session).await?;
    let attendance = gather(app, &mut tx, &visit.actor, session).await?;
    drop(tx);
    let (bytes, media, name) = match kind {
        Kind::Csv => (
            comma_separated(visit.ctx.lang, &attendance),
            "text/csv; charset=utf-8",
            "attachment; filename=\"lankomumas.csv\"",
        ),
        Kind::Xlsx => (
            workbook(visit.ctx.lang, &attendance)?,
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "attachment; filename=\"lankomumas.xlsx\"",
        ),
    };
    let mut response = Response::new(Body::from(bytes));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media));
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static(name));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

enum Cell {
    Text(String),
    Number(i64),
}

/// A row a person; times by the clock of Vilnius.
fn rows(lang: Lang, attendance: &Attendance) -> Vec<Vec<Cell>> {
    let people = attendance.people.iter().flatten();
    let row = |one: &PersonAttendance| {
        let clock = |at: Option<Timestamp>| Cell::Text(at.map(|at| time::date_time(at.ms())).unwrap_or_default());
        let corrections: i64 = one.corrections.iter().map(|entry| entry.minutes).sum();
        let why: Vec<_> = one.corrections.iter().map(|entry| entry.reason.as_str()).collect();
        vec![
            Cell::Text(::pages::ui::who(lang, &one.name).to_owned()),
            Cell::Text(one.team.clone().unwrap_or_default()),
            Cell::Text(one.school.clone().unwrap_or_default()),
            clock(one.intervals.first().map(|interval| interval.from)),
            clock(one.intervals.last().map(|interval| interval.to)),
            Cell::Number(one.intervals.len() as i64),
            Cell::Number(one.counted.minutes),
            Cell::Number(one.counted.percent),
            Cell::Text(if one.counted.attended { t::yes(lang) } else { t::no(lang) }.to_owned()),
            Cell::Number(corrections),
            Cell::Text(why.join("; ")),
            Cell::Text(one.with.as_deref().map(|host| ::pages::ui::who(lang, host).to_owned()).unwrap_or_default()),
        ]
    };
    people.map(row).collect()
}

fn comma_separated(lang: Lang, attendance: &Attendance) -> Vec<u8> {
    let plain = |cell: Cell| match cell {
        Cell::Text(text) => text,
        Cell::Number(number) => number.to_string(),
    };
    csv(&t::columns(lang), rows(lang, attendance).into_iter().map(|row| row.into_iter().map(plain).collect()))
}

fn workbook(lang: Lang, attendance: &Attendance) -> anyhow::Result<Vec<u8>> {
    let mut book = Workbook::new();
    // Nothing of the machine stands in it, and the same table is the same file.
    let held = rust_xlsxwriter::ExcelDateTime::from_timestamp(attendance.opened_at.ms() / 1_000)?;
    book.set_properties(&rust_xlsxwriter::DocProperties::new().set_creation_datetime(&held));
    let sheet = book.add_worksheet();
    sheet.set_name(t::title(lang))?;
    let bold = Format::new().set_bold();
    let card = &attendance.card;
    sheet.write_string_with_format(0, 0, &card.title, &bold)?;
    sheet.write_string(1, 0, format!("{}, {}", card.space_name, time::date_time(attendance.opened_at.ms())))?;
    sheet.write_string(2, 0, t::length(lang, attendance.minutes, attendance.share))?;
    const HEAD: u32 = 4;
    for (column, name) in (0u16..).zip(t::columns(lang)) {
        sheet.write_string_with_format(HEAD, column, name, &bold)?;
    }
    for (number, row) in (HEAD + 1..).zip(rows(lang, attendance)) {
        for (column, cell) in (0u16..).zip(row) {
            match cell {
                Cell::Text(text) => sheet.write_string(number, column, text)?,
                Cell::Number(value) => sheet.write_number(number, column, value as f64)?,
            };
        }
    }
    sheet.set_freeze_panes(HEAD + 1, 1)?;
    sheet.autofit();
    Ok(book.save_to_buffer()?)
}
