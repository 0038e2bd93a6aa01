//! Options, and what is said about wrong ones.

use std::{
    ffi::OsString,
    net::SocketAddr,
    path::{Path, PathBuf},
    process::ExitCode,
    time::Duration,
};

use clap::{Args, CommandFactory, Parser, Subcommand, builder::RangedI64ValueParser};
use ipnet::IpNet;
use tinklaveika::{
    config::{Config, public_url, url_here},
    export,
    files::Scanner,
    operate::{self, admin, doctor, secret},
    run, telemetry,
};

const PREFIX: &str = "TINKLAVEIKA_";

#[derive(Parser)]
#[command(
    name = "tinklaveika",
    version,
    about = "A platform on which school teams work together across municipalities"
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
pub enum Command {
    /// Run the site
    Serve(Serve),
    /// Bring the database to this binary's schema, and stop
    Migrate(Place),
    /// Write everything into one archive, while the site goes on
    Backup(Backup),
    /// Put an archive into an empty database and data directory; the site is stopped meanwhile
    Restore(Restore),
    /// Restore an archive into a temporary database and compare counts and hashes
    Verify(Verify),
    /// Write a space as a ZIP of Markdown, CSV and JSON
    Export(Export),
    /// Say what is wrong with a site, and how to mend it
    Doctor(Doctor),
    /// Administrators, when nobody can sign in
    Admin(Admin),
}

#[derive(Args)]
pub struct Place {
    /// Directory of the database file, mails and the search index
    #[arg(long, env = "TINKLAVEIKA_DATA", default_value = "data", value_name = "DIR")]
    data: PathBuf,
    /// PostgreSQL 15 or newer instead of the file: postgres://user:password@host/name
    #[arg(long, env = "TINKLAVEIKA_DATABASE", hide_env_values = true, value_name = "URL")]
    database: Option<String>,
    /// File that holds the value of --database
    #[arg(long, env = "TINKLAVEIKA_DATABASE_FILE", conflicts_with = "database", value_name = "FILE")]
    database_file: Option<PathBuf>,
    /// Log in lines of JSON
    #[arg(long, env = "TINKLAVEIKA_LOG_JSON")]
    log_json: bool,
    /// What is logged: error, warn, info, debug, or a filter by module
    #[arg(long, env = "TINKLAVEIKA_LOG", value_name = "FILTER")]
    log: Option<String>,
}

#[derive(Args)]
pub struct Backup {
    #[command(flatten)]
    place: Place,
    /// The archive to write; it must not be there yet
    #[arg(value_name = "FILE")]
    to: PathBuf,
}

#[derive(Args)]
pub struct Restore {
    #[command(flatten)]
    place: Place,
    /// The list of what was removed from texts since the archive was made; without it the one in the data directory, if any
    #[arg(long, value_name = "FILE")]
    redactions: Option<PathBuf>,
    /// The archive to read
    #[arg(value_name = "FILE")]
    from: PathBuf,
}

#[derive(Args)]
pub struct Verify {
    /// The archive to read
    #[arg(value_name = "FILE")]
    from: PathBuf,
    /// Directory for the temporary database, with as much room as the data directory takes
    #[arg(long, value_name = "DIR")]
    temp: Option<PathBuf>,
}

#[derive(Args)]
pub struct Export {
    #[command(flatten)]
    place: Place,
    /// The id of the space, as in its address
    space: model::ids::SpaceId,
    /// The archive to write; it must not be there yet
    #[arg(value_name = "FILE")]
    to: PathBuf,
    /// Headings in English instead of Lithuanian
    #[arg(long)]
    english: bool,
}

#[derive(Args)]
pub struct Doctor {
    #[command(flatten)]
    serve: Serve,
}

#[derive(Args)]
pub struct Admin {
    #[command(flatten)]
    place: Place,
    /// Where people reach the site, for the links
    #[arg(long, env = "TINKLAVEIKA_URL", value_name = "PUBLIC", value_parser = public_url)]
    url: Option<String>,
    /// Address that the site listens on, for the links when --url is not given
    #[arg(long, env = "TINKLAVEIKA_LISTEN", default_value = "127.0.0.1:8080", value_name = "ADDR")]
    listen: SocketAddr,
    #[command(subcommand)]
    order: Order,
}

