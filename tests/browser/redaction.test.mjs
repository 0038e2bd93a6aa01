// A passage that must not stand is taken out for good: by a coordinator, with a mark in its place, and gone from the room that is open.

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

async function as(name, options) {
  const page = await visitor(browser, server, options);
  await signIn(page, name);
  return page;
}

test("a passage of a problem is removed, and readers see a mark, who, when and why", async () => {
  const [jonas, vilma] = [await as("jonas"), await as("vilma", { width: 360 })];
  await jonas.goto("/problemos");
  await jonas.getByRole("link", { name: /įsivertina pagal nuotaiką/ }).first().click();
  await jonas.waitForURL(/\/problemos\/[0-9a-f-]{36}$/);
  const problem = new URL(jonas.url()).pathname;
  await vilma.goto(problem);
  assert.equal(await vilma.getByRole("link", { name: "Pašalinti teksto dalį" }).count(), 0);

  await jonas.getByRole("link", { name: "Pašalinti teksto dalį" }).click();
  await jonas.getByRole("heading", { name: "Pašalinti teksto dalį" }).waitFor();
  await auditAll(jonas, "the form of a redaction");
  await jonas.getByLabel(/Ką pašalinti/).fill("įsivertina pagal nuotaiką");
  await jonas.getByLabel(/Priežastis/).fill("Nes čia parašyta „įsivertina pagal nuotaiką“");
  await jonas.getByRole("button", { name: "Pašalinti visam laikui" }).click();
  await jonas.getByText("Priežastyje nekartokite to, ką pašalinate.").first().waitFor();
  await jonas.getByLabel(/Priežastis/).fill("Galima atpažinti klasę.");
  await jonas.getByRole("button", { name: "Pašalinti visam laikui" }).click();
  await jonas.getByRole("heading", { name: "Pašalinta" }).waitFor();
  await auditAll(jonas, "after a redaction");

  await vilma.goto(problem);
  const text = await vilma.locator("main").innerText();
  assert.ok(text.includes("[pašalinta]") && text.includes("Galima atpažinti klasę."), text);
  assert.ok(!text.includes("įsivertina pagal nuotaiką"));
  await auditAll(vilma, "a text with a passage removed");
  await Promise.all([jonas, vilma].map((page) => page.done()));
});

test("the log of acts tells who did it, and that the chain is whole", async () => {
  const ona = await as("ona");
  await ona.goto("/valdymas");
  await ona.getByRole("link", { name: "Veiksmų žurnalas" }).click();
  await ona.getByText(/Grandinė nepertraukta/).waitFor();
  await ona.locator("ul.items strong", { hasText: "Pašalinta teksto dalis" }).first().waitFor();
  await auditAll(ona, "the log of acts");
  await ona.getByLabel("Veiksmas").selectOption("text.redacted");
  await ona.getByRole("button", { name: "Rodyti" }).click();
  await ona.waitForURL(/act=text.redacted/);
  assert.equal(await ona.locator("ul.items > li").count(), 1);
  const [table] = await Promise.all([ona.waitForEvent("download"), ona.getByRole("link", { name: /CSV/ }).click()]);
  assert.equal(table.suggestedFilename(), "tinklaveika-veiksmai.csv");
  await ona.done();
});
