//! Mail: by SMTP, or without one as `.eml` files in the data directory. Letters wait in the database, see [`queue`].

pub mod letters;
pub mod queue;
pub mod store;

use std::{
    error::Error,
    fs::DirBuilder,
    io::{self, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Path, PathBuf},
    time::{Duration, UNIX_EPOCH},
};

use anyhow::{Context, bail};
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{Attachment, Mailbox, MultiPart, SinglePart, header::ContentType},
};
use model::{calendar::Method, time::Timestamp};
use tokio::sync::Notify;

use crate::config::Config;

/// How long a mail server may take for one mail.
const PATIENCE: Duration = Duration::from_secs(30);

pub struct Mail {
    way: Way,
    from: Mailbox,
    /// Of the sender's address; part of every Message-ID.
    host: String,
    pub(crate) wake: Notify,
}

enum Way {
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
    Files(PathBuf),
}

/// A letter as it goes out.
pub struct Written {
    pub subject: String,
    pub text: String,
    /// What a calendar is to do with the letter, and the file that says it.
    pub calendar: Option<(Method, String)>,
}

impl Mail {
    pub fn new(config: &Config) -> anyhow::Result<Self> {
        let way = match &config.smtp {
            Some(url) => Way::Smtp(smtp(url)?),
            None => Way::Files(config.data.join("mail")),
        };
        let host = config.origin().rsplit('/').next().unwrap_or_default();
        let host = host.rsplit_once(':').map_or(host, |(name, _)| name);
        let host = if host.contains('.') && !host.contains('[') { host } else { "tinklaveika.invalid" };
        let from: Mailbox = match &config.mail_from {
            Some(from) => from.parse().map_err(|_| {
                anyhow::anyhow!("--mail-from is not a sender like „Tinklaveika <pastas@tinklaveika.example>“")
            })?,
            None => format!("Tinklaveika <ne-atsakykite@{host}>").parse().context("the sender's address")?,
        };
        let host = from.email.domain().to_owned();
        Ok(Self { way, from, host, wake: Notify::new() })
    }

    /// The address that letters come from.
    pub fn address(&self) -> String {
        self.from.email.to_string()
    }

    /// Sends plain text, with a file for the calendar where there is one. The same `id` has the same Message-ID, so that a mail that is sent again after a crash is known as the same one.
    ///
    /// # Errors
    /// What kept it from being sent, without an address or a word of it.
    pub async fn send(&self, id: &str, to: &str, written: Written, now: Timestamp) -> anyhow::Result<()> {
        let message = self.message(id, to, written, now)?;
        match &self.way {
            Way::Smtp(transport) => match transport.send(message).await {
                Ok(_) => Ok(()),
                // What the server says may hold the address; its code does not.
                Err(error) => match error.status() {
                    Some(code) => bail!("the mail server answered {code}"),
                    None if error.is_timeout() => bail!("the mail server did not answer in time"),
                    None if is_unsafe(&error) => bail!("no safe connection to the mail server could be made"),
                    None => bail!("the mail server could not be reached"),
                },
            },
            Way::Files(directory) => {
                let path = directory.join(format!("{id}.eml"));
                let written = (path.clone(), directory.clone(), message.formatted());
                tokio::task::spawn_blocking(move || write(&written.0, &written.1, &written.2)).await??;
                tracing::info!(file = %path.display(), "no --smtp: a mail was written to a file");
                Ok(())
            }
        }
    }

    fn message(&self, id: &str, to: &str, written: Written, now: Timestamp) -> anyhow::Result<Message> {
        let to = Mailbox::new(None, to.parse().map_err(|_| anyhow::anyhow!("the address cannot be written to"))?);
        let ms = u64::try_from(now.ms()).unwrap_or_default();
        let builder = Message::builder()
            .from(self.from.clone())
            .to(to)
            // A name or a title in it must not begin a header of its own.
            .subject(written.subject.split(char::is_control).collect::<Vec<_>>().join(" "))
            .date(UNIX_EPOCH + Duration::from_millis(ms))
            .message_id(Some(format!("<{id}@{}>", self.host)));
        let message = match written.calendar {
            None => builder.header(ContentType::TEXT_PLAIN).body(written.text),
            Some((method, file)) => {
                // Nobody knew the letter's id when they wrote what is in it, so no line of theirs ends a part.
                let parts = MultiPart::mixed()
                    .boundary(format!("tinklaveika-{id}"))
                    .singlepart(SinglePart::plain(written.text))
                    .singlepart(Attachment::new("sesija.ics".to_owned()).body(file, calendar(method)?));
                builder.multipart(parts)
            }
        };
        message.context("the mail could not be made")
    }
}

