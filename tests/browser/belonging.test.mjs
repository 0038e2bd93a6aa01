// Signing in and belonging: by mouse, by key presses alone, and from a link to the team's page.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { PASSWORD, auditAll, signIn, startBrowser, startServer, tabTo, visitor } from "./support.mjs";

let server, browser;
before(async () => {
  server = await startServer();
  browser = await startBrowser();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

test("a person signs in by key presses alone and comes back to where they were going", async () => {
  const page = await visitor(browser, server);
  await page.goto("/prisijungti?grizti=%2Ferdves");
  await tabTo(page, /^El\. paštas/);
  await page.keyboard.type("rasa@tinklaveika.example");
  await tabTo(page, /^Slaptažodis/);
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/erdves$/);
  await page.getByText("Ąžuolo ir Pušyno kiemas").first().waitFor();
  await page.done();
});

test("a wrong password says so and keeps the address typed", async () => {
  const page = await visitor(browser, server);
  await page.goto("/prisijungti");
  await page.locator("input[type=email]").fill("rasa@tinklaveika.example");
  await page.locator("input[type=password]").fill("neteisingas slaptažodis");
  await page.locator("main form button").first().click();
  await page.locator("[role=alert], .errors").first().waitFor();
  assert.equal(await page.locator("input[type=email]").inputValue(), "rasa@tinklaveika.example");
  assert.equal(await page.locator("input[type=password]").inputValue(), "");
  await page.done();
});

test("an outsider goes from the link to the team's page in three screens and one form", async () => {
  const lead = await visitor(browser, server);
  await signIn(lead, "kristina");
  await lead.goto("/paskyra");
  await lead.locator("main a[href^='/komandos/']").first().click();
  await lead.waitForURL(/\/komandos\//);
  assert.equal(await lead.getByRole("button", { name: "Pradėti veikti" }).isEnabled().catch(() => false), false, "four are too few");
  await lead.getByRole("button", { name: /kvietimo nuorodą/ }).click();
  const link = (await lead.locator("main").innerText()).match(/http:\/\/[^\s]+\/kvietimas\/[^\s]+/)[0];

  const guest = await visitor(browser, server, { width: 360 });
  await guest.goto(link); // the first screen
  await auditAll(guest, "invitation");
  await guest.getByLabel(/Vardas ir pavardė/).fill("Kristina Gailiūtė");
  await guest.getByLabel(/El\. paštas/).fill("nauja@tinklaveika.example");
  await guest.getByLabel(/Slaptažodis/).fill("trys žodžiai ir ežeras");
  await guest.getByLabel(/Pareigos/).selectOption({ index: 1 });
  await guest.getByRole("button", { name: "Tapti komandos nariu" }).click();
  await guest.waitForURL(/\/komandos\//); // the second
  await guest.getByRole("heading", { level: 1, name: /Pušynas/ }).waitFor();
  await auditAll(guest, "team");
  await guest.done();

  await lead.goto(new URL(guest.url()).pathname).catch(() => {});
  await lead.reload();
  await lead.getByRole("button", { name: "Pradėti veikti" }).click();
  await lead.waitForLoadState();
  assert.match(await lead.locator("main").innerText(), /Veikia|Aktyvi|Veikianti/i);
  await lead.done();
});

test("sign-ins are listed, and one that is ended elsewhere is over", async () => {
  const here = await visitor(browser, server);
  const there = await visitor(browser, server);
  await signIn(here, "tomas");
  await signIn(there, "tomas");
  await here.goto("/paskyra");
  await auditAll(here, "account");
  await here.getByRole("button", { name: /[Vv]is/ }).first().click();
  await here.waitForLoadState();
  await there.goto("/paskyra");
  assert.equal(await there.getByText("tomas@tinklaveika.example").count(), 0);
  await here.done();
  await there.done();
});
