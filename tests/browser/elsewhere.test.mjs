// A page of another origin that posts and that opens the socket, in the browser of somebody who is signed in here: neither does anything.

import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { signIn, startBrowser, startServer, visitor } from "./support.mjs";

let server, browser, elsewhere;
before(async () => {
  server = await startServer();
  browser = await startBrowser();
  elsewhere = createServer((_, answer) => answer.writeHead(200, { "content-type": "text/html" }).end("<!doctype html><title>Kitur</title>"));
  elsewhere.listen(0, "127.0.0.1");
  await once(elsewhere, "listening");
});
after(async () => {
  await browser?.close();
  elsewhere?.close();
  await server?.stop();
});

test("a page of another origin posts nothing and opens no socket", async () => {
  const page = await visitor(browser, server);
  await signIn(page, "rasa");
  await page.goto("/");
  const live = await page.getByRole("link", { name: "Prisijungti prie sesijos" }).first().getAttribute("href");
  const session = live.match(/[0-9a-f-]{36}/)[0];

  // Another name of the same machine is another site.
  const other = `http://localhost:${elsewhere.address().port}/`;
  await page.goto(other);
  const told = await page.evaluate(
    async ([url, session]) => {
      const sent = await fetch(`${url}/api/v1/sign-out`, { method: "POST", mode: "no-cors", credentials: "include" }).then((answer) => answer.type, () => "failed");
      const read = await fetch(`${url}/api/v1/me`, { credentials: "include" }).then(() => "read", () => "failed");
      const socket = await new Promise((done) => {
        const socket = new WebSocket(`${url.replace("http", "ws")}/api/v1/sessions/${session}/live`, "tinklaveika.v1");
        socket.onopen = () => done("open");
        socket.onerror = () => done("refused");
      });
      return { sent, read, socket };
    },
    [server.url, session],
  );
  assert.equal(told.read, "failed");
  assert.equal(told.socket, "refused");

  // The same as a form that a visitor presses without knowing it.
  const [answer] = await Promise.all([
    page.waitForNavigation(),
    page.evaluate((url) => {
      const form = Object.assign(document.createElement("form"), { method: "post", action: `${url}/atsijungti` });
      document.body.append(form);
      form.submit();
    }, server.url),
  ]);
  assert.equal(answer.status(), 403);
  await page.goto(`${server.url}/paskyra`);
  await page.getByRole("heading", { level: 1 }).waitFor();
  assert.ok(page.url().endsWith("/paskyra"), "still signed in");
});
