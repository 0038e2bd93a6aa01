//! Mail: by SMTP, or without one as `.eml` files in the data directory.

use std::path::PathBuf;

use anyhow::Context;
use lettre::{
    AsyncFileTransport, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{Mailbox, header::ContentType},
};

use crate::config::Config;

pub struct Mail {
    way: Way,
    from: Mailbox,
}

enum Way {
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
    Files { transport: AsyncFileTransport<Tokio1Executor>, directory: PathBuf },
}

impl Mail {
    pub fn new(config: &Config) -> anyhow::Result<Self> {
        let way = match &config.smtp {
            Some(url) => {
                // The address may hold a password, so no error repeats it.
                let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url).map_err(|_| {
                    anyhow::anyhow!("--smtp is not an address like smtps://user:password@mail.example.lt")
                })?;
                Way::Smtp(transport.build())
            }
            None => {
                let directory = config.data.join("mail");
                Way::Files { transport: AsyncFileTransport::new(&directory), directory }
            }
        };
        let host = config.origin().rsplit('/').next().unwrap_or_default();
        let host = host.rsplit_once(':').map_or(host, |(name, _)| name);
        let host = if host.contains('.') && !host.contains('[') { host } else { "tinklaveika.invalid" };
        let from = format!("Tinklaveika <ne-atsakykite@{host}>").parse().context("the sender's address")?;
        Ok(Self { way, from })
    }

    /// Sends plain text. A failure is logged and never told to whom it would tell who has an account.
    pub async fn send(&self, to: &str, subject: &str, text: String) {
        if let Err(error) = self.try_send(to, subject, text).await {
            tracing::error!(error = %error, "a mail was not sent");
        }
    }

    async fn try_send(&self, to: &str, subject: &str, text: String) -> anyhow::Result<()> {
        let to = Mailbox::new(None, to.parse().map_err(|_| anyhow::anyhow!("the address cannot be written to"))?);
        let message = Message::builder()
            .from(self.from.clone())
            .to(to)
            .subject(subject)
            .header(ContentType::TEXT_PLAIN)
            .body(text)
            .context("the mail could not be made")?;
        match &self.way {
            Way::Smtp(transport) => {
                transport.send(message).await.map_err(|_| anyhow::anyhow!("the mail server did not take it"))?;
            }
            Way::Files { transport, directory } => {
                tokio::fs::create_dir_all(directory).await.context("the directory of mails")?;
                transport.send(message).await.context("the file of the mail")?;
                tracing::info!("no --smtp: a mail was written to the directory mail of the data directory");
            }
        }
        Ok(())
    }
}
