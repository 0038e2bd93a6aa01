// Groups: made by a facilitator on a page without scripts, gone to and come back from on a phone and by keys alone.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { auditAll, enterRoom, signIn, startBrowser, startServer, tabTo, visitor } from "./support.mjs";

let server, browser;
before(async () => {
  server = await startServer();
  browser = await startBrowser();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const shots = process.env.SHOTS;
const shot = async (page, name) => shots && page.screenshot({ path: `${shots}/${name}.png`, fullPage: true });
const banner = (page) => page.locator("section.note", { hasText: /grup/i });

test("a facilitator makes groups, a participant goes and comes back, and what they wrote stays", async () => {
  const ruta = await visitor(browser, server);
  const tomas = await visitor(browser, server, { width: 360, height: 740, touch: true });
  const rasa = await visitor(browser, server);
  await enterRoom(ruta, "ruta");
  await enterRoom(tomas, "tomas");
  await enterRoom(rasa, "rasa");
  const room = tomas.url();
  await ruta.locator(".live-people").getByText("Tomas Balčiūnas").waitFor();

  // The page of groups, by a link of the room's page.
  await ruta.getByRole("link", { name: "Grupės", exact: true }).click();
  await ruta.getByRole("heading", { name: /^Grupės: / }).waitFor();
  await ruta.getByLabel("Būdas").selectOption({ label: "Su tais, su kuriais dar nedirbta" });
  await ruta.getByLabel("Skaičius", { exact: true }).fill("1");
  await ruta.getByRole("button", { name: "Pasiūlyti" }).click();
  await ruta.getByRole("button", { name: "Pradėti grupes" }).waitFor();
  await auditAll(ruta, "a proposal of groups");
  await shot(ruta, "groups-proposal");
  const of = (name) => ruta.getByLabel(new RegExp(`^${name}`));
  await of("Tomas Balčiūnas").selectOption({ label: "1 grupė" });
  await of("Rasa Jankauskienė").selectOption({ label: "2 grupė" });
  await ruta.getByRole("button", { name: "Pradėti grupes" }).click();
  await ruta.getByRole("heading", { name: /^Grupės dirba iki / }).waitFor();
  await auditAll(ruta, "groups that work");
  await shot(ruta, "groups-working");

  // Heard once, found, and gone to with a thumb.
  await banner(tomas).getByText(/^Jūsų grupė: 1 grupė, iki \d\d:\d\d$/).waitFor();
  await tomas.getByRole("status").getByText(/Jūsų grupė: 1 grupė/).waitFor();
  await auditAll(tomas, "the way to a group");
  await shot(tomas, "groups-banner-360");
  assert.equal(await tomas.evaluate(() => document.documentElement.scrollWidth), 360);
  await banner(tomas).getByRole("link", { name: "Eiti į grupę" }).tap();
  await tomas.waitForURL((url) => url.href !== room);
  await tomas.getByRole("heading", { name: "1 grupė", level: 1 }).waitFor();
  await tomas.locator("#live-text").fill("Tik mūsų grupei.");
  await tomas.locator("#live-text").press("Enter");
  await tomas.locator("[data-message] .lines", { hasText: "Tik mūsų grupei." }).waitFor();
  await auditAll(tomas, "the room of a group");
  await shot(tomas, "groups-room-360");
  assert.equal(await rasa.getByText("Tik mūsų grupei.").count(), 0);

  // By keys alone.
  await tabTo(rasa, "Eiti į grupę");
  await rasa.keyboard.press("Enter");
  await rasa.getByRole("heading", { name: "2 grupė", level: 1 }).waitFor();

  await ruta.getByRole("button", { name: "Pratęsti 5 min." }).click();
  await ruta.getByRole("heading", { name: /^Grupės dirba iki / }).waitFor();
  await ruta.getByLabel("Žmogus").selectOption({ label: "Tomas Balčiūnas („Ąžuolas“)" });
  await ruta.getByLabel("Kur", { exact: true }).selectOption({ label: "2 grupė" });
  await ruta.getByRole("button", { name: "Perkelti" }).click();
  await banner(tomas).getByText(/Jūsų grupė: 2 grupė/).waitFor();

  await ruta.getByRole("button", { name: "Sušaukti visus atgal" }).click();
  await ruta.getByRole("heading", { name: "Kaip skirstyti" }).or(ruta.getByText("Grįžkite, kai prisijungs dalyviai.")).first().waitFor();
  await banner(tomas).getByText("Grupės sušauktos atgal.").waitFor();
  await shot(tomas, "groups-back-360");
  await banner(tomas).getByRole("link", { name: "Grįžti į bendrą sesiją" }).tap();
  await tomas.waitForURL(room);
  assert.equal(await banner(tomas).count(), 0);
  assert.equal(await tomas.getByText("Tik mūsų grupei.").count(), 0);
  for (const page of [ruta, tomas, rasa]) await page.done();
});

test("groups are made without scripts on a phone", async () => {
  const [ruta, tomas] = [await visitor(browser, server), await visitor(browser, server)];
  await enterRoom(ruta, "ruta");
  await enterRoom(tomas, "tomas");
  await ruta.locator(".live-people").getByText("Tomas Balčiūnas").waitFor();
  const room = new URL(ruta.url()).pathname;
  const plain = await visitor(browser, server, { width: 360, height: 740, scripts: false });
  await signIn(plain, "ruta");
  await plain.goto(`${room}/grupes`);
  await plain.getByLabel("Kiek minučių").fill("3");
  await plain.getByLabel("1 grupė", { exact: true }).fill("Rytinė");
  await shot(plain, "groups-proposal-360");
  await plain.getByRole("button", { name: "Pradėti grupes" }).click();
  await plain.getByRole("heading", { name: /^Grupės dirba iki / }).waitFor();
  assert.match(await plain.locator(".tiles").innerText(), /Rytinė/);
  await banner(tomas).getByText(/Jūsų grupė|Dirbama grupėmis/).waitFor();
  await shot(plain, "groups-working-360");
  await plain.getByRole("button", { name: "Sušaukti visus atgal" }).click();
  await banner(tomas).waitFor({ state: "detached" });
  for (const page of [ruta, tomas, plain]) await page.done();
});
