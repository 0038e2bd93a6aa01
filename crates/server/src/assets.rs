//! Styles, fonts, icons and the web client: inside the binary, under addresses that carry a hash of the content.
//!
//! An address never shows two contents, so browsers keep what they have for a year and ask for nothing twice.

use std::{
    collections::HashMap,
    fmt::Write as _,
    io::Write as _,
    sync::{LazyLock, OnceLock},
};

use axum::{
    Router,
    extract::Path,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use bytes::Bytes;
use sha2::{Digest, Sha256};

/// A file as the build script found it; `brotli` and `gzip` stand where the build has compressed it already.
struct Embedded {
    name: &'static str,
    plain: &'static [u8],
    brotli: Option<&'static [u8]>,
    gzip: Option<&'static [u8]>,
}

static EMBEDDED: &[Embedded] = include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

/// The one script that pages name; it names the client's files.
const LOADER: &str = "loader.js";
/// What it names: all of it, or the client is not built.
const CLIENT: [&str; 6] = ["client.js", "client.wasm", "forms.js", "forms.wasm", "notes.js", "notes.wasm"];
/// The service worker: at one address for ever, since browsers ask there whether there is a newer one.
const WORKER: &str = "sw.js";
/// Which links browsers may fetch before they are followed.
pub const SPECULATION: &str = "speculation.rules";

/// Everything served under `/static/`.
pub struct Assets {
    /// By the last part of the address.
    files: HashMap<String, Asset>,
    /// Address by name.
    addresses: HashMap<&'static str, String>,
    style: String,
    style_hash: String,
    worker: Bytes,
}

struct Asset {
    content_type: &'static str,
    plain: Bytes,
    brotli: OnceLock<Bytes>,
    gzip: OnceLock<Bytes>,
}

/// The assets of this binary.
pub fn assets() -> &'static Assets {
    static ASSETS: LazyLock<Assets> = LazyLock::new(Assets::embedded);
    &ASSETS
}

/// What pages need to know of them.
pub fn for_pages() -> pages::Assets {
    pages::Assets { style: assets().style(), address: |name| assets().address(name) }
}

/// `/static/{file}`, and the service worker, which watches over all that stands beside or below it.
pub fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new().route("/static/{file}", get(serve)).route("/sw.js", get(worker))
}

impl Assets {
    /// The address of a file of `web/public`, of `style.css` and `live.css`; of `loader.js` and the modules that it
    /// loads only where the client is built.
    pub fn address(&self, name: &str) -> Option<&str> {
        self.addresses.get(name).map(String::as_str)
    }

    /// Whether this binary was built with the web client; without it the live room and drafts are missing.
    pub fn has_client(&self) -> bool {
        CLIENT.iter().all(|name| self.addresses.contains_key(*name))
    }

    /// The one stylesheet, as public pages carry it inline: exactly this text between `<style>` and `</style>`.
    pub fn style(&self) -> &str {
        &self.style
    }

    /// The source expression that lets [`Assets::style`] stand inline under the content security policy: `'sha256-…'`.
    pub fn style_hash(&self) -> &str {
        &self.style_hash
    }

    fn embedded() -> Self {
        let mut assets = Self {
            files: HashMap::new(),
            addresses: HashMap::new(),
            style: String::new(),
            style_hash: String::new(),
            worker: Bytes::new(),
        };
        let names_others = |name: &str| {
            name.starts_with("style/") || name.ends_with(".webmanifest") || matches!(name, LOADER | WORKER)
        };
        for file in EMBEDDED.iter().filter(|file| !names_others(file.name)) {
            assets.add(file.name, Bytes::from_static(file.plain), file.brotli, file.gzip);
        }
        // Last what names other files by address: the manifest, the loader and the styles. Without the client there is nothing to
        // load, and pages that find no loader ask for none.
        let wanted = |name: &str| name.ends_with(".webmanifest") || (name == LOADER && assets.has_client());
        let naming: Vec<&Embedded> = EMBEDDED.iter().filter(|file| wanted(file.name)).collect();
        for file in naming {
            let text = assets.addressed(String::from_utf8_lossy(file.plain).into_owned());
            assets.add(file.name, Bytes::from(text), None, None);
        }
        assets.style = assets.joined(|name| !name.starts_with("live"));
        assets.style_hash = format!("'sha256-{}'", notes::base64::encode(&Sha256::digest(assets.style.as_bytes())));
        assets.add("style.css", Bytes::from(assets.style.clone()), None, None);
        let live = assets.joined(|name| name.starts_with("live"));
        assets.add("live.css", Bytes::from(live), None, None);
        let worker = EMBEDDED.iter().find(|file| file.name == WORKER).map_or(&[][..], |file| file.plain);
        assets.worker = Bytes::from(assets.addressed(String::from_utf8_lossy(worker).into_owned()));
        assets
    }