#[derive(Subcommand)]
enum Order {
    /// Print a link, good once and for a day, by which one more administrator makes an account
    Link,
    /// List administrators
    List,
    /// Print a link, good once and for half an hour, by which the owner of an address chooses a new password
    Reset { email: String },
    /// Sign the owner of an address out everywhere, and let them do nothing but read what is their own
    Suspend { email: String },
    /// Undo `suspend`
    Resume { email: String },
}

#[derive(Args)]
pub struct Serve {
    #[command(flatten)]
    place: Place,
    /// Address to listen on
    #[arg(long, env = "TINKLAVEIKA_LISTEN", default_value = "127.0.0.1:8080", value_name = "ADDR")]
    listen: SocketAddr,
    /// Where people reach the site; without it, the address listened on
    #[arg(long, env = "TINKLAVEIKA_URL", value_name = "PUBLIC", value_parser = public_url)]
    url: Option<String>,
    /// Mail server: smtps://user:password@host; without it mails become files in the data directory
    #[arg(long, env = "TINKLAVEIKA_SMTP", hide_env_values = true, value_name = "URL")]
    smtp: Option<String>,
    /// File that holds the value of --smtp
    #[arg(long, env = "TINKLAVEIKA_SMTP_FILE", conflicts_with = "smtp", value_name = "FILE")]
    smtp_file: Option<PathBuf>,
    /// Who mails come from: Tinklaveika <pastas@tinklaveika.example>; without it, an address of the site's host
    #[arg(long, env = "TINKLAVEIKA_MAIL_FROM", value_name = "SENDER")]
    mail_from: Option<String>,
    /// Second address, for metrics alone
    #[arg(long, env = "TINKLAVEIKA_METRICS", value_name = "ADDR")]
    metrics: Option<SocketAddr>,
    /// Network of a proxy whose X-Forwarded-For and X-Forwarded-Proto are believed; may be repeated
    #[arg(long, env = "TINKLAVEIKA_PROXY", value_delimiter = ',', value_name = "CIDR")]
    proxy: Vec<IpNet>,
    /// Where everyone can get the source of this program; shown at /licencija. The licence asks it of who changed the program
    #[arg(long, env = "TINKLAVEIKA_SOURCE", value_name = "URL")]
    source: Option<String>,
    /// Scanner for viruses (clamd) that looks into every file before it is kept: tcp://host:port or unix:///path
    #[arg(long, env = "TINKLAVEIKA_CLAMD", value_name = "SOCKET")]
    clamd: Option<Scanner>,
    /// Fill an empty database with the demo
    #[arg(long, env = "TINKLAVEIKA_DEMO")]
    demo: bool,
    /// Calls that one address may make in a minute
    #[arg(long, env = "TINKLAVEIKA_CALLS_A_MINUTE", help_heading = "Limits", value_name = "N", value_parser = at_least_one())]
    calls_a_minute: Option<u32>,
    /// Writes that one person may make in a minute
    #[arg(long, env = "TINKLAVEIKA_WRITES_A_MINUTE", help_heading = "Limits", value_name = "N", value_parser = at_least_one())]
    writes_a_minute: Option<u32>,
    /// Tries of codes, links and forgotten passwords from one address in a minute
    #[arg(long, env = "TINKLAVEIKA_GUESSES_A_MINUTE", help_heading = "Limits", value_name = "N", value_parser = at_least_one())]
    guesses_a_minute: Option<u32>,
    /// Open sockets of one person
    #[arg(long, env = "TINKLAVEIKA_SOCKETS_A_PERSON", help_heading = "Limits", value_name = "N", value_parser = at_least_one())]
    sockets_a_person: Option<u32>,
    /// Open sockets from one address
    #[arg(long, env = "TINKLAVEIKA_SOCKETS_AN_ADDRESS", help_heading = "Limits", value_name = "N", value_parser = at_least_one())]
    sockets_an_address: Option<u32>,
    /// Open sockets in one session
    #[arg(long, env = "TINKLAVEIKA_SOCKETS_A_SESSION", help_heading = "Limits", value_name = "N", value_parser = at_least_one())]
    sockets_a_session: Option<u32>,
    /// Frames that one socket may send in a second
    #[arg(long, env = "TINKLAVEIKA_FRAMES_A_SECOND", help_heading = "Limits", value_name = "N", value_parser = at_least_one())]
    frames_a_second: Option<u32>,
    /// Frames that one socket may send at once
    #[arg(long, env = "TINKLAVEIKA_FRAMES_BURST", help_heading = "Limits", value_name = "N", value_parser = at_least_one())]
    frames_burst: Option<u32>,
    /// MiB of one attached file
    #[arg(long, env = "TINKLAVEIKA_FILE_MIB", help_heading = "Limits", value_name = "N", value_parser = at_least_one())]
    file_mib: Option<u32>,
    /// Files of one problem or practice
    #[arg(long, env = "TINKLAVEIKA_ITEM_FILES", help_heading = "Limits", value_name = "N", value_parser = at_least_one())]
    item_files: Option<u32>,
    /// MiB of all files of one problem or practice
    #[arg(long, env = "TINKLAVEIKA_ITEM_MIB", help_heading = "Limits", value_name = "N", value_parser = at_least_one())]
    item_mib: Option<u32>,
    /// MiB of all files of one space
    #[arg(long, env = "TINKLAVEIKA_SPACE_MIB", help_heading = "Limits", value_name = "N", value_parser = at_least_one())]
    space_mib: Option<u32>,
    /// MiB of all files that one person attached
    #[arg(long, env = "TINKLAVEIKA_PERSON_MIB", help_heading = "Limits", value_name = "N", value_parser = at_least_one())]
    person_mib: Option<u32>,
    /// Seconds in which one file has to be sent
    #[arg(long, env = "TINKLAVEIKA_FILE_SECONDS", help_heading = "Limits", value_name = "N", value_parser = at_least_one())]
    file_seconds: Option<u32>,
}

