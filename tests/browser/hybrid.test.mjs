// Hybrid rooms: one laptop of a team, ticked with a mouse, with keys alone and with a thumb; each who sits there votes for themselves.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { auditAll, enterRoom, startBrowser, startServer, tabTo, visitor } from "./support.mjs";

let server, browser;
before(async () => {
  server = await startServer();
  browser = await startBrowser();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const poll = (page) => page.locator(".live-poll");
const people = (page) => page.locator(".live-people");
const whom = (page) => page.locator("select#live-whom");
const shots = process.env.SHOTS;
const shot = async (page, name) => shots && page.screenshot({ path: `${shots}/${name}.png` });

async function ask(page, question, shown) {
  const side = page.locator(".live-polls");
  if (!(await side.getByLabel("Klausimas").isVisible())) await side.getByText("Nauja apklausa").click();
  await side.getByLabel("Klausimas").fill(question);
  await side.getByLabel("Kaip atsakoma").selectOption({ label: "Vienas variantas" });
  await side.getByLabel(/^Variantai/).fill("Taip\nNe");
  await side.getByLabel("Rezultatai").selectOption({ label: shown });
  await side.getByRole("button", { name: "Pradėti dabar" }).click();
}

test("a laptop stands for one more of the team, who votes and raises a hand for themselves", async () => {
  const [ruta, tomas] = [await visitor(browser, server), await visitor(browser, server)];
  await enterRoom(ruta, "ruta");
  await enterRoom(tomas, "tomas");
  const mates = people(tomas).locator(".live-mates");
  await mates.getByText("Kartu prie šio įrenginio").first().click();
  const name = "Mindaugas Urbonas";
  await mates.getByLabel(name).click();
  await whom(tomas).waitFor();
  await people(ruta).getByText("prie bendro įrenginio: Tomas Balčiūnas").waitFor();
  await auditAll(tomas, "a shared device");
  await shot(tomas, "hybrid");

  await ask(ruta, "Ar tinka pirmadieniai?", "Matomi iš karto");
  await poll(tomas).getByText("Taip", { exact: true }).first().click();
  await poll(tomas).getByRole("button", { name: "Balsuoti" }).click();
  await poll(ruta).getByText(/Dalyvavo 1 iš/).waitFor();
  // For the other by keys alone: what was picked for oneself is not carried over.
  await tabTo(tomas, "Už ką atsakote", { limit: 200, back: true });
  await tomas.keyboard.press("ArrowDown");
  await poll(tomas).getByText("Jūsų balsas įrašytas").waitFor({ state: "detached" });
  assert.equal(await poll(tomas).locator("input:checked").count(), 0);
  await tabTo(tomas, "Taip");
  await tomas.keyboard.press("ArrowDown");
  await tabTo(tomas, "Balsuoti");
  await tomas.keyboard.press("Enter");
  await poll(ruta).getByText(/Dalyvavo 2 iš/).waitFor();
  await tomas.getByRole("button", { name: "Pakelti ranką" }).click();
  await ruta.locator(".live-hands ol").getByText(name).waitFor();
  await auditAll(tomas, "a vote for another");
  await shot(tomas, "hybrid-vote");
  await poll(ruta).getByRole("button", { name: "Baigti apklausą" }).click();

  // They get up: the choice of whom goes, and the hand is one's own again.
  if (!(await mates.getByLabel(name).isVisible())) await mates.getByText("Kartu prie šio įrenginio").first().click();
  await mates.getByLabel(name).click();
  await whom(tomas).waitFor({ state: "detached" });
  for (const page of [ruta, tomas]) await page.done();
});

test("on a phone the choice of whom stands above what is voted", async () => {
  const ruta = await visitor(browser, server);
  const egle = await visitor(browser, server, { width: 360, height: 740, touch: true });
  await enterRoom(ruta, "ruta");
  await enterRoom(egle, "egle");
  await egle.locator(".live-row").getByRole("button", { name: "Daugiau" }).tap();
  const mates = people(egle).locator(".live-mates");
  await mates.getByText("Kartu prie šio įrenginio").first().tap();
  const name = "Ieva Žukauskaitė";
  await mates.getByLabel(name).click();
  await auditAll(egle, "ticking on a phone");
  await shot(egle, "hybrid-mates-360");
  await ask(ruta, "Ar pakanka laiko?", "Parodomi baigus");
  await egle.locator(".live-row").getByRole("button", { name: "Balsuoti" }).tap();
  await whom(egle).selectOption({ label: name });
  await poll(egle).getByRole("radio", { name: "Ne", exact: true }).check();
  await poll(egle).getByRole("button", { name: "Balsuoti" }).tap();
  await poll(egle).getByText("Jūsų balsas įrašytas").waitFor();
  await auditAll(egle, "a vote for another on a phone");
  await shot(egle, "hybrid-360");
  assert.equal(await egle.evaluate(() => document.documentElement.scrollWidth), 360);
  for (const page of [ruta, egle]) await page.done();
});
