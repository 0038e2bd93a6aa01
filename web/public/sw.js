// Keeps the pages that were read last, and shows the copy, with its time, when there is no network.
//
// The server names each page that may be kept, and for whom, in the header `tinklaveika-kept`: never a page of an account or with a
// secret. Answers of the API never pass here. Signing out deletes all copies, and so does the first page of somebody else, or on a
// shared computer.

// The server puts the address of this build's style here: another build has files of its own.
const FILES = "files /static/style.css";
const PAGES = "pages ";
const MOST = 40;
const LONGEST = 400_000;
const OFFLINE = "/be-rysio";
const SIGN_OUT = "/atsijungti";
const WHOSE = "tinklaveika-kept";
const NOBODY = "-";
const AT = "tinklaveika-kept-at";

/** Counts the wipings, so that a page under way is not kept after one. */
let wipings = 0;

addEventListener("install", () => self.skipWaiting());
addEventListener("activate", (event) => event.waitUntil(begin()));
addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  if (request.method === "GET" && url.pathname.startsWith("/static/")) event.respondWith(file(event));
  else if (request.mode === "navigate" && request.method === "GET") event.respondWith(read(event, url));
  // Files are long and go by themselves.
  else if (request.mode === "navigate" && !request.headers.get("content-type")?.startsWith("multipart/")) event.respondWith(send(request, url));
});
// The page that installed the worker came before it, and is asked for once more.
addEventListener("message", (event) => {
  const url = new URL(event.data.path, location.origin);
  if (url.origin === location.origin) event.waitUntil(ask(url, event.data.lang).then((answer) => keep(url, answer)));
});

async function begin() {
  for (const name of await caches.keys()) if (!name.startsWith(PAGES) && name !== FILES) await caches.delete(name);
  // A worker that has to wake up first does not make a page wait.
  await self.registration.navigationPreload?.enable();
  await self.clients.claim();
}

/** In the language of the page that is read: what a worker asks for by itself comes in the browser's. */
const ask = (url, lang) => fetch(url, { headers: { "accept-language": lang } });

/** A file whose name has the hash of what is in it. */
async function file(event) {
  const cache = await caches.open(FILES);
  const found = await cache.match(event.request, { ignoreVary: true });
  if (found) return found;
  const answer = await fetch(event.request);
  if (answer.ok) event.waitUntil(cache.put(event.request, answer.clone()));
  return answer;
}

async function read(event, url) {
  try {
    const answer = (await event.preloadResponse) ?? (await fetch(event.request));
    if (answer.headers.has(WHOSE)) event.waitUntil(keep(url, answer.clone()));
    return answer;
  } catch {
    return (await copy(url)) ?? (await offline("no-copy")) ?? Response.error();
  }
}

async function send(request, url) {
  const told = url.pathname === SIGN_OUT ? await offline("refused") : null;
  if (url.pathname === SIGN_OUT) await wipe();
  try {
    return await fetch(request);
  } catch {
    return told ?? (await offline("refused")) ?? Response.error();
  }
}

async function wipe(except) {
  wipings += 1;
  for (const name of await caches.keys()) if (name.startsWith(PAGES) && name !== except) await caches.delete(name);
}

const address = (url) => url.pathname + url.search;

/** Keeps an answer that the server lets be kept; the one kept longest ago goes when there are too many. */
async function keep(url, answer) {
  const whose = answer.headers.get(WHOSE);
  if (!whose || !answer.ok) return;
  if (whose === NOBODY) return wipe();
  const name = PAGES + whose;
  if ((await caches.keys()).some((other) => other.startsWith(PAGES) && other !== name)) await wipe(name);
  const before = wipings;
  const text = await answer.text();
  // A live room is nothing without the network.
  if (text.length > LONGEST || text.includes('id="live-room"')) return;
  const spare = await withoutNetwork(text);
  if (before !== wipings) return;
  const cache = await caches.open(name);
  await cache.delete(address(url));
  await cache.put(address(url), kept(answer, text));
  if (spare) await cache.put(OFFLINE, spare);
  const pages = (await cache.keys()).filter((request) => new URL(request.url).pathname !== OFFLINE);
  for (const old of pages.slice(0, -MOST)) await cache.delete(old);
}

function kept(answer, text) {
  const headers = new Headers(answer.headers);
  headers.set(AT, String(Date.now()));
  headers.delete("content-encoding");
  headers.delete("content-length");
  return new Response(text, { headers });
}

/** The page of no network, asked for where there is none yet in the language of `page`. */
async function withoutNetwork(page) {
  const lang = (text) => /<html lang="(\w+)"/.exec(text)?.[1];
  const found = await find(OFFLINE);
  if (found && lang(await found.text()) === lang(page)) return null;
  const answer = await ask(OFFLINE, lang(page));
  return answer.ok ? kept(answer, await answer.text()) : null;
}

const find = (path) => caches.match(path, { ignoreVary: true });

/** The copy with its time on top. What the server left open for it stands in `web/pages/src/offline.rs`. */
async function copy(url) {
  const found = await find(address(url));
  if (!found) return null;
  const at = new Date(Number(found.headers.get(AT)));
  const text = (await found.text())
    .replace(/(<p id="saved-copy"[^>]*) hidden>/, "$1>")
    .replace('<time id="saved-at" class="numbers">', (open) => `${open.slice(0, -1)} datetime="${at.toISOString()}">${local(at)}.`);
  return new Response(text, { headers: found.headers });
}

const local = (at) => new Intl.DateTimeFormat("lt-LT", { dateStyle: "short", timeStyle: "short", timeZone: "Europe/Vilnius" }).format(at);

/** The page of no network with the part that says what happened, and the pages that can be read. */
async function offline(part) {
  const found = await find(OFFLINE);
  if (!found) return null;
  const show = (text, id) => text.replace(`<section id="${id}" hidden>`, `<section id="${id}">`);
  const pages = await list();
  let text = show(await found.text(), part);
  if (pages) text = show(text, "kept").replace('<ul id="kept-pages">', (open) => open + pages);
  return new Response(text, { status: 503, headers: found.headers });
}

/** Links to the kept pages, the latest first. Titles are HTML already, as the server wrote them. */
async function list() {
  const links = [];
  for (const name of (await caches.keys()).filter((name) => name.startsWith(PAGES))) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const url = new URL(request.url);
      if (url.pathname === OFFLINE) continue;
      const text = await (await cache.match(request)).text();
      const title = /<title>([^<]*?)(?: – Tinklaveika)?<\/title>/.exec(text)?.[1];
      if (title) links.unshift(`<li><a href="${address(url).replaceAll("&", "&amp;").replaceAll('"', "%22")}">${title}</a></li>`);
    }
  }
  return links.join("");
}