/// The command, or what to exit with once the reader was told what is wrong.
pub fn read(
    args: impl Iterator<Item = OsString>,
    env: impl Iterator<Item = (OsString, OsString)>,
) -> Result<Command, ExitCode> {
    let unknown = env.filter_map(|(name, _)| name.into_string().ok()).find(|name| is_unknown(name));
    if let Some(name) = unknown {
        eprintln!("tinklaveika: unknown environment variable {name}{}", suggestion(&name));
        return Err(ExitCode::from(2));
    }
    let cli = Cli::try_parse_from(args).map_err(|error| {
        let _ = error.print();
        ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2))
    })?;
    Ok(cli.command)
}

/// A limit of nothing would stop the site.
fn at_least_one() -> RangedI64ValueParser<u32> {
    clap::value_parser!(u32).range(1..)
}

fn known() -> Vec<String> {
    let command = Cli::command();
    let args = command.get_subcommands().flat_map(|sub| sub.get_arguments());
    let mut names: Vec<_> =
        args.filter_map(|arg| arg.get_env()).map(|name| name.to_string_lossy().into_owned()).collect();
    names.sort();
    names.dedup();
    names
}

fn is_unknown(name: &str) -> bool {
    // Tests are given their PostgreSQL by a variable of our prefix; it means nothing to the server.
    name.starts_with(PREFIX) && !name.starts_with("TINKLAVEIKA_TEST_") && !known().iter().any(|known| known == name)
}

fn suggestion(name: &str) -> String {
    let known = known();
    let best = known.iter().max_by(|a, b| strsim::jaro_winkler(a, name).total_cmp(&strsim::jaro_winkler(b, name)));
    best.map_or_else(String::new, |best| format!("; did you mean {best}?"))
}

impl Command {
    pub fn run(self) -> anyhow::Result<()> {
        match self {
            Command::Serve(serve) => {
                let json = serve.place.log_json;
                telemetry::start_logs(json, serve.place.log.as_deref())?;
                run::serve(serve.config()?)
            }
            Command::Migrate(place) => run::migrate(place.config()?),
            Command::Backup(Backup { place, to }) => operate::backup(&place.config()?, &to),
            Command::Restore(Restore { place, redactions, from }) => {
                operate::restore(&place.config()?, &from, redactions.as_deref())
            }
            Command::Verify(Verify { from, temp }) => operate::verify(&from, &temp.unwrap_or_else(std::env::temp_dir)),
            Command::Export(Export { place, space, to, english }) => {
                let lang = if english { text::Lang::En } else { text::Lang::Lt };
                export::run(&place.config()?, space, &to, lang)
            }
            Command::Doctor(Doctor { serve }) => {
                let secrets: Vec<_> = serve.smtp_file.iter().chain(&serve.place.database_file).cloned().collect();
                match doctor::run(&serve.config()?, &secrets)? {
                    true => Ok(()),
                    false => anyhow::bail!("something is wrong, see above"),
                }
            }
            Command::Admin(Admin { place, url, listen, order }) => {
                let mut config = place.config()?;
                config.url = url.unwrap_or_else(|| url_here(listen));
                admin::run(&config, order.into())
            }
        }
    }
}

