// Without a network: what was read is read again, what is typed stays, and signing out leaves nothing behind.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { auditAll, PASSWORD, signIn, startBrowser, startServer, until, visitor } from "./support.mjs";

let server, browser;
before(async () => {
  server = await startServer();
  browser = await startBrowser();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

/** The network is cut: for the browser, and for its worker, which asks by itself. */
async function cut(page) {
  await page.context().setOffline(true);
  await server.kill();
}

async function mend(page) {
  await server.start();
  await page.context().setOffline(false);
}

const kept = (page) =>
  page.evaluate(async () => {
    const names = (await caches.keys()).filter((name) => name.startsWith("pages "));
    const all = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    return all.flat().map((request) => new URL(request.url).pathname);
  });

const keeps = (page, path) => until(async () => (await kept(page)).includes(path), { what: () => `a copy of ${path}` });

/** The worker watches over the page, and has kept the one that installed it. */
async function watched(page) {
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await keeps(page, new URL(page.url()).pathname);
}

async function readPractice(page) {
  await page.goto("/praktikos");
  await page.locator("main .item-title a").first().click();
  await page.waitForURL(/\/praktikos\/[0-9a-f-]{36}$/);
  const path = new URL(page.url()).pathname;
  await keeps(page, path);
  return { path, title: await page.getByRole("heading", { level: 1 }).innerText() };
}

test("a page that was read is read again without a network, and says that it is a copy", async () => {
  const page = await visitor(browser, server);
  await signIn(page, "rasa");
  await watched(page);
  const practice = await readPractice(page);
  assert.equal(await page.locator("#saved-copy").isVisible(), false);
  await cut(page);
  try {
    await page.goto("/");
    await page.goto(practice.path);
    await page.getByRole("heading", { level: 1, name: practice.title }).waitFor();
    const banner = page.locator("#saved-copy");
    assert.match(await banner.innerText(), /^Nėra ryšio\. Rodoma šiame įrenginyje išsaugota kopija: \d{4}-\d\d-\d\d \d\d:\d\d\.$/);
    await auditAll(page, "a kept copy");
    // One that was not read: the page says so, and leads to those that were.
    const answer = await page.goto("/tinklai");
    assert.equal(answer.status(), 503);
    await page.getByText("Šio puslapio kopijos šiame įrenginyje nėra.").waitFor();
    await auditAll(page, "no copy");
    await page.getByRole("link", { name: practice.title }).click();
    await page.getByRole("heading", { level: 1, name: practice.title }).waitFor();
    assert.ok(!(await kept(page)).some((path) => path.startsWith("/api/") || path.startsWith("/paskyra")));
  } finally {
    await mend(page);
  }
  await page.goto(practice.path);
  assert.equal(await page.locator("#saved-copy").isVisible(), false);
  await page.done();
});

test("what is typed without a network stays, is not sent, and is sent when the network is back", async () => {
  const page = await visitor(browser, server);
  await signIn(page, "ieva");
  await watched(page);
  await page.goto("/erdves");
  await page.getByRole("link", { name: "Įtraukiojo ugdymo dirbtuvė" }).first().click();
  await page.getByRole("link", { name: "Paskelbti problemą" }).first().click();
  await page.waitForURL(/problemos\/nauja/);
  const form = new URL(page.url()).pathname;
  await page.locator("html[data-client]").waitFor({ state: "attached" });
  await keeps(page, form);
  const name = page.getByLabel(/Problema viena eilute/);
  const draft = page.getByRole("button", { name: "Išsaugoti juodraštį" });
  await cut(page);
  try {
    await name.fill("Rašyta be ryšio");
    await draft.click();
    await page.getByText("Nėra ryšio – neišsiųsta.").waitFor();
    await auditAll(page, "a form without a network");
    assert.equal(new URL(page.url()).pathname, form);
    // The browser believes that there is a network, but the server is not reached.
    await page.context().setOffline(false);
    await page.waitForFunction(() => navigator.onLine);
    await draft.click();
    await page.getByRole("heading", { name: "Neišsiųsta" }).waitFor();
    await auditAll(page, "not sent");
    await page.locator("html[data-client]").waitFor({ state: "attached" });
    // The form's own copy gives the text back too.
    await page.goto(form);
    await until(async () => (await name.inputValue()) === "Rašyta be ryšio", { what: () => "the draft on the copy" });
  } finally {
    await mend(page);
  }
  await page.goto(form);
  await until(async () => (await name.inputValue()) === "Rašyta be ryšio", { what: () => "the draft" });
  await draft.click();
  await page.getByRole("heading", { level: 1, name: "Rašyta be ryšio" }).waitFor();
  await page.done();
});

test("signing out deletes the copies", async () => {
  const page = await visitor(browser, server);
  await signIn(page, "mindaugas");
  await watched(page);
  const practice = await readPractice(page);
  await page.locator("details.menu summary").click();
  await page.getByRole("button", { name: "Atsijungti" }).click();
  await page.locator("a.sign-in").waitFor();
  assert.deepEqual(await kept(page), []);
  await cut(page);
  try {
    await assert.rejects(page.goto(practice.path));
  } finally {
    await mend(page);
  }
  await page.done();
});

test("somebody else’s first page deletes the copies, and a shared computer keeps none", async () => {
  const page = await visitor(browser, server);
  await signIn(page, "rasa");
  await watched(page);
  const practice = await readPractice(page);
  // The sign-in ends without signing out, as one that has expired.
  await page.context().clearCookies();
  await signIn(page, "vilma");
  await until(async () => !(await kept(page)).includes(practice.path), { what: () => "the copies to go" });
  await page.context().clearCookies();
  await page.goto("/prisijungti");
  await page.locator("input[type=email]").fill("andrius@tinklaveika.example");
  await page.locator("input[type=password]").fill(PASSWORD);
  await page.locator("input[name=shared_computer]").check();
  await page.locator("main form button.primary").first().click();
  await page.waitForURL((url) => !url.pathname.startsWith("/prisijungti"));
  await page.goto("/problemos");
  await page.goto("/praktikos");
  await until(async () => (await kept(page)).length === 0, { what: () => "every copy to go" });
  await page.done();
});
