// Polls: asked by a facilitator, answered with a mouse, with keys alone and with a thumb; sealed until the closing, and without names.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { audit, auditAll, enterRoom, startBrowser, startServer, tabTo, visitor } from "./support.mjs";

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
const shots = process.env.SHOTS;
const shot = async (page, name) => shots && page.screenshot({ path: `${shots}/${name}.png` });

/** Fills the form at the side and asks, or prepares. */
async function ask(page, { question, kind, options, each, per, shown, button = "Pradėti dabar" }) {
  const side = page.locator(".live-polls");
  if (!(await side.getByLabel("Klausimas").isVisible())) await side.getByText("Nauja apklausa").click();
  await side.getByLabel("Klausimas").fill(question);
  await side.getByLabel("Kaip atsakoma").selectOption({ label: kind });
  if (options) await side.getByLabel(/^Variantai/).fill(options.join("\n"));
  if (each) await side.getByLabel(/^(Kiek taškų|Kiek daugiausia|Didžiausias)/).fill(String(each));
  if (per) await side.getByLabel(/^Kiek jų galima/).fill(String(per));
  if (shown) await side.getByLabel("Rezultatai").selectOption({ label: shown });
  await side.getByRole("button", { name: button }).click();
}

test("a sealed poll is prepared, opened, answered with the mouse and shown at its closing", async () => {
  const [ruta, tomas] = [await visitor(browser, server), await visitor(browser, server)];
  await enterRoom(ruta, "ruta");
  await enterRoom(tomas, "tomas");
  const question = "Nuo ko pradedame kitą savaitę?";
  await ask(ruta, { question, kind: "Vienas variantas", options: ["Nuo porų", "Nuo rato"], shown: "Parodomi baigus", button: "Parengti" });
  await ruta.getByRole("button", { name: `Pradėti apklausą: ${question}` }).waitFor();
  assert.equal(await poll(tomas).count(), 0);
  await ruta.getByRole("button", { name: `Pradėti apklausą: ${question}` }).click();
  await poll(tomas).getByRole("heading", { name: question }).waitFor();
  await tomas.getByRole("status").getByText(`Prasidėjo apklausa: ${question}`).waitFor();
  await poll(tomas).getByText("Nuo rato").click();
  await auditAll(tomas, "a poll that is open");
  await shot(tomas, "poll-open");
  await poll(tomas).getByRole("button", { name: "Balsuoti" }).click();
  await poll(tomas).getByText("Jūsų balsas įrašytas").waitFor();
  await poll(ruta).getByText(/Dalyvavo 1 iš/).waitFor();
  assert.equal(await poll(ruta).locator(".live-results").count(), 0);
  await poll(ruta).getByRole("button", { name: "Baigti apklausą" }).click();
  for (const page of [ruta, tomas]) await poll(page).locator(".live-bars li", { hasText: "Nuo rato" }).getByText("1", { exact: true }).waitFor();
  await tomas.getByRole("status").getByText(`Apklausa baigta. Rezultatai: ${question}`).waitFor();
  await poll(tomas).getByText("Rezultatų lentelė").click();
  await poll(tomas).getByText(/Tomas Balčiūnas – Nuo rato/).waitFor();
  await auditAll(tomas, "results of a poll");
  await shot(tomas, "poll-results");
  await poll(ruta).getByRole("button", { name: "Neberodyti" }).click();
  await poll(tomas).waitFor({ state: "detached" });
  for (const page of [ruta, tomas]) await page.done();
});

test("dots are given with a thumb on a phone, and an order is made by keys alone", async () => {
  const ruta = await visitor(browser, server);
  const tomas = await visitor(browser, server, { width: 360, height: 740, touch: true });
  await enterRoom(ruta, "ruta");
  await enterRoom(tomas, "tomas");
  await ask(ruta, { question: "Kam skiriame laiko?", kind: "Taškai", options: ["Poroms", "Ratui", "Savarankiškam darbui namuose ir mokykloje"], each: 3, per: 2 });
  await tomas.locator(".live-row").getByRole("button", { name: "Balsuoti" }).tap();
  const more = poll(tomas).getByRole("button", { name: "Pridėti tašką: Ratui" });
  await more.tap();
  await more.tap();
  await poll(tomas).getByText("Liko taškų: 1").waitFor();
  assert.equal(await more.isDisabled(), true);
  await poll(tomas).getByRole("button", { name: "Pridėti tašką: Poroms" }).tap();
  await auditAll(tomas, "dots on a phone");
  await shot(tomas, "poll-dots-360");
  assert.equal(await tomas.evaluate(() => document.documentElement.scrollWidth), 360);
  await poll(tomas).getByRole("button", { name: "Balsuoti" }).tap();
  await poll(ruta).locator(".live-bars li", { hasText: "Ratui" }).getByText("2", { exact: true }).waitFor();
  await poll(ruta).getByRole("button", { name: "Baigti apklausą" }).click();

  await ask(ruta, { question: "Kas svarbiausia?", kind: "Sudėti iš eilės", options: ["Laikas", "Ramybė", "Ryšys"] });
  await poll(ruta).getByRole("heading", { name: "Kas svarbiausia?" }).waitFor();
  await tabTo(ruta, "Aukštyn: Ryšys");
  await ruta.keyboard.press("Enter");
  await tabTo(ruta, "Balsuoti");
  await ruta.keyboard.press("Enter");
  await poll(tomas).locator(".live-bars li", { hasText: "Laikas" }).getByText("3", { exact: true }).waitFor();
  await poll(tomas).locator(".live-bars li", { hasText: "Ryšys" }).getByText("2", { exact: true }).waitFor();
  await shot(ruta, "poll-ranking");
  await poll(ruta).getByRole("button", { name: "Baigti apklausą" }).click();
  for (const page of [ruta, tomas]) await page.done();
});

test("a scale and a free answer without names, of five people", async () => {
  const names = ["ruta", "tomas", "egle", "mindaugas", "ieva"];
  const all = [];
  for (const name of names) {
    const page = await visitor(browser, server, name === "egle" ? { width: 360, height: 740, dark: true } : {});
    await enterRoom(page, name);
    all.push(page);
  }
  const [ruta, tomas, egle] = all;
  await ask(ruta, { question: "Ar Jums pakanka laiko?", kind: "Skalė", each: 5 });
  await poll(egle).getByLabel("4").check();
  await poll(egle).getByRole("button", { name: "Balsuoti" }).click();
  await poll(tomas).getByText("Vidurkis: 4,0").waitFor();
  await shot(egle, "poll-scale-360-dark");
  await poll(ruta).getByRole("button", { name: "Baigti apklausą" }).click();

  await ask(ruta, { question: "Ko mums trūksta?", kind: "Laisvas atsakymas", shown: "Be vardų, parodomi baigus (bent 5 dalyviai)" });
  const words = ["Daugiau tylos.", "Bendro tvarkaraščio.", "Pasitikėjimo."];
  for (const [index, page] of all.slice(0, 3).entries()) {
    await poll(page).getByLabel("Jūsų atsakymas").fill(words[index]);
    if (index === 2) await auditAll(page, "a free answer");
    await poll(page).getByRole("button", { name: "Balsuoti" }).click();
    await poll(page).getByText(/Jūsų balsas įrašytas be vardo/).waitFor();
  }
  await poll(ruta).getByRole("button", { name: "Baigti apklausą" }).click();
  for (const page of all) for (const text of words) await poll(page).getByText(text).waitFor();
  await audit(egle, "answers without names");
  await shot(egle, "poll-answers-360-dark");
  for (const page of all) await page.done();
});
