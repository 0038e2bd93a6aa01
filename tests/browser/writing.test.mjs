// Posting a problem and sharing a practice: refused forms keep what was typed, and the guard stands before every text.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { auditAll, signIn, startBrowser, startServer, tabTo, visitor } from "./support.mjs";

let server, browser;
before(async () => {
  server = await startServer();
  browser = await startBrowser();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

async function toSpace(page, name) {
  await page.goto("/erdves");
  await page.getByRole("link", { name }).first().click();
  await page.waitForURL(/\/erdves\/[0-9a-f-]{36}$/);
}

test("a problem without evidence is refused, keeps its text, and is posted once it has some", async () => {
  const page = await visitor(browser, server, { width: 360 });
  await signIn(page, "egle");
  await toSpace(page, "Įtraukiojo ugdymo dirbtuvė");
  await auditAll(page, "space");
  await page.getByRole("link", { name: "Paskelbti problemą" }).click();
  await page.getByLabel(/Problema viena eilute/).fill("Penktokai pamokas pradeda pavargę");
  await page.getByLabel("Įtraukusis ugdymas").check();
  await page.getByRole("button", { name: "Paskelbti problemą" }).click();
  await page.waitForLoadState();
  assert.equal(await page.getByLabel(/Problema viena eilute/).inputValue(), "Penktokai pamokas pradeda pavargę");
  await auditAll(page, "refused problem");
  await page.getByLabel("Rūšis").first().selectOption({ label: "Apklausa" });
  await page.getByLabel("Ką jis rodo").first().fill("Apklausoje pusė klasės rašė, kad rytais neišsimiega.");
  await page.getByRole("button", { name: "Paskelbti problemą" }).click();
  await page.waitForURL(/\/problemos\/[0-9a-f-]{36}$/);
  await page.getByRole("heading", { level: 1, name: "Penktokai pamokas pradeda pavargę" }).waitFor();
  await auditAll(page, "problem");
  await page.done();
});

test("a personal code never gets in, and the text around it is not lost", async () => {
  const page = await visitor(browser, server);
  await signIn(page, "rasa");
  await page.goto("/problemos");
  await page.locator("main .item-title a").first().click();
  const box = page.getByLabel("Jūsų atsakymas");
  const text = "Kreipkitės dėl mokinio, kurio kodas 50001010006.";
  await box.fill(text);
  await page.getByRole("button", { name: "Atsakyti" }).click();
  await page.waitForLoadState();
  assert.equal(await page.getByLabel("Jūsų atsakymas").inputValue(), text);
  await page.getByLabel("Jūsų atsakymas").fill("Mums padėjo bendras planavimas.");
  await page.getByRole("button", { name: "Atsakyti" }).click();
  await page.getByText("Mums padėjo bendras planavimas.").first().waitFor();
  await page.done();
});

test("a draft of a practice is kept by key presses alone, and only its team knows of it", async () => {
  const page = await visitor(browser, server);
  await signIn(page, "lina");
  await toSpace(page, "Geroji patirtis visiems");
  await tabTo(page, "Pasidalyti praktika");
  await page.keyboard.press("Enter");
  await page.waitForURL(/praktikos\/nauja/);
  await tabTo(page, /^Pavadinimas/);
  await page.keyboard.type("Ryto ratas penktokams");
  await tabTo(page, "Išsaugoti juodraštį");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/praktikos\/[0-9a-f-]{36}/);
  const address = new URL(page.url()).pathname;
  await auditAll(page, "draft of a practice");
  const other = await visitor(browser, server);
  await signIn(other, "rasa");
  assert.equal((await other.goto(address)).status(), 404);
  await other.done();
  await page.done();
});

test("two editors of one text: the later sees both versions", async () => {
  const one = await visitor(browser, server);
  const two = await visitor(browser, server);
  await signIn(one, "rasa");
  await signIn(two, "tomas");
  await one.goto("/erdves");
  await toSpace(one, "Ąžuolo ir Pušyno kiemas");
  await one.locator("main a[href^='/problemos/']").first().click();
  await one.waitForURL(/\/problemos\/[0-9a-f-]{36}$/);
  const edit = `${new URL(one.url()).pathname}/keisti`;
  await one.goto(edit);
  await two.goto(edit);
  await one.getByLabel(/Ko siekiate/).fill("Pirmojo tikslas iki pavasario.");
  await one.getByRole("button", { name: "Išsaugoti" }).click();
  await one.waitForURL(/\/problemos\/[0-9a-f-]{36}$/);
  await two.getByLabel(/Ko siekiate/).fill("Antrojo tikslas iki rudens.");
  await two.getByRole("button", { name: "Išsaugoti" }).click();
  await two.waitForLoadState();
  assert.equal(await two.getByLabel(/Ko siekiate/).inputValue(), "Antrojo tikslas iki rudens.");
  await two.getByText("Pirmojo tikslas iki pavasario.").first().waitFor();
  await auditAll(two, "two editors");
  await one.done();
  await two.done();
});
