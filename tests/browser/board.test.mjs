// Boards: cards written, revealed, dragged with a mouse, moved by the arrows and by a menu on a phone, grouped, given dots, taken away.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { auditAll, enterRoom, startBrowser, startServer, tabTo, until, visitor } from "./support.mjs";

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
const board = (page) => page.locator(".live-board");
const column = (page, title) => board(page).locator(".live-column", { has: page.getByRole("heading", { name: new RegExp(`^${title}`) }) });
const card = (page, text) => board(page).locator(".live-card", { hasText: text });

async function make(page, title, columns, { names, cards } = {}) {
  const side = page.locator(".live-boards");
  if (!(await side.getByLabel("Lentos pavadinimas").isVisible())) await side.getByText("Nauja lenta").click();
  await side.getByLabel("Lentos pavadinimas").fill(title);
  await side.getByLabel(/^Stulpeliai/).fill(columns.join("\n"));
  if (names) await side.getByLabel("Autorių vardai").selectOption({ label: names });
  if (cards) await side.getByLabel("Kortelės").selectOption({ label: cards });
  await side.getByRole("button", { name: "Sukurti lentą" }).click();
  await board(page).getByRole("heading", { name: title }).waitFor();
}

async function write(page, title, text) {
  await column(page, title).getByLabel(`Nauja kortelė: ${title}`).fill(text);
  await column(page, title).getByRole("button", { name: `Pridėti kortelę: ${title}` }).click();
  await card(page, text).waitFor();
}

test("cards are hidden until they are revealed, and dragged, moved by arrows and grouped", async () => {
  const [ruta, tomas] = [await visitor(browser, server, { height: 1400 }), await visitor(browser, server, { height: 1400 })];
  await enterRoom(ruta, "ruta");
  await enterRoom(tomas, "tomas");
  await make(ruta, "Savaitės apžvalga", ["Pavyko", "Nepavyko", "Bandysime"], { cards: "Neatverstos, kol jas atversite" });
  await tomas.getByRole("status").getByText("Parodyta lenta: Savaitės apžvalga").waitFor();
  await write(tomas, "Pavyko", "Mokiniai patys uždavė klausimus");
  await write(ruta, "Nepavyko", "Trūko laiko refleksijai");
  await column(ruta, "Pavyko").getByText("Neatversta kortelė").first().waitFor();
  assert.equal(await card(ruta, "Mokiniai patys").count(), 0);
  await board(ruta).getByRole("button", { name: "Atversti korteles" }).click();
  await card(ruta, "Mokiniai patys uždavė klausimus").getByText("Tomas Balčiūnas").waitFor();
  await tomas.getByRole("status").getByText("Kortelės atverstos.").waitFor();

  // With a mouse.
  const from = await card(tomas, "Mokiniai patys").getByRole("button", { name: /^Kortelė:/ }).boundingBox();
  const to = await column(tomas, "Bandysime").boundingBox();
  await tomas.mouse.move(from.x + 10, from.y + 10);
  await tomas.mouse.down();
  await tomas.mouse.move(to.x + 40, to.y + 30, { steps: 5 });
  await tomas.mouse.up();
  await column(ruta, "Bandysime").getByText("Mokiniai patys").waitFor();

  // By keys alone: the focus stays on the card wherever it goes.
  await tabTo(ruta, /^Kortelė: Mokiniai patys/);
  await ruta.keyboard.press("ArrowLeft");
  await column(tomas, "Nepavyko").getByText("Mokiniai patys").waitFor();
  await ruta.getByRole("status").getByText("Kortelė perkelta: Nepavyko").waitFor();
  await column(ruta, "Nepavyko").getByText("Mokiniai patys").waitFor();
  await until(() => ruta.evaluate(() => document.activeElement?.getAttribute("aria-label")?.startsWith("Kortelė: Mokiniai patys")), { what: () => "the focus on the card" });
  await ruta.keyboard.press("ArrowUp");
  await until(async () => (await column(tomas, "Nepavyko").locator(".live-card").first().textContent()).includes("Mokiniai"), { what: () => "the first card of the column" });

  // Grouped by the menu.
  await card(tomas, "Trūko laiko").getByRole("button", { name: /^Veiksmai/ }).click();
  await card(tomas, "Trūko laiko").getByLabel("Grupės pavadinimas").fill("Laikas");
  await card(tomas, "Trūko laiko").getByRole("button", { name: "Nauja grupė" }).click();
  await board(ruta).locator(".live-group", { hasText: "Laikas" }).getByText("Trūko laiko").waitFor();
  await card(ruta, "Mokiniai patys").getByRole("button", { name: /^Veiksmai/ }).click();
  await auditAll(ruta, "a board with the actions of a card");
  await card(ruta, "Mokiniai patys").getByLabel("Sudėti kartu su").selectOption({ label: "grupė „Laikas“" });
  await board(tomas).locator(".live-group", { hasText: "Laikas" }).getByText("Mokiniai patys").waitFor();
  await shot(ruta, "board-1280");
  for (const page of [ruta, tomas]) await page.done();
});