impl From<Order> for admin::Order {
    fn from(order: Order) -> Self {
        match order {
            Order::Link => Self::Link,
            Order::List => Self::List,
            Order::Reset { email } => Self::Reset(email),
            Order::Suspend { email } => Self::Suspend(email),
            Order::Resume { email } => Self::Resume(email),
        }
    }
}

impl Place {
    fn config(self) -> anyhow::Result<Config> {
        telemetry::start_logs(self.log_json, self.log.as_deref())?;
        let mut config = Config::new(self.data, ([127, 0, 0, 1], 0).into());
        config.database = from_file(self.database, self.database_file.as_deref())?;
        Ok(config)
    }
}

/// A secret as it was given, or as its file holds it.
fn from_file(given: Option<String>, file: Option<&Path>) -> anyhow::Result<Option<String>> {
    file.map_or(Ok(given), |file| secret(file).map(Some))
}

impl Serve {
    fn config(self) -> anyhow::Result<Config> {
        let mut config = Config::new(self.place.data, self.listen);
        if let Some(url) = self.url {
            config.url = url;
        }
        config.smtp = from_file(self.smtp, self.smtp_file.as_deref())?;
        config.mail_from = self.mail_from;
        config.metrics = self.metrics;
        config.proxies = self.proxy;
        config.source = self.source;
        config.demo = self.demo;
        config.database = from_file(self.place.database, self.place.database_file.as_deref())?;
        let limits = &mut config.limits;
        let set = |place: &mut u32, given: Option<u32>| *place = given.unwrap_or(*place);
        set(&mut limits.calls_a_minute, self.calls_a_minute);
        set(&mut limits.writes_a_minute, self.writes_a_minute);
        set(&mut limits.guesses_a_minute, self.guesses_a_minute);
        let live = &mut config.live;
        set(&mut live.sockets_a_person, self.sockets_a_person);
        set(&mut live.sockets_an_address, self.sockets_an_address);
        set(&mut live.sockets_a_session, self.sockets_a_session);
        set(&mut live.frames_a_second, self.frames_a_second);
        set(&mut live.frames_burst, self.frames_burst);
        let files = &mut config.attachments;
        let set_mib = |place: &mut u64, given: Option<u32>| *place = given.map_or(*place, |mib| u64::from(mib) << 20);
        set_mib(&mut files.limits.file, self.file_mib);
        set(&mut files.limits.files, self.item_files);
        set_mib(&mut files.limits.item, self.item_mib);
        set_mib(&mut files.limits.space, self.space_mib);
        set_mib(&mut files.limits.person, self.person_mib);
        files.scanner = self.clamd;
        if let Some(seconds) = self.file_seconds {
            files.within = Duration::from_secs(seconds.into());
        }
        Ok(config)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_options_are_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn a_limit_is_at_least_one_and_a_secret_is_given_once() {
        let serve = |options: &[&str]| Cli::try_parse_from(["tinklaveika", "serve"].iter().chain(options)).is_ok();
        let command = Cli::command();
        let limits = command.find_subcommand("serve").into_iter().flat_map(|serve| serve.get_arguments());
        let limits: Vec<_> = limits.filter(|one| one.get_help_heading() == Some("Limits")).collect();
        assert_eq!(limits.len(), 14);
        for limit in limits.iter().filter_map(|limit| limit.get_long()) {
            let option = format!("--{limit}");
            assert!(serve(&[&option, "1"]) && !serve(&[&option, "0"]) && !serve(&[&option, "-1"]), "{option}");
        }
        assert!(serve(&["--smtp-file", "a"]) && !serve(&["--smtp-file", "a", "--smtp", "smtp://b"]));
        assert!(!serve(&["--sockets-a-persons", "1"]));
    }

    #[test]
    fn an_unknown_variable_is_refused_with_a_suggestion() {
        assert!(is_unknown("TINKLAVEIKA_LISTENS"));
        assert_eq!(suggestion("TINKLAVEIKA_LISTENS"), "; did you mean TINKLAVEIKA_LISTEN?");
        assert!(!is_unknown("TINKLAVEIKA_URL"));
        assert!(!is_unknown("HOME"));
    }
}
