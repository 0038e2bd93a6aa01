// Organising by what the interface says: administrator, coordinator, network, two teams of two municipalities, a space of both.

import assert from "node:assert/strict";
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { auditAll, signIn, startBrowser, startServer, tabTo, until, visitor } from "./support.mjs";

const PASSWORD = "žalia lempa prie kelio";

let server, browser;
before(async () => {
  server = await startServer();
  browser = await startBrowser();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

/** The address in a letter that lies in the server's folder of mails, of the one whose text holds `word`. */
async function letter(word, path) {
  let link;
  await until(
    async () => {
      const folder = join(server.data, "mail");
      for (const name of await readdir(folder).catch(() => [])) {
        const text = decoded(await readFile(join(folder, name), "latin1"));
        if (text.includes(word)) link = text.match(new RegExp(`https?://\\S+${path}[0-9a-f]+`))?.[0];
      }
      return link;
    },
    { what: () => `a letter about ${word}` },
  );
  return new URL(link).pathname;
}

function decoded(mail) {
  const [head, body] = [mail.slice(0, mail.indexOf("\r\n\r\n")), mail.slice(mail.indexOf("\r\n\r\n"))];
  if (/base64/i.test(head)) return Buffer.from(body, "base64").toString("utf8");
  const bytes = body.replace(/=\r\n/g, "").replace(/=([0-9A-F]{2})/g, (_, code) => String.fromCharCode(parseInt(code, 16)));
  return Buffer.from(bytes, "latin1").toString("utf8");
}

async function inMain(page, role, name) {
  await page.locator("main").getByRole(role, { name }).first().click();
}

async function newSchool(page, name, municipality) {
  await inMain(page, "link", "Įrašyti mokyklą");
  await page.getByLabel("Mokyklos pavadinimas").fill(name);
  await page.getByLabel("Savivaldybė").selectOption({ label: municipality });
  await page.getByLabel("Progimnazija").check();
  await page.getByRole("button", { name: "Įrašyti mokyklą" }).click();
}

async function newTeam(page, school, name) {
  await page.getByLabel("Mokykla").selectOption({ label: school });
  await page.getByLabel("Komandos pavadinimas").fill(name);
  await page.getByRole("button", { name: "Sukurti komandą" }).click();
  await page.getByRole("heading", { level: 1, name }).waitFor();
}

async function join5(lead, prefix) {
  await lead.getByRole("button", { name: "Sukurti kvietimo nuorodą" }).click();
  const link = (await lead.locator("main").innerText()).match(/http:\/\/\S+\/kvietimas\/\S+/)[0];
  for (const number of [1, 2, 3, 4, 5]) {
    const guest = await visitor(browser, server, { scripts: false });
    await guest.goto(link);
    await guest.getByLabel(/Vardas ir pavardė/).fill("Kristina Gailiūtė");
    await guest.getByLabel(/El\. paštas/).fill(`${prefix}${number}@tinklaveika.example`);
    await guest.getByLabel(/Slaptažodis/).fill(PASSWORD);
    await guest.getByLabel(/Pareigos/).selectOption({ index: 1 });
    await guest.getByRole("button", { name: "Tapti komandos nariu" }).click();
    await guest.waitForURL(/\/komandos\//);
    await guest.context().close();
  }
}

test("an administrator invites a coordinator by mail, who makes a network's two teams meet in a space", async () => {
  const ona = await visitor(browser, server);
  await signIn(ona, "ona");

  // A kind and a network of it, from what „Valdymas“ offers.
  await ona.goto("/");
  await ona.locator("details.menu summary").click();
  await ona.getByRole("link", { name: "Valdymas" }).click();
  await auditAll(ona, "administration");
  await inMain(ona, "link", "Rūšys");
  await auditAll(ona, "kinds");
  const kinds = ona.locator("section", { hasText: "Tinklų rūšys" });
  await kinds.getByLabel("Pavadinimas lietuviškai").fill("Profesinio mokymo tinklas");
  await kinds.getByLabel("Pavadinimas angliškai").fill("Network of vocational schools");
  await ona.getByRole("button", { name: "Pridėti tinklų rūšį" }).click();
  await ona.getByText("Profesinio mokymo tinklas").first().waitFor();
  await ona.goto("/tinklai");
  await inMain(ona, "link", "Sukurti tinklą");
  await ona.getByLabel("Profesinio mokymo tinklas").check();
  await ona.getByLabel("Pavadinimas", { exact: true }).fill("Amatų tinklas");
  await ona.getByRole("button", { name: "Sukurti tinklą" }).click();
  await ona.getByRole("heading", { level: 1, name: "Amatų tinklas" }).waitFor();
  await auditAll(ona, "network, empty");
  await inMain(ona, "link", "Tinklo žmonės");
  await auditAll(ona, "people of a network");
  await ona.getByLabel("Vaidmuo").selectOption({ label: "Tinklo koordinatorius (-ė) – Amatų tinklas" });
  await ona.getByLabel("Vardas ir pavardė").fill("Nerijus Lapinskas");
  await ona.getByLabel(/El\. paštas/).fill("koordinatorius@tinklaveika.example");
  await ona.getByRole("button", { name: "Siųsti kvietimą" }).click();
  await ona.getByText("Laukia atsakymo").waitFor();
  assert.doesNotMatch(await ona.locator("main").innerText(), /koordinatorius@/, "the address is shown to nobody");

  // The coordinator comes from the letter, without an account and without scripts.
  const coordinator = await visitor(browser, server, { scripts: false });
  await coordinator.goto(await letter("Amatų tinklas", "/vaidmuo/"));
  await coordinator.getByLabel(/Slaptažodis/).fill(PASSWORD);
  await coordinator.getByLabel(/Pareigos/).selectOption({ index: 1 });
  await coordinator.getByRole("button", { name: "Sukurti paskyrą ir sutikti" }).click();
  await coordinator.getByRole("heading", { level: 1, name: "Amatų tinklas" }).waitFor();

  // Two schools of two municipalities, each with its team.
  const network = coordinator.url();
  await newSchool(coordinator, "Amatų progimnazija", "Ukmergės rajono savivaldybė");
  await newTeam(coordinator, "Amatų progimnazija – Ukmergės rajono savivaldybė", "Klevas");
  const klevas = coordinator.url();
  await join5(coordinator, "klevas");
  await coordinator.goto(network);
  await newSchool(coordinator, "Meistrų progimnazija", "Utenos rajono savivaldybė");
  await newTeam(coordinator, "Meistrų progimnazija – Utenos rajono savivaldybė", "Uosis");
  await join5(coordinator, "uosis");
  for (const team of [klevas, coordinator.url().split("/kvietimas")[0]]) {
    await coordinator.goto(team);
    await coordinator.getByRole("button", { name: "Pradėti veikti" }).click();
    await coordinator.getByText("Veikia").first().waitFor();
  }

  // A space in which both meet.
  await coordinator.goto(network);
  await inMain(coordinator, "link", "Atverti erdvę");
  await coordinator.getByLabel("Erdvės pavadinimas").fill("Amatų dirbtuvė");
  await coordinator.getByLabel("Tik erdvės komandos").check();
  await coordinator.getByRole("button", { name: "Atverti erdvę" }).click();
  await coordinator.getByRole("heading", { level: 1, name: "Amatų dirbtuvė" }).waitFor();
  for (const team of ["Klevas – Amatų progimnazija, Ukmergės rajono savivaldybė", "Uosis – Meistrų progimnazija, Utenos rajono savivaldybė"]) {
    // It stands open as long as the space has no team.
    const keeping = coordinator.locator("details", { hasText: "Erdvės tvarkymas" });
    if ((await keeping.getAttribute("open")) === null) await keeping.locator("summary").first().click();
    await coordinator.getByLabel("Kurią komandą").selectOption({ label: team });
    await coordinator.getByRole("button", { name: "Priimti komandą" }).click();
    await coordinator.waitForLoadState();
  }
  const space = coordinator.url();
  const shown = await coordinator.locator("main").innerText();
  assert.ok(shown.includes("Klevas") && shown.includes("Uosis"));

  // A session that both hold live, closed into a record.
  const host = await visitor(browser, server);
  await signIn(host, "koordinatorius", PASSWORD);
  await host.goto(space);
  await inMain(host, "link", "Suplanuoti sesiją");
  await host.getByLabel("Sesijos tema").fill("Kaip mokytis amato kartu");
  await host.getByLabel("Pradžia").fill(new Date().toLocaleString("sv-SE", { timeZone: "Europe/Vilnius" }).slice(0, 16).replace(" ", "T"));
  await host.getByLabel("Žingsnis").first().fill("Susipažįstame");
  await host.getByLabel("Minutės").first().fill("10");
  for (const team of ["Klevas", "Uosis"]) await host.getByLabel(new RegExp(team)).check();
  await host.getByRole("button", { name: "Suplanuoti sesiją" }).click();
  await host.getByRole("button", { name: "Atidaryti sesiją" }).click();
  await host.getByText("Vyksta").first().waitFor();
  const talk = { klevas2: "Mūsų mokiniai kala patys.", uosis2: "Mūsiškiai audžia poromis." };
  const there = [];
  for (const [name, words] of Object.entries(talk)) {
    const page = await visitor(browser, server, { width: name === "uosis2" ? 360 : 1280 });
    await signIn(page, name, PASSWORD);
    await page.goto("/");
    await page.getByText("Patvirtinkite savo el. pašto adresą").waitFor();
    await auditAll(page, "the start page of whose address is not verified");
    await page.getByRole("link", { name: "Prisijungti prie sesijos" }).first().click();
    await page.getByLabel("Žinutė").fill(words);
    await page.getByLabel("Žinutė").press("Enter");
    there.push(page);
  }
  for (const words of Object.values(talk)) for (const page of [host, ...there]) await page.getByText(words).first().waitFor();
  await host.getByRole("button", { name: "Uždaryti sesiją" }).click();
  await host.getByRole("button", { name: "Taip, uždaryti" }).click();
  await host.getByText("Baigta").first().waitFor();
  await there[1].goto(new URL(host.url()).pathname);
  await inMain(there[1], "link", "Skaityti įrašą");
  for (const words of Object.values(talk)) await there[1].getByText(words).first().waitFor();
  for (const page of [host, ...there]) await page.done();

  // A member of each is there; nobody else knows of it.
  const member = await visitor(browser, server, { width: 360 });
  await signIn(member, "klevas3", PASSWORD);
  await member.goto("/erdves");
  await member.getByRole("link", { name: "Amatų dirbtuvė" }).click();
  await member.getByRole("heading", { level: 1, name: "Amatų dirbtuvė" }).waitFor();
  await auditAll(member, "a new space");
  const stranger = await visitor(browser, server);
  await signIn(stranger, "nerijus");
  const hidden = await stranger.goto(space);
  assert.equal(hidden.status(), 404);

  // The archive reads and does not write, and comes back.
  await coordinator.goto(space);
  await coordinator.locator("summary", { hasText: "Erdvės tvarkymas" }).click();
  await coordinator.locator("summary", { hasText: "Archyvuoti erdvę" }).click();
  await coordinator.getByRole("button", { name: "Archyvuoti erdvę" }).click();
  await coordinator.getByText("Erdvė archyve").waitFor();
  await member.goto(new URL(space).pathname);
  assert.equal(await member.getByRole("link", { name: "Paskelbti problemą" }).count(), 0);
  await auditAll(member, "an archived space");
  await coordinator.getByRole("button", { name: "Grąžinti iš archyvo" }).click();
  await coordinator.waitForLoadState();
  assert.equal(await coordinator.getByText("Erdvė archyve").count(), 0);
  for (const page of [ona, coordinator, member]) await page.done();
});

test("an administrator suspends a person and returns them, by keys alone", async () => {
  const ona = await visitor(browser, server);
  await signIn(ona, "ona");
  await ona.goto("/valdymas/zmones?q=balciun");
  await auditAll(ona, "people");
  await tabTo(ona, /^Tomas Balčiūnas/);
  await ona.keyboard.press("Enter");
  await ona.getByRole("heading", { level: 1, name: "Tomas Balčiūnas" }).waitFor();
  await auditAll(ona, "person");
  await tabTo(ona, "Sustabdyti paskyrą");
  await ona.keyboard.press("Enter");
  await tabTo(ona, "Sustabdyti paskyrą");
  await ona.keyboard.press("Enter");
  await ona.getByText("Sustabdyta", { exact: true }).waitFor();
  await auditAll(ona, "a suspended person");
  const tomas = await visitor(browser, server);
  await signIn(tomas, "tomas");
  assert.equal((await tomas.goto("/erdves")).status(), 200);
  assert.equal(await tomas.getByText("Ąžuolo ir Pušyno kiemas").count(), 0);
  await tabTo(ona, "Grąžinti paskyrą");
  await ona.keyboard.press("Enter");
  await ona.getByText("Sustabdyta", { exact: true }).waitFor({ state: "detached" });
  await tomas.reload();
  await tomas.getByText("Ąžuolo ir Pušyno kiemas").first().waitFor();
  await ona.done();
  await tomas.done();
});

test("a team founds a mini-network, and a team of another municipality accepts", async () => {
  const rasa = await visitor(browser, server, { width: 360 });
  await signIn(rasa, "rasa");
  await rasa.goto("/paskyra");
  await rasa.locator("main a[href^='/komandos/']").first().click();
  await rasa.waitForURL(/\/komandos\//);
  await auditAll(rasa, "team");
  await inMain(rasa, "link", "Įkurti tinkliuką");
  await rasa.getByLabel("Pavadinimas", { exact: true }).fill("Skaitymo tinkliukas");
  await auditAll(rasa, "founding a mini-network");
  await rasa.getByRole("button", { name: "Įkurti tinkliuką" }).click();
  await rasa.getByRole("heading", { level: 1, name: "Skaitymo tinkliukas" }).waitFor();
  await rasa.getByLabel("Kurią komandą").selectOption({ label: "Šaltinis – Šaltinių gimnazija, Alytaus miesto savivaldybė" });
  await rasa.getByRole("button", { name: "Pakviesti komandą" }).click();
  await rasa.getByText("Dar neatsakė").waitFor();
  await auditAll(rasa, "mini-network");

  const vilma = await visitor(browser, server);
  await signIn(vilma, "vilma");
  await vilma.goto("/paskyra");
  await vilma.locator("main a[href^='/komandos/']").first().click();
  await vilma.getByText("Kviečia jūsų komandą").waitFor();
  await auditAll(vilma, "an invited team");
  await vilma.getByRole("button", { name: "Prisijungti: Skaitymo tinkliukas" }).click();
  await vilma.getByText("Kviečia jūsų komandą").waitFor({ state: "detached" });
  await vilma.getByRole("link", { name: "Skaitymo tinkliukas" }).click();
  await vilma.getByText("2 savivaldybės").first().waitFor();
  await rasa.done();
  await vilma.done();
});
