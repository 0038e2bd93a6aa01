// Reading without an account: with scripts off, in both languages, at every width, in light and in dark.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { auditAll, startBrowser, startServer, visitor } from "./support.mjs";

let server, browser;
before(async () => {
  server = await startServer();
  browser = await startBrowser();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

test("the library is browsed, narrowed and read without scripts", async () => {
  const page = await visitor(browser, server, { scripts: false, width: 360 });
  await page.goto("/praktikos");
  const all = await page.locator("main h2.item-title, main h3.item-title").count();
  assert.equal(all, 20, "one page of the public practices");
  assert.equal(await page.locator("script[src*=client]").count(), 0, "no client on a public page");
  await page.goto("/praktikos?area=steam");
  const steam = await page.locator("main h2.item-title, main h3.item-title").count();
  assert.ok(steam > 0 && steam < all);
  await page.goto("/praktikos");
  await page.locator("main .item-title a").first().click();
  await page.waitForURL(/\/praktikos\/[0-9a-f-]{36}$/);
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.done();
});

test("a private space is not there for a stranger", async () => {
  const page = await visitor(browser, server, { scripts: false });
  await page.goto("/erdves");
  await page.getByText("Geroji patirtis visiems").first().waitFor();
  assert.equal(await page.getByText("Ąžuolo ir Pušyno kiemas").count(), 0);
  const answer = await page.goto("/erdves/0192f0c1-2b3c-7d4e-8f50-0123456789ab");
  assert.equal(answer.status(), 404);
  await page.done();
});

test("what is typed without diacritics is found, with the words marked", async () => {
  const page = await visitor(browser, server, { scripts: false });
  await page.goto("/paieska?q=isivertinimo");
  await page.locator("main mark").first().waitFor();
  await page.getByText("Įsivertinimo lapas", { exact: false }).first().waitFor();
  await page.goto("/paieska?q=zzzzzz");
  assert.equal(await page.locator("main mark").count(), 0);
  await page.done();
});

test("the reader chooses language and appearance without scripts", async () => {
  const page = await visitor(browser, server, { scripts: false });
  await page.goto("/praktikos");
  await page.getByRole("button", { name: "English" }).click();
  await page.getByRole("heading", { level: 1, name: "Practices" }).waitFor();
  await page.getByRole("button", { name: "Dark" }).click();
  await page.locator("html[data-theme=dark]").waitFor();
  await page.done();
});

for (const [name, path] of [
  ["front page", "/"],
  ["spaces", "/erdves"],
  ["problems", "/problemos"],
  ["practices", "/praktikos"],
  ["practices under filters", "/praktikos?cost=none&size=large&sort=title"],
  ["no practice under filters", "/praktikos?area=steam&municipality=LT-01"],
  ["networks", "/tinklai"],
  ["sessions", "/sesijos"],
  ["search", "/paieska?q=motyvacija"],
  ["sign-in", "/prisijungti"],
  ["code", "/kvietimas"],
  ["nothing", "/nera-tokio"],
]) {
  test(`axe finds nothing on: ${name}`, async () => {
    const page = await visitor(browser, server);
    await page.goto(path);
    await auditAll(page, name);
    await page.done();
  });
}

test("axe finds nothing on a practice and a problem", async () => {
  const page = await visitor(browser, server);
  for (const list of ["/praktikos", "/problemos"]) {
    await page.goto(list);
    await page.goto(await page.locator("main .item-title a").first().getAttribute("href"));
    await auditAll(page, list);
  }
  await page.goto("/praktikos");
  await page.goto(`${await page.locator("main .item-title a").first().getAttribute("href")}/kortele`);
  await auditAll(page, "card");
  await page.done();
});
