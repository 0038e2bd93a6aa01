// Starts the web client. The page names its two files: <script type="module" src="…" data-script="…" data-module="…">.

// Before anything else: the client's framework builds static parts of a page through `template.innerHTML`, which the
// content security policy gives only to a Trusted Types policy. What could run is refused, all else passes unchanged.
const RUNS = /<script|[\s"'/]on\w+\s*=|srcdoc|javascript:/i;
window.trustedTypes?.createPolicy("default", {
  createHTML(text) {
    if (RUNS.test(text)) throw new TypeError("refused by the Trusted Types policy");
    return text;
  },
});

const { script, module } = document.querySelector("script[data-module]").dataset;
const live = document.getElementById("live-room");

async function start() {
  try {
    const client = await import(script);
    await client.default({ module_or_path: module });
    client.start();
  } catch (error) {
    // A browser without WebAssembly, or a release that replaced the files in between: the page says what to do.
    for (const notice of document.querySelectorAll("[data-client-failed]")) notice.hidden = false;
    for (const wait of document.querySelectorAll("[data-client-waiting]")) wait.hidden = true;
    throw error;
  }
}

// The live room is nothing without the client; every other page is usable already and can wait for a quiet moment.
if (live) start();
else if ("requestIdleCallback" in window) requestIdleCallback(start, { timeout: 2000 });
else setTimeout(start, 200);
