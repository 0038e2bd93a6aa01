// A session by a plan: steps with rules that the server keeps, rounds, who was not heard, and keys that do what buttons do.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { auditAll, day, signIn, startBrowser, startServer, tabTo, until, visitor } from "./support.mjs";

let server, browser, session;
before(async () => {
  server = await startServer();
  browser = await startBrowser();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const SPACE = "Įtraukiojo ugdymo dirbtuvė";

async function toSpace(page) {
  await page.goto("/erdves");
  await page.getByRole("link", { name: SPACE }).first().click();
  await page.waitForURL(/\/erdves\/[0-9a-f-]{36}$/);
}

const start = (page) => page.getByRole("button", { name: /^Pradėti: / }).first();
const step = (page, title) => page.locator(".live-now h2", { hasText: title });

test("a session is planned by a ready-made plan, and its steps keep who speaks", async () => {
  const jonas = await visitor(browser, server);
  await signIn(jonas, "jonas");
  await toSpace(jonas);
  await jonas.goto(`${jonas.url()}/sesijos/nauja`);
  await jonas.getByLabel("Pradėti nuo scenarijaus").selectOption({ label: "Kolegų konsultacija (50 min.)" });
  await jonas.getByRole("button", { name: "Įdėti žingsnius" }).click();
  await jonas.getByText("Viena komanda atsineša dilemą").waitFor();
  assert.equal(await jonas.locator("[name='steps.3.title']").inputValue(), "Kolegos svarsto, pristačiusieji klausosi");
  await auditAll(jonas, "planning by a plan");
  await jonas.getByLabel("Pradžia").first().fill(`${day(2)}T14:00`);
  await jonas.getByRole("button", { name: "Suplanuoti sesiją" }).click();
  await jonas.waitForURL(/\/sesijos\/[0-9a-f-]{36}$/);
  session = new URL(jonas.url()).pathname;

  const [rasa, vilma] = [await visitor(browser, server, { width: 360, touch: true }), await visitor(browser, server)];
  for (const [page, name] of [[rasa, "rasa"], [vilma, "vilma"]]) {
    await signIn(page, name);
    await page.goto(session);
  }
  await jonas.getByRole("button", { name: "Atidaryti sesiją" }).click();
  await jonas.getByLabel("Kas pristato").selectOption({ label: "„Ąžuolas“" });
  await start(jonas).click();
  await step(vilma, "Dilema ir klausimas").waitFor();
  await vilma.getByText("Kalba „Ąžuolas“.").waitFor();
  await vilma.getByText("Šiame žingsnyje kalba pristatantieji.").waitFor();

  // To the step in which who presented listens: one is put aside, the other begins.
  await jonas.getByRole("button", { name: /^Praleisti žingsnį: Tikslinamieji/ }).click();
  await jonas.locator(".live-agenda li", { hasText: "Tikslinamieji" }).getByText("praleista").waitFor();
  await jonas.getByRole("button", { name: /^Perkelti anksčiau: Kolegos/ }).click();
  await start(jonas).click();
  await step(rasa, "Kolegos svarsto").waitFor();
  await rasa.getByText("Šiame žingsnyje klausotės.").waitFor();
  await auditAll(rasa, "listening");
  // The text stays where it was typed, and nobody hears it.
  await rasa.getByRole("textbox", { name: "Žinutė" }).fill("Norėčiau paaiškinti");
  await rasa.getByRole("button", { name: "Siųsti" }).click();
  await rasa.getByRole("alert").getByText("pristatantieji klausosi").waitFor();
  assert.equal(await rasa.getByRole("textbox", { name: "Žinutė" }).inputValue(), "Norėčiau paaiškinti");
  await vilma.getByRole("textbox", { name: "Žinutė" }).fill("Siūlyčiau pradėti nuo stebėjimo");
  await vilma.keyboard.press("Enter");
  await rasa.getByText("Siūlyčiau pradėti nuo stebėjimo").waitFor();
  assert.equal(await vilma.getByText("Norėčiau paaiškinti").count(), 0);
  await jonas.getByText("Dar neišklausyti: 1").click();
  await jonas.locator(".live-leading li", { hasText: "Rasa Jankauskienė" }).waitFor();
  await auditAll(jonas, "a facilitator's room");
  await rasa.done();
  await vilma.done();
  await jonas.done();
});

test("a round is led and spoken in by key presses alone", async () => {
  const [jonas, vilma] = [await visitor(browser, server), await visitor(browser, server)];
  for (const [page, name] of [[jonas, "jonas"], [vilma, "vilma"]]) {
    await signIn(page, name);
    await page.goto(session);
    await page.locator(".live").waitFor();
  }
  // Who left counts as there for ten seconds more, and would have a turn.
  await jonas.locator("[data-here='2']").waitFor();
  // The key T begins the next step, as the button does.
  await jonas.locator("body").press("t");
  await step(vilma, "Gilinamieji").waitFor();
  await jonas.locator("body").press("t");
  await jonas.locator("body").press("t");
  await step(vilma, "Ratas").waitFor();
  await until(async () => (await jonas.locator(".live-round").count()) === 1, { what: () => "the round" });
  await tabTo(jonas, /^Toliau kalba: „Šaltinis“/);
  await jonas.keyboard.press("Enter");
  await vilma.getByText("Dabar Jūsų eilė kalbėti").waitFor();
  await vilma.locator("body").press("r");
  await vilma.keyboard.type("Išsinešu vieną klausimą");
  await vilma.keyboard.press("Enter");
  await jonas.getByText("Išsinešu vieną klausimą").waitFor();
  await auditAll(vilma, "one's turn");
  await vilma.getByRole("button", { name: "Baigiau kalbėti" }).focus();
  await vilma.keyboard.press("Enter");
  await vilma.getByText("Visi išklausyti.").waitFor();

  // The list of keys; a key means nothing while one writes, and all can be switched off.
  await vilma.locator("body").press("k");
  await vilma.getByText("Jūsų vieta eilėje: 1").first().waitFor();
  await vilma.locator("body").press("?");
  await vilma.locator("#live-keys").waitFor();
  await auditAll(vilma, "the list of keys");
  await vilma.getByLabel("Šie klavišai veikia, kai nerašote").click();
  await vilma.keyboard.press("Escape");
  await vilma.locator("#live-keys").waitFor({ state: "detached" });
  await vilma.locator("body").press("k");
  await vilma.getByRole("textbox", { name: "Žinutė" }).fill("");
  await vilma.getByRole("textbox", { name: "Žinutė" }).press("k");
  assert.equal(await vilma.getByRole("textbox", { name: "Žinutė" }).inputValue(), "k");
  await vilma.getByText("Jūsų vieta eilėje: 1").first().waitFor();
  await vilma.done();
  await jonas.done();
});

test("a coordinator writes a plan, others read it without scripts, and it is discarded", async () => {
  const jonas = await visitor(browser, server);
  await signIn(jonas, "jonas");
  await jonas.goto("/tinklai");
  await jonas.getByRole("link", { name: "Kartu" }).first().click();
  await jonas.getByRole("link", { name: "Rašyti scenarijų" }).click();
  await jonas.getByLabel("Pavadinimas").fill("Tėvų diena mokykloje");
  await jonas.locator("[name='steps.0.title']").fill("Ką tėvai klausia dažniausiai");
  await jonas.locator("[name='steps.0.minutes']").fill("15");
  await jonas.locator("[name='steps.0.kind']").selectOption({ label: "Idėjų lenta" });
  await auditAll(jonas, "writing a plan");
  await jonas.getByRole("button", { name: "Išsaugoti" }).click();
  await jonas.waitForURL(/\/scenarijai\/[0-9a-f-]{36}$/);
  await jonas.getByText("15 min., idėjų lenta").waitFor();
  const plan = new URL(jonas.url()).pathname;
  await auditAll(jonas, "a plan");

  const rasa = await visitor(browser, server, { scripts: false, width: 360 });
  await signIn(rasa, "rasa");
  await rasa.goto("/scenarijai");
  await rasa.getByRole("link", { name: "Tėvų diena mokykloje" }).click();
  await rasa.getByText("Ką tėvai klausia dažniausiai").waitFor();
  assert.equal(await rasa.getByRole("link", { name: "Keisti scenarijų" }).count(), 0);
  await rasa.done();

  await jonas.goto(plan);
  await jonas.getByText("Išmesti scenarijų").first().click();
  await jonas.getByRole("button", { name: "Išmesti scenarijų" }).click();
  await jonas.waitForURL(/\/scenarijai$/);
  assert.equal(await jonas.getByRole("link", { name: "Tėvų diena mokykloje" }).count(), 0);
  await auditAll(jonas, "plans");
  await jonas.done();
});
