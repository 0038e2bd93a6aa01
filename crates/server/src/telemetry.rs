//! Logs and metrics. No name, address, text or secret of a user is in either.

use std::{sync::atomic::AtomicI64, time::Instant};

use axum::http::StatusCode;
use prometheus_client::{
    encoding::{EncodeLabelSet, text::encode},
    metrics::{counter::Counter, family::Family, gauge::Gauge, histogram::Histogram},
    registry::Registry,
};
use tracing_subscriber::{EnvFilter, util::SubscriberInitExt};

/// Starts logging to standard error: for people, or a line of JSON each.
pub fn start_logs(json: bool, filter: Option<&str>) -> anyhow::Result<()> {
    let filter = EnvFilter::try_new(filter.unwrap_or("info,tantivy=warn,sqlx=warn"))?;
    let logs = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_target(false);
    // A journal or a file is not for colours.
    let logs = logs.with_ansi(std::io::IsTerminal::is_terminal(&std::io::stderr()));
    if json {
        logs.json().finish().try_init()?
    } else {
        logs.compact().finish().try_init()?
    }
    Ok(())
}

#[derive(Clone, PartialEq, Eq, Hash, Debug, EncodeLabelSet)]
struct Answered {
    status: u16,
    from: &'static str,
}

#[derive(Clone, PartialEq, Eq, Hash, Debug, EncodeLabelSet)]
struct Violated {
    directive: &'static str,
}

/// What the second listener tells.
pub struct Metrics {
    registry: Registry,
    answers: Family<Answered, Counter>,
    seconds: Histogram,
    violations: Family<Violated, Counter>,
    /// Open sockets of live rooms.
    pub sockets: Gauge<i64, AtomicI64>,
    /// Events delivered to sockets.
    pub deliveries: Counter,
    /// Events of live rooms put on disk.
    pub events: Counter,
    pub mails_sent: Counter,
    pub mails_given_up: Counter,
}

impl Default for Metrics {
    fn default() -> Self {
        let mut metrics = Self {
            registry: Registry::with_prefix("tinklaveika"),
            answers: Family::default(),
            seconds: Histogram::new([0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0]),
            violations: Family::default(),
            sockets: Gauge::default(),
            deliveries: Counter::default(),
            events: Counter::default(),
            mails_sent: Counter::default(),
            mails_given_up: Counter::default(),
        };
        let registry = &mut metrics.registry;
        registry.register("http_answers", "Answers over HTTP", metrics.answers.clone());
        registry.register("http_seconds", "Time to answer, in seconds", metrics.seconds.clone());
        let violations = "Reports of browsers that the content security policy stopped something";
        registry.register("csp_violations", violations, metrics.violations.clone());
        registry.register("live_sockets", "Open sockets of live rooms", metrics.sockets.clone());
        registry.register("live_deliveries", "Events delivered to sockets", metrics.deliveries.clone());
        registry.register("live_events", "Events of live rooms put on disk", metrics.events.clone());
        registry.register("mails_sent", "Mails sent or written to files", metrics.mails_sent.clone());
        registry.register("mails_given_up", "Mails given up after ten tries", metrics.mails_given_up.clone());
        metrics
    }
}

impl Metrics {
    #[expect(clippy::disallowed_methods, reason = "measures how long an answer took; decides nothing")]
    pub fn begin(&self) -> Instant {
        Instant::now()
    }

    pub fn served(&self, started: Instant, status: StatusCode, from: &'static str) {
        self.answers.get_or_create(&Answered { status: status.as_u16(), from }).inc();
        self.seconds.observe(started.elapsed().as_secs_f64());
    }

    /// `directive` is one of a closed list: what a report says beside it is nobody's business.
    pub fn violated(&self, directive: &'static str) {
        self.violations.get_or_create(&Violated { directive }).inc();
    }

    /// In the text format of OpenMetrics.
    pub fn text(&self) -> String {
        let mut text = String::new();
        // Writing to a string does not fail.
        let _ = encode(&mut text, &self.registry);
        text
    }
}