    fn add(&mut self, name: &'static str, plain: Bytes, brotli: Option<&'static [u8]>, gzip: Option<&'static [u8]>) {
        let hash = Sha256::digest(&plain);
        let (stem, extension) = name.rsplit_once('.').unwrap_or((name, "txt"));
        let mut file = format!("{stem}.");
        for byte in &hash[..8] {
            // Writing to a string does not fail.
            let _ = write!(file, "{byte:02x}");
        }
        let _ = write!(file, ".{extension}");
        let ready =
            |bytes: Option<&'static [u8]>| bytes.map(Bytes::from_static).map_or_else(OnceLock::new, OnceLock::from);
        let asset = Asset { content_type: content_type(extension), plain, brotli: ready(brotli), gzip: ready(gzip) };
        self.addresses.insert(name, format!("/static/{file}"));
        self.files.insert(file, asset);
    }

    /// The styles that `wanted` names, tokens and base before the parts, with the addresses of what they name.
    fn joined(&self, wanted: impl Fn(&str) -> bool) -> String {
        let styles = EMBEDDED.iter().filter_map(|file| Some((file.name.strip_prefix("style/")?, file.plain)));
        let mut styles: Vec<_> = styles.filter(|(name, _)| name.ends_with(".css") && wanted(name)).collect();
        styles.sort_by_key(|(name, _)| (*name != "tokens.css", *name != "base.css", *name));
        let mut joined = String::new();
        for (_, plain) in styles {
            joined.push_str(&lean(&String::from_utf8_lossy(plain)));
        }
        self.addressed(joined)
    }

    /// The text with the addresses of what it names by its plain name.
    fn addressed(&self, mut text: String) -> String {
        for (name, address) in &self.addresses {
            text = text.replace(&format!("/static/{name}"), address);
        }
        text
    }
}

async fn serve(Path(file): Path<String>, headers: HeaderMap) -> Response {
    let Some(asset) = assets().files.get(&file) else { return StatusCode::NOT_FOUND.into_response() };
    let wanted = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let (encoding, body) = asset.encoded(wanted);
    let mut response = body.into_response();
    let answer = response.headers_mut();
    answer.insert(header::CONTENT_TYPE, HeaderValue::from_static(asset.content_type));
    answer.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
    answer.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Some(encoding) = encoding {
        answer.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    response
}

async fn worker() -> Response {
    let kind = [
        (header::CONTENT_TYPE, HeaderValue::from_static(content_type("js"))),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-cache")),
    ];
    (kind, assets().worker.clone()).into_response()
}

impl Asset {
    fn encoded(&self, wanted: &str) -> (Option<&'static str>, Bytes) {
        if !compresses(self.content_type) {
            (None, self.plain.clone())
        } else if accepts(wanted, "br") {
            (Some("br"), self.brotli.get_or_init(|| brotli(&self.plain)).clone())
        } else if accepts(wanted, "gzip") {
            (Some("gzip"), self.gzip.get_or_init(|| gzip(&self.plain)).clone())
        } else {
            (None, self.plain.clone())
        }
    }
}

/// Whether an `Accept-Encoding` names the coding without refusing it by `q=0`.
fn accepts(wanted: &str, coding: &str) -> bool {
    wanted.split(',').any(|part| {
        let mut words = part.split(';').map(str::trim);
        let named = words.next().is_some_and(|name| name.eq_ignore_ascii_case(coding));
        let weight = words.find_map(|word| word.strip_prefix("q=")).and_then(|q| q.parse::<f32>().ok()).unwrap_or(1.0);
        named && weight > 0.0
    })
}

fn content_type(extension: &str) -> &'static str {
    match extension {
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "woff2" => "font/woff2",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "webp" => "image/webp",
        "ico" => "image/vnd.microsoft.icon",
        "webmanifest" => "application/manifest+json",
        "json" => "application/json",
        "rules" => "application/speculationrules+json",
        _ => "text/plain; charset=utf-8",
    }
}

