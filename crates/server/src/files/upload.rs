//! The doors by which files come in: a call whose body is the file, and a form of a browser without scripts.

use std::{
    future::Future,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
    task::{Context, Poll},
};

use axum::{
    body::BodyDataStream,
    extract::{Request, State},
    http::{HeaderMap, header},
    response::Response,
};
use bytes::Bytes;
use futures_util::{Stream, StreamExt};
use model::{
    access::Action,
    endpoint::Endpoint,
    files::*,
    form as pairs,
    ids::*,
    refusal::{Code, Refusal},
};
use multer::{Constraints, Multipart, SizeLimit};
use pages::address::template;
use tokio::time::timeout;

use super::{
    attach, inspect, item_address, place,
    receive::{Received, large, receive, slow},
    room,
};
use crate::{
    app::App,
    disk,
    doors::{
        Drawn, Incoming, Visit, answered,
        once::{self, Key},
        problem, read_call, redraw, schema, see_other,
    },
    error::Fault,
    practices, problems,
};

/// How much of a field beside the file is read, in bytes.
const FIELD: u64 = 4 << 10;
/// What a form has around the file at most, in bytes; all that its parser may hold.
const AROUND: u64 = 256 << 10;
/// Of a refused body what is still taken, so that the browser reads the answer instead of a broken connection.
const LINGER: u64 = 64 << 20;
const LINGER_FOR: std::time::Duration = std::time::Duration::from_secs(20);

type Drawing = Pin<Box<dyn Future<Output = Drawn> + Send>>;

/// A call whose body is a file.
pub trait Attach: Endpoint<Response = File> + Clone {
    /// Where its form is posted to, and the page that the form stands on.
    const FORM: &'static str;
    const PAGE: &'static str;

    fn draw(app: App, visit: Visit) -> Drawing;
    fn to(&self) -> (FileOf, ItemId);
    fn name(&self) -> &str;
    fn sure(&self) -> bool;
}

impl Attach for AttachToPractice {
    const FORM: &'static str = template::practice_attach;
    const PAGE: &'static str = template::practice;

    fn draw(app: App, visit: Visit) -> Drawing {
        Box::pin(practices::pages::practice(app, visit))
    }

    fn to(&self) -> (FileOf, ItemId) {
        (FileOf::Practice, ItemId::from_uuid(self.practice.uuid()))
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn sure(&self) -> bool {
        self.sure
    }
}

impl Attach for AttachToProblem {
    const FORM: &'static str = template::problem_attach;
    const PAGE: &'static str = template::problem;

    fn draw(app: App, visit: Visit) -> Drawing {
        Box::pin(problems::pages::problem(app, visit))
    }

