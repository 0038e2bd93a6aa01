// Starts the web client. The server puts the addresses of this build in place of the two below.
// No Trusted Types policy is made here or anywhere: the client never turns text into markup.

async function start() {
  try {
    const client = await import("/static/client.js");
    await client.default({ module_or_path: "/static/client.wasm" });
    client.start();
    // From here on the page is looked after; journeys wait for it.
    document.documentElement.dataset.client = "";
  } catch (error) {
    // A browser without WebAssembly, or a release that replaced the files in between: the page says what to do.
    for (const notice of document.querySelectorAll("[data-client-failed]")) notice.hidden = false;
    for (const wait of document.querySelectorAll("[data-client-waiting]")) wait.hidden = true;
    throw error;
  }
}

// The live room is nothing without the client; other pages are usable already, and only those that hold something to look after
// load it, in a quiet moment.
if (document.getElementById("live-room")) start();
else if (document.querySelector("[data-draft], [data-suggest]") || sessionStorage.getItem("draft.sent")) {
  if ("requestIdleCallback" in window) requestIdleCallback(start, { timeout: 1000 });
  else setTimeout(start, 100);
}
