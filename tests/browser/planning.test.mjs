// Planning: a series of sessions with people who are invited, an answer, one moved, one cancelled, and the file for a calendar.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { audit, auditAll, day, signIn, startBrowser, startServer, visitor } from "./support.mjs";

let server, browser;
before(async () => {
  server = await startServer();
  browser = await startBrowser();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const TITLE = "Planuojame kartu: pagalba pamokoje";

async function open(page, title, number = 0) {
  await page.goto("/sesijos");
  await page.getByRole("link", { name: title }).nth(number).click();
  await page.waitForURL(/\/sesijos\/[0-9a-f-]+$/);
}

test("a lead plans a series by what the form says, corrects it, and its teams are invited", async () => {
  const rasa = await visitor(browser, server, { width: 360, height: 740 });
  await signIn(rasa, "rasa");
  await rasa.goto("/erdves");
  await rasa.getByRole("link", { name: "Įtraukiojo ugdymo dirbtuvė" }).first().click();
  await rasa.getByRole("link", { name: "Suplanuoti sesiją" }).click();
  await rasa.getByLabel(/^Sesijos tema/).fill(TITLE);
  await rasa.getByLabel(/^Pradžia/).fill(`${day(10)}T15:00`);
  await rasa.getByText("Kartojimas", { exact: true }).click();
  await rasa.getByLabel(/^Kas kiek/).selectOption({ label: "Kas dvi savaites" });
  await rasa.getByLabel(/^Vaizdo susitikimo nuoroda/).fill("http://vaizdas.tinklaveika.example/a");
  await auditAll(rasa, "the form of a session");
  await rasa.getByRole("button", { name: "Suplanuoti sesiją" }).click();
  // The link is not safe; then no end of the series was given. Each is said, and nothing typed is lost.
  await rasa.locator("#refused").getByText("Tai neatrodo kaip susitikimo nuoroda").waitFor();
  await auditAll(rasa, "the refused form of a session");
  assert.equal(await rasa.getByLabel(/^Sesijos tema/).inputValue(), TITLE);
  await rasa.getByLabel(/^Vaizdo susitikimo nuoroda/).fill("https://vaizdas.tinklaveika.example/a");
  await rasa.getByRole("button", { name: "Suplanuoti sesiją" }).click();
  await rasa.locator("#refused").getByText("Kiek sesijų").waitFor();
  await rasa.getByLabel(/^Kiek sesijų/).fill("4");
  await rasa.getByRole("button", { name: "Suplanuoti sesiją" }).click();
  await rasa.waitForURL(/\/sesijos\/[0-9a-f-]+$/);
  const main = rasa.locator("main");
  for (const said of ["Kas dvi savaites", /1 sesija iš\s4/, "15:00", "Vaizdo susitikimas: vaizdas.tinklaveika.example"]) {
    await main.getByText(said).first().waitFor();
  }
  const link = rasa.getByRole("link", { name: /Vaizdo susitikimas/ });
  assert.deepEqual([await link.getAttribute("target"), await link.getAttribute("rel")], ["_blank", "noopener noreferrer"]);
  await main.getByText("15 žmonių").waitFor();
  await auditAll(rasa, "a planned session as its lead sees it");
  await rasa.done();
});

test("somebody invited finds the meeting at home, answers without scripts, and takes it to the calendar", async () => {
  const tomas = await visitor(browser, server, { width: 360, height: 740 });
  await signIn(tomas, "tomas");
  await tomas.goto("/");
  const mine = tomas.locator("section", { has: tomas.getByRole("heading", { name: "Mano susitikimai" }) });
  await mine.getByRole("link", { name: TITLE }).first().waitFor();
  await mine.getByText("Dar neatsakėte").first().waitFor();
  await auditAll(tomas, "the start page with meetings");
  await tomas.done();

  const plain = await visitor(browser, server, { width: 360, height: 740, scripts: false });
  await signIn(plain, "tomas");
  await open(plain, TITLE);
  await plain.getByLabel("Dalyvausiu", { exact: true }).check();
  await plain.getByLabel(/^Trumpa pastaba/).fill("Vėluosiu dešimt minučių");
  await plain.getByRole("button", { name: "Atsakyti" }).click();
  await plain.getByRole("button", { name: "Keisti atsakymą" }).waitFor();
  await plain.getByText("Dalyvaus: 1").first().waitFor();
  const [file] = await Promise.all([plain.waitForEvent("download"), plain.getByRole("link", { name: "Į kalendorių (.ics)", exact: true }).click()]);
  const text = await readFile(await file.path(), "utf8");
  assert.match(text, /^BEGIN:VCALENDAR\r\n/);
  assert.match(text, new RegExp(`SUMMARY:${TITLE}\r\n`));
  assert.match(text, /DTSTART:\d{8}T1[23]0000Z\r\n/);
  await plain.context().close();

  // Who leads it reads the note.
  const rasa = await visitor(browser, server);
  await signIn(rasa, "rasa");
  await open(rasa, TITLE);
  await rasa.getByText("Kas ką atsakė").first().click();
  await rasa.getByText("Vėluosiu dešimt minučių").waitFor();
  await auditAll(rasa, "who is invited");
  await rasa.done();
});

test("one of the series is moved and another cancelled, and both say so", async () => {
  const rasa = await visitor(browser, server);
  await signIn(rasa, "rasa");
  await open(rasa, TITLE, 1);
  await rasa.getByText(/2 sesija iš\s4/).waitFor();
  await rasa.getByRole("link", { name: "Keisti planą" }).click();
  await auditAll(rasa, "the form of a change");
  await rasa.getByLabel(/^Pradžia/).fill(`${day(25)}T16:30`);
  await rasa.getByRole("button", { name: "Išsaugoti planą" }).click();
  await rasa.waitForURL(/\/sesijos\/[0-9a-f-]+$/);
  await rasa.locator("main").getByText("16:30").first().waitFor();

  await open(rasa, TITLE, 2);
  await rasa.getByRole("link", { name: "Atšaukti sesiją" }).click();
  await auditAll(rasa, "the form of a cancelling");
  await rasa.getByLabel(/^Priežastis/).fill("Mokyklose atostogos, susitinkame po jų.");
  await rasa.getByLabel(/^Šiai ir visoms vėlesnėms/).check();
  await rasa.getByRole("button", { name: "Atšaukti sesiją" }).click();
  await rasa.waitForURL(/\/sesijos\/[0-9a-f-]+$/);
  await rasa.getByText("Mokyklose atostogos, susitinkame po jų.").waitFor();
  assert.equal(await rasa.locator("#live-room").count(), 0);
  await auditAll(rasa, "a cancelled session");
  await rasa.goto("/sesijos");
  await rasa.getByRole("heading", { name: "Atšauktos" }).waitFor();
  await auditAll(rasa, "the list of sessions");
  await rasa.done();
});

test("a person makes a secret address for their calendar, and ends it", async () => {
  const tomas = await visitor(browser, server, { width: 360, height: 740 });
  await signIn(tomas, "tomas");
  await tomas.goto("/paskyra");
  await tomas.getByRole("link", { name: "Mano kalendorius" }).click();
  await tomas.getByRole("button", { name: "Sukurti slaptą adresą" }).click();
  const link = await tomas.locator(".secret").innerText();
  await auditAll(tomas, "a secret address just made");
  const read = async () => (await fetch(link)).status;
  assert.match(await (await fetch(link)).text(), /BEGIN:VEVENT/);
  await tomas.getByRole("button", { name: "Panaikinti adresą" }).click();
  await tomas.getByRole("button", { name: "Sukurti slaptą adresą" }).waitFor();
  assert.equal(await read(), 404);
  await tomas.done();
});

test("a stranger reads the plan of a public session and neither its link nor who is invited", async () => {
  const guest = await visitor(browser, server, { width: 320, height: 640 });
  await open(guest, /^Patirties popietė/);
  const text = await guest.locator("main").innerText();
  assert.match(text, /Trys klausimai tiems, kas ją išbandė/);
  assert.doesNotMatch(text, /Vaizdo susitikimas|Pakviesti|Rasa|Vilma/);
  await audit(guest);
  await guest.done();
});
