// Notes written together: two people at two browsers, one of them without a network and over a reload; what is refused stays beside the
// text; an earlier text comes back; read without scripts.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { auditAll, enterRoom, signIn, startBrowser, startServer, tabTo, until, visitor } from "./support.mjs";

let server, browser;
before(async () => {
  server = await startServer();
  browser = await startBrowser();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const text = (page) => page.locator("#notes-text").inputValue();
const state = (page) => page.locator("[data-notes-state]");
const saved = (page) => page.locator("[data-notes-saving]", { hasText: "Viskas įrašyta." }).waitFor();

async function openNotes(page) {
  await page.locator("details.notes > summary").click();
  await state(page).getByText(/Užrašai atverti/).waitFor();
}

/** A personal code whose date and checksum are right, of nobody. */
function personalCode() {
  const first = "3990101123";
  const sum = (from) => [...first].reduce((sum, digit, at) => sum + Number(digit) * (((from + at - 1) % 9) + 1), 0) % 11;
  return first + (sum(1) < 10 ? sum(1) : sum(3) % 10);
}

const becomes = (page, wanted) =>
  until(async () => (await text(page)) === wanted, { what: () => `the text to be ${JSON.stringify(wanted)}` });

/** Puts the caret at the end, and types. */
async function writeAtEnd(page, words) {
  await page.locator("#notes-text").focus();
  await page.keyboard.press("Control+End");
  await page.keyboard.type(words);
}

test("two write at once, one without a network and over a reload, and all of it is there once", async () => {
  const [ruta, tomas] = await Promise.all([0, 1].map(() => visitor(browser, server)));
  for (const [page, name] of [[ruta, "ruta"], [tomas, "tomas"]]) await enterRoom(page, name);
  assert.equal(await ruta.evaluate(() => performance.getEntriesByType("resource").some(({ name }) => name.includes("/notes."))), false,
    "nothing of it is loaded before it is opened");
  for (const page of [ruta, tomas]) await openNotes(page);
  await writeAtEnd(ruta, "Susitikimas\nŠiandien: skaitymas.");
  await saved(ruta);
  await becomes(tomas, "Susitikimas\nŠiandien: skaitymas.");
  await tomas.locator("[data-notes-here]").getByText(/Rūta Kazlauskienė/).waitFor();

  // A caret stays at its letters while somebody writes before it.
  await tomas.locator("#notes-text").focus();
  await tomas.evaluate(() => document.getElementById("notes-text").setSelectionRange(12, 20));
  await ruta.evaluate(() => document.getElementById("notes-text").setSelectionRange(0, 0));
  await ruta.locator("#notes-text").focus();
  await ruta.keyboard.type("Pirmas ");
  await becomes(tomas, "Pirmas Susitikimas\nŠiandien: skaitymas.");
  const chosen = await tomas.evaluate(() => {
    const field = document.getElementById("notes-text");
    return field.value.slice(field.selectionStart, field.selectionEnd);
  });
  assert.equal(chosen, "Šiandien");
  await ruta.locator(".notes-caret", { hasText: "Tomas Balčiūnas" }).waitFor({ state: "attached" });

  // Tomas goes on without a network, and loads nothing anew; Rūta goes on too.
  await tomas.context().setOffline(true);
  await state(tomas).getByText(/Ryšio nėra/).waitFor({ timeout: 40_000 });
  await writeAtEnd(tomas, "\nTomas be ryšio 🌳");
  await tomas.locator("[data-notes-saving]", { hasText: "laikoma šioje naršyklėje" }).waitFor();
  await auditAll(tomas, "notes without network");
  await writeAtEnd(ruta, "\nRūta su ryšiu");
  await saved(ruta);
  await tomas.context().setOffline(false);
  await saved(tomas);
  await until(async () => (await text(ruta)) === (await text(tomas)), { what: () => "two equal texts" });
  for (const line of ["Pirmas Susitikimas", "Tomas be ryšio 🌳", "Rūta su ryšiu"]) {
    assert.equal((await text(ruta)).split(line).length, 2, line);
  }

  // What is typed without a server, and kept over a reload, comes once.
  await server.kill();
  await state(tomas).getByText(/Ryšio nėra/).waitFor();
  await writeAtEnd(tomas, "\nParašyta be serverio");
  await tomas.locator("[data-notes-saving]", { hasText: "laikoma šioje naršyklėje" }).waitFor();
  await tomas.evaluate(() => dispatchEvent(new Event("pagehide")));
  await server.start();
  await tomas.reload();
  await openNotes(tomas);
  await saved(tomas);
  await until(async () => (await text(ruta)).split("Parašyta be serverio").length === 2, { what: () => "the line to come" });
  await until(async () => (await text(ruta)) === (await text(tomas)), { what: () => "two equal texts" });
  const keptForGood = () => tomas.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("notes.")).length);
  await until(async () => (await keptForGood()) === 0, { what: () => "nothing saved to be kept for good" });

  await tomas.locator("[data-notes-authors] summary").click();
  await tomas.locator("[data-notes-authors] li", { hasText: "Rūta Kazlauskienė:" }).first().waitFor();
  for (const page of [ruta, tomas]) {
    await auditAll(page, "notes");
    await page.done();
  }
});

