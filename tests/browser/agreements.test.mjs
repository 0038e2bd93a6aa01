// Agreeing by consent: proposed, voiced with a mouse, a thumb and keys alone, reworded, closed, and read in the register.

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

const now = (page) => page.locator(".live-agreement");
const side = (page) => page.locator(".live-agreements");

async function propose(page, text) {
  const field = side(page).getByLabel("Dėl ko tariamės");
  if (!(await field.isVisible())) await side(page).getByText("Siūlyti susitarimą").click();
  await field.fill(text);
  // Two of those who are counted as here speak, and the demo's own guests are counted for a while.
  await side(page).getByLabel("Kiek turi pasisakyti, %").fill("10");
  await side(page).getByRole("button", { name: "Siūlyti", exact: true }).click();
}

test("an agreement is proposed, objected to, reworded and agreed, and stands in the register", async () => {
  const ruta = await visitor(browser, server);
  const tomas = await visitor(browser, server);
  const egle = await visitor(browser, server, { width: 360, height: 740, touch: true });
  await enterRoom(ruta, "ruta");
  await enterRoom(tomas, "tomas");
  await enterRoom(egle, "egle");
  const words = "Telefonai per pamoką lieka spintelėje.";
  await propose(tomas, words);
  await side(ruta).getByRole("button", { name: `Pradėti spręsti: ${words}` }).click();
  await now(tomas).locator(".live-words").getByText(words).waitFor();
  await auditAll(tomas, "an agreement that is open");
  // Without a reason an objection is refused in words.
  await egle.locator(".live-row").getByRole("button", { name: "Balsuoti" }).tap();
  await now(egle).getByRole("button", { name: "Prieštarauju" }).tap();
  await egle.getByRole("alert").waitFor();
  await now(egle).getByLabel(/^Priežastis/).fill("O kaip pamokos su programėlėmis?");
  await now(egle).getByRole("button", { name: "Prieštarauju" }).tap();
  await now(egle).getByText("Jūsų balsas įrašytas").waitFor();
  assert.equal(await egle.evaluate(() => document.documentElement.scrollWidth), 360);
  await auditAll(egle, "an objection on a phone");
  await now(ruta).getByText("O kaip pamokos su programėlėmis?").waitFor();
  // Keys alone.
  await tabTo(tomas, "Sutinku");
  await tomas.keyboard.press("Enter");
  await now(tomas).getByText("Jūsų balsas įrašytas").waitFor();
  await now(ruta).getByRole("button", { name: "Užbaigti" }).click();
  await ruta.getByRole("alert").getByText(/neatsiimtų prieštaravimų/).waitFor();

  await now(ruta).getByText("Keisti tekstą").click();
  const better = "Telefonai per pamoką lieka spintelėje, jei mokytojas neprašo kitaip.";
  await now(ruta).getByLabel("Dėl ko tariamės").fill(better);
  await now(ruta).getByRole("button", { name: "Išsaugoti tekstą" }).click();
  await now(egle).locator(".live-words").getByText(better).waitFor();
  await now(egle).getByRole("button", { name: "Sutinku" }).tap();
  await now(tomas).getByRole("button", { name: "Sutinku" }).click();
  await now(tomas).getByRole("button", { name: "Sutinku", pressed: true }).waitFor();
  await now(ruta).getByText("Kvorumas yra.").waitFor();
  await now(ruta).getByRole("button", { name: "Užbaigti" }).click();
  await now(tomas).getByText("Susitarta", { exact: true }).waitFor();
  await auditAll(tomas, "an agreement that is made");

  const path = await now(tomas).getByRole("link", { name: "Rodyti susitarimų sąraše" }).getAttribute("href");
  await tomas.goto(server.url + path);
  await tomas.getByRole("heading", { name: /^Susitarimas Nr\. \d+$/ }).waitFor();
  await tomas.locator("ins").first().waitFor();
  await auditAll(tomas, "an agreement of the register");
  await tomas.getByRole("link", { name: "Susitarimai", exact: true }).first().click();
  await tomas.getByRole("link", { name: better }).waitFor();
  await auditAll(tomas, "the register");
  for (const page of [ruta, tomas, egle]) await page.done();
});
