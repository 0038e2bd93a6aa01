// What is typed is never lost: not to an expired sign-in, not to a closed page; and what was taken is no draft any more.

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

const NAME = /Problema viena eilute/;
const TEXT = /Kas vyksta/;

/** The form of a new problem in the space that all teams share, with the client at work. */
async function newProblem(page) {
  await page.goto("/erdves");
  await page.getByRole("link", { name: "Įtraukiojo ugdymo dirbtuvė" }).first().click();
  await page.getByRole("link", { name: "Paskelbti problemą" }).first().click();
  await page.waitForURL(/problemos\/nauja/);
  await enhanced(page);
  return new URL(page.url()).pathname;
}

const enhanced = (page) => page.locator("html[data-client]").waitFor({ state: "attached" });

test("text typed before the sign-in expired is there after signing in again", async () => {
  const page = await visitor(browser, server);
  await signIn(page, "ieva");
  const address = await newProblem(page);
  await page.getByLabel(NAME).fill("Ilga mintis apie skaitymą");
  await page.getByLabel(TEXT).fill("Ji dar neužbaigta, bet negali dingti.");
  await page.context().clearCookies();
  await page.getByRole("button", { name: "Išsaugoti juodraštį" }).click();
  // The page says what happened, shows the text, and leads to signing in.
  await page.locator("main").getByRole("link", { name: "Prisijungti" }).click();
  await page.locator("input[type=password]").waitFor();
  await page.locator("input[type=email]").fill("ieva@tinklaveika.example");
  await page.locator("input[type=password]").fill(PASSWORD);
  await page.locator("main form button.primary").first().click();
  await page.waitForURL((url) => !url.pathname.startsWith("/prisijungti"));
  if (new URL(page.url()).pathname !== address) await page.goto(address);
  await until(async () => (await page.getByLabel(NAME).inputValue()) === "Ilga mintis apie skaitymą", { what: () => "the draft" });
  assert.equal(await page.getByLabel(TEXT).inputValue(), "Ji dar neužbaigta, bet negali dingti.");
  await page.getByText("Grąžintas Jūsų neišsiųstas tekstas.").waitFor();
  await auditAll(page, "a draft given back");
  await page.done();
});

test("a closed page gives its text back, once, and not after it was sent", async () => {
  const page = await visitor(browser, server);
  await signIn(page, "mindaugas");
  const address = await newProblem(page);
  await page.getByLabel(NAME).fill("Pertraukos per trumpos");
  await page.getByLabel("Kultūrinis ugdymas").check();
  await page.goto("/");
  await page.goto(address);
  await until(async () => (await page.getByLabel(NAME).inputValue()) === "Pertraukos per trumpos", { what: () => "the draft" });
  assert.ok(await page.getByLabel("Kultūrinis ugdymas").isChecked());
  await page.getByRole("button", { name: "Išsaugoti juodraštį" }).click();
  await page.getByRole("heading", { level: 1, name: "Pertraukos per trumpos" }).waitFor();
  await enhanced(page);
  await page.goto(address);
  await enhanced(page);
  assert.equal(await page.getByLabel(NAME).inputValue(), "");
  await page.done();
});

test("a draft can be dropped for an empty form", async () => {
  const page = await visitor(browser, server);
  await signIn(page, "vilma");
  const address = await newProblem(page);
  await page.getByLabel(NAME).fill("Persigalvojau");
  await page.goto(address);
  await page.getByRole("button", { name: "Atsisakyti jo" }).click();
  assert.equal(await page.getByLabel(NAME).inputValue(), "");
  await page.goto(address);
  await enhanced(page);
  assert.equal(await page.getByLabel(NAME).inputValue(), "");
  await page.done();
});