test("what the guard stops stays beside the text, and is put back once it is changed or meant so", async () => {
  const rasa = await visitor(browser, server, { width: 360, height: 720, touch: true });
  await enterRoom(rasa, "rasa");
  await openNotes(rasa);
  await saved(rasa);
  const before = await text(rasa);
  await writeAtEnd(rasa, "<img src=x onerror=alert(1)><b>ne</b>");
  await saved(rasa);
  assert.equal(await rasa.locator("details.notes img, details.notes .notes-behind b").count(), 0, "markup is text");
  await writeAtEnd(rasa, ` Kodas ${personalCode()}`);
  const refused = rasa.locator("[data-notes-refused]");
  await refused.waitFor();
  await refused.getByText(/neįrašytas/).waitFor();
  await until(async () => !(await text(rasa)).includes(personalCode()), { what: () => "the code to be out of the text" });
  assert.equal(await rasa.locator("[data-notes-anyway]").isVisible(), false);
  await auditAll(rasa, "refused notes");
  await rasa.locator("#notes-kept").fill(" be kodo");
  await refused.getByRole("button", { name: "Įterpti į užrašus" }).click();
  await refused.waitFor({ state: "hidden" });
  await saved(rasa);
  assert.ok((await text(rasa)).includes("be kodo"));

  // Pasted, as addresses are.
  await rasa.locator("#notes-text").focus();
  await rasa.keyboard.press("Control+End");
  await rasa.keyboard.insertText(" rasa@pavyzdys.lt");
  await refused.waitFor();
  await refused.getByRole("button", { name: "Vis tiek įterpti" }).click();
  await refused.waitFor({ state: "hidden" });
  await saved(rasa);
  await until(async () => (await text(rasa)).includes("rasa@pavyzdys.lt"));
  assert.ok((await text(rasa)).startsWith(before.slice(0, 10)));
  await rasa.done();
});

test("the facilitator brings back what the text said, and it is read without scripts", async () => {
  const [ruta, plain] = [await visitor(browser, server), await visitor(browser, server, { scripts: false })];
  await enterRoom(ruta, "ruta");
  const session = new URL(ruta.url()).pathname;
  // By keys alone.
  await tabTo(ruta, "Bendri užrašai");
  await ruta.keyboard.press("Enter");
  await tabTo(ruta, "Užrašų tekstas");
  await state(ruta).getByText(/Užrašai atverti/).waitFor();
  await ruta.keyboard.press("Control+a");
  await ruta.keyboard.type("Viskas kitaip");
  await saved(ruta);
  await ruta.goto(`${session}/uzrasai`);
  await ruta.getByRole("heading", { name: "Ankstesni tekstai" }).waitFor();
  await auditAll(ruta, "the page of notes");
  const earlier = ruta.locator(".versions > li", { hasText: "Susitikimas" }).last();
  await earlier.locator("summary", { hasText: "Grąžinti šį tekstą" }).click();
  await earlier.getByRole("button", { name: "Grąžinti šį tekstą" }).click();
  await ruta.locator(".notes-text", { hasText: "Susitikimas" }).waitFor();
  await signIn(plain, "tomas");
  await plain.goto(session);
  await plain.locator("details.notes > summary").click();
  await plain.locator("[data-notes-saved]", { hasText: "Susitikimas" }).waitFor();
  assert.equal(await plain.locator("[data-notes-editor]").isVisible(), false);
  await ruta.done();
  await plain.done();
});
