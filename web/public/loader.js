// Starts the web client and the service worker. The server puts the addresses of this build in place of those of `/static/` below.
// The client never turns text into markup, so that the one policy of Trusted Types is the worker's, which knows one address.

// The live room and the care of forms are two modules: no page downloads both at first.
const ROOM = ["/static/client.js", "/static/client.wasm"];
const FORMS = ["/static/forms.js", "/static/forms.wasm"];
// Text written together: only once somebody opens it.
const NOTES = ["/static/notes.js", "/static/notes.wasm"];

async function start([script, module], within = document) {
  try {
    const client = await import(script);
    await client.default({ module_or_path: module });
    client.start();
    // From here on the page is looked after; journeys wait for it.
    document.documentElement.dataset.client = "";
  } catch (error) {
    // A browser without WebAssembly, or a release that replaced the files in between: the page says what to do.
    for (const notice of within.querySelectorAll("[data-client-failed]")) notice.hidden = false;
    for (const wait of within.querySelectorAll("[data-client-waiting]")) wait.hidden = true;
    throw error;
  }
}

// Keeps what is read for when the network is gone. A browser that refuses it reads as before.
async function keepPages() {
  const workers = navigator.serviceWorker;
  const first = !workers.controller;
  const policy = window.trustedTypes?.createPolicy("sw", { createScriptURL: () => "/sw.js" });
  await workers.register(policy ? policy.createScriptURL("") : "/sw.js");
  const here = { path: location.pathname + location.search, lang: document.documentElement.lang };
  if (first) (await workers.ready).active.postMessage(here);
}

function inQuiet(work) {
  if ("requestIdleCallback" in window) requestIdleCallback(work, { timeout: 1000 });
  else setTimeout(work, 100);
}

// The live room is nothing without the client; other pages are usable already, and only those that hold something to look after
// load it, in a quiet moment.
if (document.getElementById("live-room")) start(ROOM);
if (document.querySelector("[data-draft], [data-suggest]") || sessionStorage.getItem("draft.sent")) inQuiet(() => start(FORMS));

for (const place of document.querySelectorAll("details[data-notes][data-person]")) {
  const open = () => start(NOTES, place);
  if (place.open) open();
  else place.addEventListener("toggle", open, { once: true });
}

// Esc closes the reader's menu and gives the focus back to what opened it.
const menu = document.querySelector("details.menu");
menu?.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !menu.open) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

// Only pages of a signed-in reader have a place for a copy's time.
if (document.getElementById("saved-copy") && navigator.serviceWorker) inQuiet(() => keepPages().catch(() => {}));