fn compresses(content_type: &str) -> bool {
    !matches!(content_type, "font/woff2" | "image/png" | "image/webp")
}

/// Once for each file and process; the large ones come compressed from the build, harder than here.
fn brotli(plain: &[u8]) -> Bytes {
    let params = brotli::enc::BrotliEncoderParams { quality: 9, ..Default::default() };
    let mut out = Vec::new();
    match brotli::BrotliCompress(&mut &plain[..], &mut out, &params) {
        Ok(_) => Bytes::from(out),
        Err(error) => unreachable!("compressing from memory into memory: {error}"),
    }
}

fn gzip(plain: &[u8]) -> Bytes {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    match encoder.write_all(plain).and_then(|()| encoder.finish()) {
        Ok(out) => Bytes::from(out),
        Err(error) => unreachable!("compressing from memory into memory: {error}"),
    }
}

/// Without comments and indentation: public pages carry it inline, and every page of theirs pays for it.
fn lean(css: &str) -> String {
    let mut plain = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, after)) = rest.split_once("/*") {
        plain.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    plain.push_str(rest);
    let mut lean = String::with_capacity(plain.len());
    for line in plain.lines().map(str::trim).filter(|line| !line.is_empty()) {
        lean.push_str(line);
        lean.push('\n');
    }
    lean
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_carries_a_hash_and_leads_back_to_the_content() {
        let address = assets().address("style.css").unwrap();
        let file = address.strip_prefix("/static/").unwrap();
        assert_eq!(file.len(), "style..css".len() + 16);
        let asset = &assets().files[file];
        assert!(asset.content_type.starts_with("text/css"));
        assert!(!asset.plain.is_empty());
        assert!(!assets().files.contains_key("style.css"), "a plain name would be kept for a year by browsers");
    }

    #[test]
    fn pages_find_a_loader_where_the_client_is_built() {
        assert_eq!(assets().address(LOADER).is_some(), assets().has_client());
        if let Some(address) = assets().address(LOADER) {
            let loader = &assets().files[address.strip_prefix("/static/").unwrap()].plain;
            let loader = std::str::from_utf8(loader).unwrap();
            for name in CLIENT {
                assert!(loader.contains(assets().address(name).unwrap()), "{name}");
            }
        }
    }

    #[test]
    fn the_worker_names_the_style_of_this_build() {
        let worker = std::str::from_utf8(&assets().worker).unwrap();
        assert!(worker.contains(assets().address("style.css").unwrap()), "{worker}");
    }

    #[test]
    fn the_best_coding_that_the_browser_takes_is_sent() {
        let asset = &assets().files[assets().address("style.css").unwrap().strip_prefix("/static/").unwrap()];
        assert_eq!(asset.encoded("gzip, deflate, br, zstd").0, Some("br"));
        assert_eq!(asset.encoded("gzip;q=1.0, br;q=0").0, Some("gzip"));
        assert_eq!(asset.encoded("").0, None);
        let (_, small) = asset.encoded("br");
        assert!(small.len() < asset.plain.len());
    }

    #[test]
    fn styles_lose_comments_and_name_fonts_by_address() {
        assert_eq!(lean("/* tokens */\n:root {\n  --ink: #000; /* text */\n}\n"), ":root {\n--ink: #000;\n}\n");
        assert!(!assets().style().contains("/*"));
        for (name, address) in &assets().addresses {
            if assets().style().contains(name) {
                assert!(assets().style().contains(address), "{name} is named without its hash");
            }
        }
    }
}
