// What is agreed to be done: agreed in the room by keys alone, ticked, dropped with a reason; told to who comes late, kept in the
// record, and what the next session of the space begins with.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { audit, auditAll, day, enterRoom, signIn, startBrowser, startServer, tabTo, until, visitor } from "./support.mjs";

let server, browser;
before(async () => {
  server = await startServer();
  browser = await startBrowser();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const OWN = "Parengti tris klausimus tėvams ir išbandyti vienoje klasėje";
const TEAMS = "Aprašyti, kaip skirstome laiką pirmosiomis pamokos minutėmis";
const DROPPED = "Pakviesti svečią iš kitos mokyklos";
const REASON = "Svečias šį pusmetį neatvyks.";
const NEXT = "Kas pavyko per dvi savaites";

const task = (page, text) => page.locator(".live-agreed li", { hasText: text });

/** Fills the form of an action at the side of the room. */
async function agree(page, what, owner, due = "") {
  await page.getByRole("button", { name: "Sutarti užduotį" }).click();
  await page.getByLabel("Ką padaryti").fill(what);
  await page.getByLabel("Kas atsako", { exact: true }).selectOption({ label: owner });
  await page.getByLabel(/^Iki kada/).fill(due);
  await page.getByRole("button", { name: "Sutarti", exact: true }).click();
  await task(page, what).waitFor();
}

test("an action with an owner and a day is agreed by key presses alone, and everyone sees it", async () => {
  const [ruta, tomas] = [await visitor(browser, server), await visitor(browser, server)];
  await enterRoom(ruta, "ruta");
  await enterRoom(tomas, "tomas");
  await tabTo(ruta, "Sutarti užduotį");
  await ruta.keyboard.press("Enter");
  // The focus stands where one writes.
  await until(() => ruta.evaluate(() => document.activeElement?.id === "live-task-text"), { what: () => "the field to write in" });
  await ruta.keyboard.type(OWN);
  await tabTo(ruta, "Kas atsako");
  await ruta.keyboard.type("Tomas");
  await tabTo(ruta, /^Iki kada/);
  // The parts of a date stand in the order of the browser's language; the arrows are the same in all.
  for (const part of [1, 2, 3]) {
    await ruta.keyboard.press("ArrowUp");
    if (part < 3) await ruta.keyboard.press("ArrowRight");
  }
  const due = await ruta.getByLabel(/^Iki kada/).inputValue();
  assert.match(due, /^\d{4}-\d\d-\d\d$/);
  await tabTo(ruta, "Sutarti");
  await ruta.keyboard.press("Enter");
  for (const page of [ruta, tomas]) {
    await task(page, OWN).getByText("Tomas Balčiūnas, „Ąžuolas“").waitFor();
    await task(page, OWN).getByText(due).waitFor();
  }
  for (const page of [ruta, tomas]) await page.done();
});

test("an owner ticks what is done, and the facilitator drops another with a reason", async () => {
  const [ruta, tomas] = [await visitor(browser, server), await visitor(browser, server, { width: 360, height: 740 })];
  await enterRoom(ruta, "ruta");
  await agree(ruta, TEAMS, "Komanda „Ąžuolas“", day(14));
  await agree(ruta, DROPPED, "Vilma Stankevičienė");
  await enterRoom(tomas, "tomas");
  await tomas.locator(".live-row").getByRole("button", { name: "Daugiau" }).click();
  await task(tomas, OWN).getByRole("button", { name: `Pažymėti padaryta: ${OWN}` }).click();
  await task(ruta, OWN).getByText("Padaryta").first().waitFor();
  await task(ruta, OWN).getByRole("button", { name: /^Atverti iš naujo/ }).waitFor();
  // What another team has to do is not his to tick.
  assert.equal(await task(tomas, DROPPED).getByRole("button").count(), 0);
  await task(ruta, DROPPED).getByRole("button", { name: /^Atsisakyti užduoties/ }).click();
  await ruta.getByLabel("Kodėl atsisakoma").waitFor();
  await auditAll(ruta, "the form that drops an action");
  await ruta.getByRole("button", { name: "Atsisakyti užduoties", exact: true }).click();
  await ruta.getByRole("alert").getByText(/./).first().waitFor();
  await ruta.getByLabel("Kodėl atsisakoma").fill(REASON);
  await ruta.getByRole("button", { name: "Atsisakyti užduoties", exact: true }).click();
  await task(tomas, DROPPED).getByText(REASON).waitFor();
  await auditAll(tomas, "the room with actions");
  for (const page of [ruta, tomas]) await page.done();
});

test("who comes late is told where the session is and what was agreed", async () => {
  const ruta = await visitor(browser, server);
  await enterRoom(ruta, "ruta");
  await ruta.getByRole("button", { name: /^Pradėti: Kas jau veikia/ }).first().click();
  const ieva = await visitor(browser, server, { width: 360, height: 740 });
  await enterRoom(ieva, "ieva");
  const recap = ieva.locator(".live-recap");
  await recap.getByText(/^Dabar \d žingsnis iš \d: Kas jau veikia/).waitFor();
  await recap.getByText("Sutartos 2 užduotys").waitFor();
  await recap.getByText(`${TEAMS} – Komanda „Ąžuolas“`).waitFor();
  assert.equal(await recap.getByText(DROPPED).count(), 0, "what was dropped is not agreed");
  await auditAll(ieva, "the recap");
  await recap.getByRole("button", { name: "Supratau" }).click();
  await recap.waitFor({ state: "detached" });
  for (const page of [ruta, ieva]) await page.done();
});

test("the record keeps what was agreed, and the next session begins with what is open", async () => {
  const ruta = await visitor(browser, server);
  await enterRoom(ruta, "ruta");
  await ruta.getByRole("button", { name: "Uždaryti sesiją" }).click();
  await ruta.getByRole("button", { name: "Taip, uždaryti" }).click();
  await ruta.getByRole("link", { name: "Skaityti sesijos įrašą" }).click();
  for (const said of [OWN, TEAMS, DROPPED, REASON]) await ruta.locator("main").getByText(said).first().waitFor();
  await auditAll(ruta, "the record with actions");

  await ruta.goto("/erdves");
  await ruta.getByRole("link", { name: "Įtraukiojo ugdymo dirbtuvė" }).first().click();
  await ruta.getByRole("link", { name: "Suplanuoti sesiją" }).first().click();
  await ruta.getByLabel(/^Sesijos tema/).fill(NEXT);
  await ruta.getByLabel(/^Pradžia/).fill(`${day(14)}T15:00`);
  await ruta.getByRole("button", { name: "Suplanuoti sesiją" }).click();
  await ruta.getByRole("heading", { name: NEXT }).waitFor();
  await ruta.getByRole("heading", { name: /^Nuo to pradedame/ }).waitFor();
  await ruta.locator("main").getByText(TEAMS).first().waitFor();
  await auditAll(ruta, "a planned session with what is open");
  await ruta.getByRole("button", { name: "Atidaryti sesiją" }).click();

  // The last day comes first, and neither what is done nor what was dropped is carried over.
  const carried = ruta.locator(".live-carried");
  await carried.locator("li", { hasText: TEAMS }).waitFor({ state: "attached" });
  await auditAll(ruta, "the room with carried actions folded");
  await carried.locator("summary").click();
  await carried.getByRole("button", { name: `Pažymėti padaryta: ${TEAMS}` }).waitFor();
  for (const gone of [OWN, DROPPED]) assert.equal(await carried.locator("li", { hasText: gone }).count(), 0);
  await ruta.locator("#live-text").waitFor();
  await auditAll(ruta, "the room with carried actions");
  // Whatever stands above it, what is written in is in sight.
  for (const [width, height] of [[1280, 800], [360, 740], [320, 640]]) {
    await ruta.setViewportSize({ width, height });
    const bottom = await ruta.evaluate(() => {
      scrollTo(0, 0);
      const row = document.querySelector(".live-row").getBoundingClientRect();
      return document.getElementById("live-text").getBoundingClientRect().bottom + row.height;
    });
    assert.ok(bottom <= height, `the field to write in ends at ${bottom} px of ${height}`);
  }
  await ruta.done();
});

test("a team finds what it has to do on its page and in its list", async () => {
  const rasa = await visitor(browser, server, { width: 360, height: 740 });
  await signIn(rasa, "rasa");
  await rasa.goto("/");
  // Esc closes the menu, and the focus is where it was.
  const menu = rasa.locator(".menu");
  await menu.locator("summary").focus();
  await rasa.keyboard.press("Enter");
  await tabTo(rasa, /^Tinklai/);
  await rasa.keyboard.press("Escape");
  await menu.locator("div").waitFor({ state: "hidden" });
  assert.ok(await menu.locator("summary").evaluate((summary) => summary === document.activeElement));
  await rasa.keyboard.press("Enter");
  await menu.getByRole("link", { name: /^Ąžuolas/ }).click();
  const section = rasa.locator("section", { has: rasa.getByRole("heading", { name: /^Komandos užduotys/ }) });
  await section.getByRole("link", { name: TEAMS }).waitFor();
  await auditAll(rasa, "the page of a team with actions");
  await section.getByRole("link", { name: "Visos užduotys" }).click();
  await rasa.getByRole("link", { name: TEAMS }).waitFor();
  await rasa.getByRole("heading", { level: 1, name: "Komandos „Ąžuolas“ užduotys" }).waitFor();
  await rasa.getByRole("link", { name: OWN }).waitFor();
  await auditAll(rasa, "the actions of a team");
  await rasa.getByRole("button", { name: `Pažymėti padaryta: ${TEAMS}` }).click();
  await rasa.getByRole("link", { name: TEAMS }).click();
  await rasa.getByText("pažymėta padaryta").waitFor();
  await audit(rasa, "an action with its history");
  await rasa.done();
});