    fn to(&self) -> (FileOf, ItemId) {
        (FileOf::Problem, ItemId::from_uuid(self.problem.uuid()))
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn sure(&self) -> bool {
        self.sure
    }
}

pub async fn call<E: Attach>(State(app): State<App>, request: Request) -> Response {
    let (incoming, body, known) = Incoming::take(&app, request, &format!("{}{}", model::address::BASE, E::PATH)).await;
    let mut body = body.into_data_stream();
    let done = async {
        known?;
        let pairs = pairs::pairs(incoming.uri.query().unwrap_or_default()).ok_or(Fault::from(Code::Malformed))?;
        let given = given::<E>(&incoming, &pairs)?;
        let person = may_begin(&app, &incoming, given.to(), length(&incoming.headers)).await?;
        let _sending = app.files.sending(person)?;
        let name = named(given.name(), given.sure())?;
        inspect::expected(&name)?;
        let settings = &app.files.settings;
        let folder = app.files.incoming();
        let received = receive(&mut body, &folder, settings.limits.file, settings.silent);
        let received = timeout(settings.within, received).await.map_err(|_| slow(settings.within))??;
        let key = incoming.headers.get("idempotency-key").and_then(|key| key.to_str().ok());
        let said = incoming.headers.get(header::CONTENT_TYPE).and_then(|said| said.to_str().ok());
        finish(&app, &incoming, &given, Sending { person, name, sure: given.sure(), said, key, received }).await
    };
    match done.await {
        Ok(file) => answered(&file).unwrap_or_else(|fault| problem(&incoming, &fault)),
        Err(fault) => {
            disk::note(&app, &fault);
            linger(body);
            problem(&incoming, &fault)
        }
    }
}

/// The call that the address and the pairs stand for; names that it does not know are ignored.
fn given<E: Attach>(incoming: &Incoming, pairs: &[(String, String)]) -> Result<E, Fault> {
    let all: Vec<_> = incoming.params.iter().chain(pairs).cloned().collect();
    let value = pairs::from_pairs(schema::<E>(), &pairs::known(schema::<E>(), &all))?;
    Ok(read_call::<E>(value, true)?)
}

fn length(headers: &HeaderMap) -> Option<u64> {
    headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// Before a byte of the file is read: whether it is theirs to attach, and whether there would be room for it.
async fn may_begin(
    app: &App,
    incoming: &Incoming,
    (of, item): (FileOf, ItemId),
    length: Option<u64>,
) -> Result<PersonId, Fault> {
    let actor = &incoming.caller.actor;
    let person = actor.person();
    if let Some(person) = person {
        app.throttle.write(person, app.now())?;
    }
    let mut tx = app.read().await?;
    let place = place(&mut tx, actor, Action::EditItem, of, item).await?;
    let person = person.ok_or(Fault::from(Code::SignInNeeded))?;
    let limit = app.files.settings.limits.file;
    if length.is_some_and(|length| length > limit) {
        return Err(large(limit).into());
    }
    room(app, &mut tx, &place, person, length.unwrap_or_default()).await?;
    Ok(person)
}

/// The name as it is kept, read by the guard.
fn named(raw: &str, sure: bool) -> Result<String, Fault> {
    let name = model::files::clean(raw)?;
    let spoken = name.replace(['_', '-', '.'], " ");
    let mut found = model::guard::refusals(Some("name"), &name, sure);
    // In names of files, words and numbers are parted by other marks than in a text.
    for refusal in model::guard::refusals(Some("name"), &spoken, sure).0 {
        if !found.0.contains(&refusal) {
            found.push(refusal);
        }
    }
    found.into_result()?;
    Ok(name)
}

struct Sending<'a> {
    person: PersonId,
    name: String,
    sure: bool,
    /// The kind that the sender claims.
    said: Option<&'a str>,
    key: Option<&'a str>,
    received: Received,
}

/// Looks into what was received and keeps it. This goes on when the browser leaves.
async fn finish<E: Attach>(app: &App, incoming: &Incoming, given: &E, sending: Sending<'_>) -> Result<File, Fault> {
    let Sending { person, name, sure, said, key, received } = sending;
    let mut request = serde_json::to_value(given).unwrap_or_default();
    request["sha256"] = received.sha256.clone().into();
    let key = key.and_then(|key| Key::new::<E>(person, key, &request));
    let (app, actor, to) = (app.clone(), incoming.caller.actor.clone(), given.to());
    let said = said.map(str::to_owned);
    let kept = tokio::spawn(async move {
        let limit = app.files.settings.limits.file;
        if let Some(scanner) = &app.files.settings.scanner {
            scanner.scan(received.temp.path()).await?;
        }
        let looking = app.files.looking().await;
        let looked = {
            let name = name.clone();
            tokio::task::spawn_blocking(move || inspect::inspect(received, &name, said.as_deref(), limit, sure)).await
        };
        drop(looking);
        // A decoder that panics on a broken picture has not been told by any of its refusals.
        let kept = looked.map_err(|_| Refusal::of(Code::FileImage).at("file").fact("mpx", inspect::MEGAPIXELS))??;
        let name = renamed(name, kept.media);
        let file = once::under(app.clone(), key, attach(app.clone(), actor, to.0, to.1, name, kept)).await?;
        app.content.changed();
        Ok(file)
    });
    kept.await.map_err(|error| Fault::Failed(anyhow::anyhow!("{}: {error}", E::NAME)))?
}

/// A picture that was made anew as another kind ends as that kind does.
fn renamed(name: String, media: Media) -> String {
    match (Media::of_name(&name), name.rsplit_once('.')) {
        (Some(said), Some((stem, _))) if said != media => format!("{stem}.{}", media.extension()),
        _ => name,
    }
}

/// Takes what still comes for a while: a browser reads the answer only once it was let send.
fn linger(mut body: BodyDataStream) {
    tokio::spawn(timeout(LINGER_FOR, async move {
        let mut taken = 0;
        while let Some(Ok(part)) = body.next().await {
            taken += part.len() as u64;
            if taken > LINGER {
                break;
            }
        }
    }));
}

/// The form: fields of a browser, of which one is the file.
pub async fn form<E: Attach>(State(app): State<App>, request: Request) -> Response {
    let (incoming, body, known) = Incoming::take(&app, request, E::FORM).await;
    let mut body = body.into_data_stream();
    let done = async {
        known?;
        // The rest of the call comes with the form; who may, and for what, stands in the address.
        let at = given::<E>(&incoming, &[("name".to_owned(), "?".to_owned())])?.to();
        let length = length(&incoming.headers).map(|length| length.saturating_sub(AROUND));
        let person = may_begin(&app, &incoming, at, length).await?;
        let _sending = app.files.sending(person)?;
        let settings = &app.files.settings;
        let fields = timeout(settings.within, fields(&app, &incoming, &mut body)).await;
        let fields = fields.map_err(|_| slow(settings.within))??;
        let pairs = [("name".to_owned(), fields.name), ("sure".to_owned(), fields.sure.to_string())];
        let given = given::<E>(&incoming, &pairs)?;
        let name = named(given.name(), given.sure())?;
        // The same page may be gone back to and another file sent from it.
        let key = fields.key.map(|key| format!("{key}.{}", &fields.received.sha256[..16]));
        let (said, received) = (fields.said.as_deref(), fields.received);
        let sending = Sending { person, name, sure: given.sure(), said, key: key.as_deref(), received };
        finish(&app, &incoming, &given, sending).await?;
        let (of, item) = given.to();
        Ok(format!("{}#failai", item_address(of, item)))
    };
    match done.await {
        Ok(to) => see_other(&to),
        Err(fault) => {
            disk::note(&app, &fault);
            linger(body);
            // Both are the one field that the form has.
            redraw::<E>(&app, &incoming, Vec::new(), at_file(fault), E::PAGE, &E::draw).await
        }
    }
}

fn at_file(fault: Fault) -> Fault {
    match fault {
        Fault::Refused(mut refusals) => {
            for refusal in refusals.0.iter_mut().filter(|refusal| refusal.field.as_deref() == Some("name")) {
                refusal.field = Some("file".to_owned());
            }
            refusals.0.dedup();
            Fault::Refused(refusals)
        }
        other => other,
    }
}

struct Fields {
    name: String,
    said: Option<String>,
    sure: bool,
    key: Option<String>,
    received: Received,
}

async fn fields(app: &App, incoming: &Incoming, body: &mut BodyDataStream) -> Result<Fields, Fault> {
    let malformed = |_| Fault::from(Code::Malformed);
    let kind = incoming.headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let boundary = multer::parse_boundary(kind).map_err(malformed)?;
    let settings = &app.files.settings;
    let limits = SizeLimit::new().per_field(FIELD).for_field("file", settings.limits.file + AROUND);
    let in_file = Arc::new(AtomicBool::default());
    let body = Gently { body, rests: false, around: AROUND, in_file: in_file.clone() };
    let mut form = Multipart::with_constraints(body, boundary, Constraints::new().size_limit(limits));
    let (mut file, mut sure, mut key) = (None, false, None);
    while let Some(field) = form.next_field().await.map_err(malformed)? {
        match field.name() {
            Some("file") if file.is_none() => {
                let name = field.file_name().unwrap_or_default().to_owned();
                if name.is_empty() {
                    return Err(Refusal::of(Code::FieldNeeded).at("file").into());
                }
                inspect::expected(&model::files::clean(&name)?)?;
                let said = field.content_type().map(ToString::to_string);
                in_file.store(true, Relaxed);
                let received = receive(field, &app.files.incoming(), settings.limits.file, settings.silent).await?;
                in_file.store(false, Relaxed);
                file = Some((name, said, received));
            }
            Some("sure") => sure = field.text().await.map_err(malformed)? == "on",
            Some("_key") => key = Some(field.text().await.map_err(malformed)?),
            _ => return Err(Code::FieldUnknown.into()),
        }
    }
    let (name, said, received) = file.ok_or_else(|| Refusal::of(Code::FieldNeeded).at("file"))?;
    // Marks that a name cannot have are left out, not refused: nobody sees them to take them away.
    let name = model::files::clean(&name)?;
    Ok(Fields { name, said, sure, key, received })
}

/// A body as its parser should have it. The parser takes all that has come before it hands out any: so after each piece nothing more has come yet.
/// Outside of the file it holds what it has not understood: so there is only so much of that.
struct Gently<'a> {
    body: &'a mut BodyDataStream,
    rests: bool,
    around: u64,
    in_file: Arc<AtomicBool>,
}

impl Stream for Gently<'_> {
    type Item = Result<Bytes, axum::Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if std::mem::take(&mut self.rests) {
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        let next = Pin::new(&mut *self.body).poll_next(context);
        if let Poll::Ready(Some(Ok(part))) = &next {
            self.rests = true;
            if !self.in_file.load(Relaxed) {
                match self.around.checked_sub(part.len() as u64) {
                    Some(left) => self.around = left,
                    None => return Poll::Ready(Some(Err(axum::Error::new("too much around the file")))),
                }
            }
        }
        next
    }
}