test("on a phone cards are moved by a menu and given dots, and the board is taken away", async () => {
  const ruta = await visitor(browser, server, { height: 1400 });
  const tomas = await visitor(browser, server, { width: 360, height: 740, touch: true, dark: true });
  await enterRoom(ruta, "ruta");
  await enterRoom(tomas, "tomas");
  await make(ruta, "Mintys", ["Dabar", "Vėliau"], { names: "Nerodomi" });
  await write(tomas, "Dabar", "=Pasirinkti vieną klasę");
  await write(ruta, "Dabar", "Susitarti dėl bendro ženklo, kurį suprastų visi mokiniai");
  await card(ruta, "Pasirinkti vieną").waitFor();
  assert.equal(await card(ruta, "Pasirinkti vieną").getByText("Tomas").count(), 0);
  await card(tomas, "Pasirinkti vieną").getByText("Jūsų kortelė").waitFor();
  await card(tomas, "Pasirinkti vieną").getByRole("button", { name: /^Veiksmai/ }).tap();
  await card(tomas, "Pasirinkti vieną").getByLabel("Perkelti į").selectOption({ label: "Vėliau" });
  await column(ruta, "Vėliau").getByText("Pasirinkti vieną").waitFor();
  await board(ruta).getByText("Skirti taškus").click();
  await board(ruta).getByLabel("Kiek taškų turi vienas žmogus").fill("2");
  await board(ruta).getByRole("button", { name: "Pradėti", exact: true }).click();
  await board(tomas).getByText("Liko taškų: 2").waitFor();
  await board(tomas).getByRole("button", { name: /^Pridėti tašką: =Pasirinkti/ }).tap();
  await card(ruta, "Pasirinkti vieną").getByText("Taškai: 1", { exact: true }).waitFor();
  await auditAll(tomas, "a board on a phone");
  assert.equal(await tomas.evaluate(() => document.documentElement.scrollWidth), 360);
  await shot(tomas, "board-360-dark");
  await board(ruta).getByRole("button", { name: "Baigti taškų skyrimą" }).click();
  for (const ending of [".md", ".csv", ""]) {
    const address = await board(tomas).locator(`a[href$="/boards${ending}"]`).getAttribute("href");
    const [status, text] = await tomas.evaluate(async (at) => {
      const answer = await fetch(at);
      return [answer.status, await answer.text()];
    }, address);
    assert.equal(status, 200);
    // Another board names who wrote; this card stands with nobody's name.
    const named = /Pasirinkti vieną klasę[^\n}]*Tomas|Tomas[^\n{]*Pasirinkti vieną klasę/;
    assert.ok(text.includes("Pasirinkti vieną klasę") && !named.test(text), text);
    if (ending === ".csv") assert.ok(text.includes(`"'=Pasirinkti`), text);
  }
  for (const page of [ruta, tomas]) await page.done();
});