/// Whether TLS could not be agreed upon: also a certificate that nobody vouches for, which comes as data that is not valid.
fn is_unsafe(error: &lettre::transport::smtp::Error) -> bool {
    let mut cause = error.source();
    while let Some(found) = cause {
        if found.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::InvalidData) {
            return true;
        }
        cause = found.source();
    }
    error.is_tls()
}

/// By the parameter calendars tell an invitation from a file that is merely enclosed (RFC 6047, section 2.4).
fn calendar(method: Method) -> anyhow::Result<ContentType> {
    ContentType::parse(&format!("text/calendar; charset=utf-8; method={}", method.as_str()))
        .map_err(|_| anyhow::anyhow!("the type of a calendar's file"))
}

fn smtp(url: &str) -> anyhow::Result<AsyncSmtpTransport<Tokio1Executor>> {
    // The address may hold a password, so no error repeats it.
    let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
        .map_err(|_| anyhow::anyhow!("--smtp is not an address like smtps://user:password@mail.example.lt"))?;
    Ok(transport.timeout(Some(PATIENCE)).build())
}

/// Only the operator reads it: a letter may hold a link that signs in.
fn write(path: &Path, directory: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(directory).context("the directory of mails")?;
    let file = std::fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path);
    let mut file = file.context("the file of the mail")?;
    file.write_all(bytes).and_then(|()| file.sync_all()).context("the file of the mail")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn formatted(to: &str, subject: &str) -> anyhow::Result<String> {
        let mail = Mail::new(&Config::new("data".into(), ([127, 0, 0, 1], 8080).into()))?;
        let text = "Sveiki,\n\nlabas.\n".to_owned();
        let written = Written { subject: subject.to_owned(), text, calendar: None };
        Ok(String::from_utf8(mail.message("7", to, written, Timestamp(0))?.formatted())?)
    }

    #[test]
    fn a_line_break_in_a_name_or_an_address_never_makes_a_header() {
        for evil in [
            "Ąžuolas\r\nBcc: x@y.example",
            "Ąžuolas\nX-Evil: 1",
            "a\rBcc: x@y.example",
            "a\u{2028}Bcc: x@y.example\r\n\r\n<html>",
        ] {
            let mail = formatted("rasa@mokykla.example", evil).unwrap();
            let (head, body) = mail.split_once("\r\n\r\n").unwrap();
            let names: Vec<_> = head
                .split("\r\n")
                .filter(|line| !line.starts_with([' ', '\t']))
                .map(|line| line.split(':').next().unwrap())
                .collect();
            let known = [
                "From",
                "To",
                "Subject",
                "Date",
                "Message-ID",
                "MIME-Version",
                "Content-Type",
                "Content-Transfer-Encoding",
            ];
            assert!(names.iter().all(|name| known.contains(name)), "{names:?}");
            assert!(body.starts_with("Sveiki"), "{body}");
            assert!(formatted(evil, "Labas").is_err());
            assert!(formatted(&format!("rasa@mokykla.example{evil}"), "Labas").is_err());
        }
    }

    #[test]
    fn a_letter_with_a_calendar_has_no_header_of_a_title_or_a_name_either() {
        let mail = Mail::new(&Config::new("data".into(), ([127, 0, 0, 1], 8080).into())).unwrap();
        let evil = "Ąžuolas\r\nBcc: x@y.example\r\n\r\n<html>";
        let calendar = Some((Method::Request, format!("BEGIN:VCALENDAR\r\nSUMMARY:{evil}\r\nEND:VCALENDAR\r\n")));
        let written = Written { subject: evil.to_owned(), text: format!("Sveiki, {evil}\n"), calendar };
        let mail = mail.message("7", "rasa@mokykla.example", written, Timestamp(0)).unwrap().formatted();
        let mail = String::from_utf8(mail).unwrap();
        let heads = mail.split("--tinklaveika-7\r\n").map(|part| part.split("\r\n\r\n").next().unwrap());
        let heads: Vec<_> = heads.collect();
        assert_eq!(heads.len(), 3, "{mail}");
        assert!(heads.iter().all(|head| !head.split("\r\n").any(|line| line.starts_with("Bcc"))), "{mail}");
        assert!(heads[2].contains("text/calendar; charset=utf-8; method=REQUEST"), "{mail}");
    }

    #[test]
    fn the_same_mail_sent_again_has_the_same_message_id() {
        let id = |mail: String| mail.lines().find(|line| line.starts_with("Message-ID")).unwrap().to_owned();
        let mail = || id(formatted("rasa@mokykla.example", "Labas").unwrap());
        assert_eq!(mail(), "Message-ID: <7@127.0.0.1>");
        assert_eq!(mail(), mail());
    }
}
