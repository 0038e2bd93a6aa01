// Minutes: a session is closed, its draft edited and signed, read by another, and taken away as a PDF.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { auditAll, signIn, startBrowser, startServer, visitor } from "./support.mjs";

let server, browser;
before(async () => {
  server = await startServer();
  browser = await startBrowser();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

test("a session is closed, its minutes are edited and signed, and a colleague reads them", async () => {
  const page = await visitor(browser, server);
  await signIn(page, "rasa");
  await page.goto("/erdves");
  await page.getByRole("link", { name: "Įtraukiojo ugdymo dirbtuvė" }).first().click();
  await page.getByRole("link", { name: "Suplanuoti sesiją" }).first().click();
  await page.getByLabel(/Sesijos tema/).fill("Protokolo bandymas");
  await page.getByLabel(/Pradžia/).fill("2030-03-04T15:00");
  await page.getByRole("button", { name: "Suplanuoti sesiją" }).click();
  const room = page.url();
  await page.goto(`${room}/protokolas`);
  await page.getByText("Protokolo dar nėra.").waitFor();
  await auditAll(page, "no minutes yet");
  await page.getByRole("link", { name: "Į sesiją" }).click();
  await page.getByRole("button", { name: "Atidaryti sesiją" }).click();
  await page.locator("#live-text").fill("Kaip padėti tiems, kurie tyli?");
  await page.locator("#live-text").press("Enter");
  await page.locator("[data-message] .lines", { hasText: "tyli?" }).waitFor();
  await page.getByRole("button", { name: "Uždaryti sesiją" }).click();
  await page.getByRole("button", { name: "Taip, uždaryti" }).click();
  await page.getByRole("link", { name: "Skaityti sesijos įrašą" }).click();
  await page.getByRole("link", { name: "Protokolas" }).click();

  await page.getByRole("heading", { level: 1, name: "Protokolas: Protokolo bandymas" }).waitFor();
  await page.getByText("Kaip padėti tiems, kurie tyli?").waitFor();
  await page.getByRole("columnheader", { name: "Žingsnis" }).waitFor();
  await auditAll(page, "the draft");
  await page.getByRole("link", { name: "Taisyti" }).click();
  assert.match(await page.getByLabel("Klausimai").inputValue(), /kurie tyli\?$/);
  await page.getByLabel("Kita").fill("# Sutarta žodžiu\n- Susitinkame kas mėnesį\n- Kviečiame tėvus");
  await auditAll(page, "the form of minutes");
  await page.getByRole("button", { name: "Išsaugoti" }).click();
  await page.getByRole("heading", { level: 3, name: "Sutarta žodžiu" }).waitFor();
  await page.getByText("Taisytas juodraštis").waitFor();
  await page.getByRole("button", { name: "Pasirašyti protokolą" }).click();
  await page.getByText("Pasirašytas", { exact: true }).waitFor();
  await page.getByText("Pasirašė").waitFor();
  assert.equal(await page.getByRole("link", { name: "Taisyti" }).count(), 0);
  await page.getByText("Pridėti priedą").click();
  await page.getByLabel("Kas protokole taisoma ar papildoma").fill("Dalyvavo ir Jonas.");
  await page.getByRole("button", { name: "Pasirašyti priedą" }).click();
  await page.getByRole("heading", { name: /^1 priedas/ }).waitFor();
  await auditAll(page, "signed minutes");
  const minutes = page.url();
  await page.done();

  const tomas = await visitor(browser, server, { width: 360, scripts: false });
  await signIn(tomas, "tomas");
  await tomas.goto(minutes);
  await tomas.getByText("Susitinkame kas mėnesį").waitFor();
  await tomas.getByText("Dalyvavo ir Jonas.").waitFor();
  assert.equal(await tomas.getByRole("button", { name: /Pasirašyti/ }).count(), 0);
  const [file] = await Promise.all([tomas.waitForEvent("download"), tomas.getByRole("link", { name: "PDF" }).click()]);
  assert.equal(file.suggestedFilename(), "protokolas.pdf");
  const [markdown] = await Promise.all([tomas.waitForEvent("download"), tomas.getByRole("link", { name: "Markdown" }).click()]);
  assert.equal(markdown.suggestedFilename(), "protokolas.md");
  await tomas.done();
});
