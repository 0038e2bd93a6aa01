// A live session: three people at three browsers, one of them cut off and back, a server that is killed; by mouse, by keys alone,
// and on a phone.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { audit, auditAll, enterRoom, signIn, startBrowser, startServer, tabTo, until, visitor } from "./support.mjs";

let server, browser;
before(async () => {
  server = await startServer();
  browser = await startBrowser();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const messages = (page) => page.locator("[data-message] .lines").allInnerTexts();
const ids = (page) => page.locator("[data-message]").evaluateAll((rows) => rows.map((row) => row.dataset.message));

async function say(page, text) {
  await page.locator("#live-text").fill(text);
  await page.locator("#live-text").press("Enter");
}

const sees = (page, text) => page.locator("[data-message] .lines", { hasText: text }).first().waitFor();

/** The message's own row, chosen so that its actions show. */
async function choose(page, text) {
  const row = page.locator("[data-message]", { hasText: text }).last();
  await row.locator(".lines").click();
  await row.locator(".live-actions").waitFor();
  return row;
}

test("three people talk, and the one who was cut off ends with the same list", async () => {
  const [ruta, tomas, vilma] = await Promise.all([0, 1, 2].map(() => visitor(browser, server)));
  for (const [page, name] of [[ruta, "ruta"], [tomas, "tomas"], [vilma, "vilma"]]) await enterRoom(page, name);
  for (const page of [ruta, tomas, vilma]) await page.locator("[data-here='3']").waitFor();
  await say(ruta, "Sveiki susirinkę");
  for (const page of [tomas, vilma]) await sees(page, "Sveiki susirinkę");

  // Reply, react, edit, delete.
  await (await choose(tomas, "Sveiki susirinkę")).getByRole("button", { name: "Atsakyti" }).click();
  await say(tomas, "Laba diena iš Ąžuolo");
  await sees(vilma, "Laba diena iš Ąžuolo");
  await vilma.getByText(/Atsako: Rūta Kazlauskienė: Sveiki/).waitFor();
  await (await choose(vilma, "Laba diena iš Ąžuolo")).getByRole("button", { name: "Ačiū", exact: true }).click();
  await tomas.getByRole("button", { name: "Ačiū: 1" }).last().waitFor();
  await (await choose(tomas, "Laba diena iš Ąžuolo")).getByRole("button", { name: "Keisti" }).click();
  await say(tomas, "Laba diena iš Ukmergės");
  await sees(ruta, "Laba diena iš Ukmergės");
  await ruta.getByText("redaguota").last().waitFor();
  await say(vilma, "Klaidinga žinutė");
  await sees(ruta, "Klaidinga žinutė");
  const wrong = await choose(vilma, "Klaidinga žinutė");
  await wrong.getByRole("button", { name: "Trinti" }).click();
  await wrong.getByRole("button", { name: "Tikrai trinti" }).click();
  await ruta.getByText("Žinutė ištrinta.").last().waitFor();
  await until(async () => !(await messages(tomas)).includes("Klaidinga žinutė"));

  // One loses the network. The composer keeps working, and the banner counts what is unsent.
  await vilma.context().setOffline(true);
  await vilma.locator("[data-trouble]").waitFor({ timeout: 5_000 });
  await say(vilma, "Parašyta be tinklo");
  await vilma.locator("[data-unsent='1']").waitFor();
  await audit(vilma, "without network");
  for (let n = 1; n <= 5; n += 1) await say(tomas, `Kol jos nėra, ${n}`);
  await sees(ruta, "Kol jos nėra, 5");
  await vilma.context().setOffline(false);
  await sees(vilma, "Kol jos nėra, 5");
  await sees(ruta, "Parašyta be tinklo");
  await vilma.locator("[data-trouble]").waitFor({ state: "detached" });
  await until(async () => {
    const [a, b, c] = await Promise.all([ids(ruta), ids(tomas), ids(vilma)]);
    return a.length > 0 && a.join() === b.join() && b.join() === c.join();
  }, { what: () => "three equal lists" });
  assert.equal(new Set(await ids(vilma)).size, (await ids(vilma)).length, "nothing is there twice");

  // The server is killed and comes back: what stood stands, and what is typed meanwhile arrives.
  const before = await ids(ruta);
  await server.kill();
  await tomas.locator("[data-trouble]").waitFor({ timeout: 5_000 });
  await say(tomas, "Parašyta be serverio");
  await server.start();
  for (const page of [ruta, tomas, vilma]) await sees(page, "Parašyta be serverio");
  const since = await ids(ruta);
  assert.deepEqual(since.slice(0, before.length), before);
  assert.deepEqual(since, await ids(vilma));
  for (const page of [ruta, tomas, vilma]) await page.done();
});

test("hands queue up, and the facilitator gives the word", async () => {
  const [ruta, tomas] = [await visitor(browser, server), await visitor(browser, server, { width: 360, height: 720 })];
  await enterRoom(ruta, "ruta");
  await enterRoom(tomas, "tomas");
  await tomas.locator(".live-row").getByRole("button", { name: "Ranka" }).click();
  await ruta.locator(".live-hands").getByText("Tomas Balčiūnas").waitFor();
  await tomas.locator(".live-row").getByRole("button", { name: "Daugiau" }).click();
  await tomas.locator("[data-place='3']").waitFor();
  await auditAll(tomas, "the side on a phone");
  await ruta.getByRole("button", { name: "Suteikti žodį: Tomas Balčiūnas" }).click();
  await tomas.locator(".live-floor").getByText("Žodis jums.").waitFor();
  await tomas.getByRole("button", { name: "Baigiau kalbėti" }).click();
  await ruta.locator(".live-floor").waitFor({ state: "detached" });
  await ruta.done();
  await tomas.done();
});

test("the facilitator steers: every clock shows the same end, and extending does not reset it", async () => {
  const [ruta, tomas] = [await visitor(browser, server), await visitor(browser, server)];
  await enterRoom(ruta, "ruta");
  await enterRoom(tomas, "tomas");
  const time = async (page) => {
    const [minutes, seconds] = (await page.locator(".live-time").innerText()).split(":").map(Number);
    return minutes * 60 + seconds;
  };
  await ruta.getByRole("button", { name: /^Pradėti: Kas jau veikia/ }).first().click();
  for (const page of [ruta, tomas]) await page.getByRole("heading", { level: 2, name: "Kas jau veikia" }).waitFor();
  const [first, second] = await Promise.all([time(ruta), time(tomas)]);
  assert.ok(Math.abs(first - second) <= 1, `${first} s and ${second} s`);
  assert.ok(first > 19 * 60 && first <= 20 * 60);
  await ruta.getByRole("button", { name: "Pratęsti 5 min." }).click();
  await until(async () => (await time(tomas)) > 24 * 60, { what: () => "five more minutes" });
  assert.ok((await time(tomas)) <= first + 300);
  await auditAll(ruta, "the facilitator's room");
  await ruta.done();
  await tomas.done();
});

test("a whole session is held by key presses alone", async () => {
  const page = await visitor(browser, server);
  await signIn(page, "egle");
  await page.goto("/sesijos");
  await tabTo(page, "Prisijungti prie sesijos");
  await page.keyboard.press("Enter");
  await page.locator(".live").waitFor();
  await tabTo(page, "Žinutė");
  await page.keyboard.type("Rašau be pelės");
  await page.keyboard.press("Enter");
  await sees(page, "Rašau be pelės");
  // The focus stays where one writes; the log is one stop back, and its newest message one key away.
  await tabTo(page, "Pokalbis", { back: true });
  await page.keyboard.press("End");
  await tabTo(page, "Keisti");
  await page.keyboard.press("Enter");
  await until(() => page.evaluate(() => document.activeElement?.id === "live-text" && document.activeElement.value === "Rašau be pelės"), {
    what: () => "one's own words to change",
  });
  await page.keyboard.press("End");
  await page.keyboard.type(" ir redaguoju");
  await page.keyboard.press("Enter");
  await sees(page, "Rašau be pelės ir redaguoju");
  await tabTo(page, "Pakelti ranką");
  await page.keyboard.press("Enter");
  await page.locator("[data-place]").waitFor();
  // The button that was pressed is still under the finger.
  await until(() => page.evaluate(() => document.activeElement?.textContent === "Nuleisti ranką"));
  await page.keyboard.press("Enter");
  await page.locator("[data-place]").waitFor({ state: "detached" });
  await page.done();
});

test("a phone of 360 px and one of 320 write, raise a hand and see who is here", async () => {
  for (const [width, name] of [[360, "lina"], [320, "paulius"]]) {
    const page = await visitor(browser, server, { width, height: 640 });
    await enterRoom(page, name);
    await auditAll(page, "the room on a phone");
    await page.locator(".live-row").getByRole("button", { name: "Rašyti" }).click();
    await page.keyboard.type(`Iš telefono, ${width}`);
    await page.locator(".live-write").getByRole("button", { name: "Siųsti" }).click();
    await sees(page, `Iš telefono, ${width}`);
    await page.locator(".live-row").getByRole("button", { name: "Ranka" }).click();
    await page.locator(".live-row").getByRole("button", { name: "Ranka", pressed: true }).waitFor();
    await page.locator(".live-row").getByRole("button", { name: "Daugiau" }).click();
    await page.locator(".live-people").getByText("jūs", { exact: true }).waitFor();
    await audit(page, `the side at ${width} px`);
    await page.done();
  }
});

test("the guard stops a personal code here, and asks before a name", async () => {
  const page = await visitor(browser, server);
  await enterRoom(page, "andrius");
  await say(page, "Mokinio kodas 50001010006");
  await page.locator("#live-refusal").getByText(/asmens kodas/).waitFor();
  assert.equal(await page.locator("#live-text").inputValue(), "Mokinio kodas 50001010006");
  await page.reload();
  await page.locator(".live").waitFor();
  assert.equal(await page.locator("#live-text").inputValue(), "Mokinio kodas 50001010006", "what is typed survives a reload");
  await page.locator("#live-text").fill("Parašykite man: vardas@mokykla.lt");
  await page.locator("#live-text").press("Enter");
  await page.getByRole("button", { name: "Vis tiek siųsti" }).click();
  await sees(page, "Parašykite man: vardas@mokykla.lt");
  await page.done();
});

test("a session is scheduled, opened, closed, and read as a record", async () => {
  const page = await visitor(browser, server);
  await signIn(page, "rasa");
  await page.goto("/erdves");
  await page.getByRole("link", { name: "Įtraukiojo ugdymo dirbtuvė" }).first().click();
  await page.getByRole("link", { name: "Suplanuoti sesiją" }).first().click();
  await page.getByLabel(/Sesijos tema/).fill("Bendras pusvalandis");
  await page.getByLabel(/Pradžia/).fill("2030-03-04T15:00");
  await page.getByRole("button", { name: "Suplanuoti sesiją" }).click();
  await page.getByRole("button", { name: "Atidaryti sesiją" }).click();
  await page.getByRole("button", { name: /^Pradėti: / }).first().click();
  await page.locator(".live-time").waitFor();
  await say(page, "Užrašykime, ką sutarėme");
  await sees(page, "Užrašykime, ką sutarėme");
  await page.getByRole("button", { name: "Uždaryti sesiją" }).click();
  await page.getByRole("button", { name: "Taip, uždaryti" }).click();
  await page.getByRole("link", { name: "Skaityti sesijos įrašą" }).click();
  await page.getByRole("heading", { level: 1, name: /Bendras pusvalandis/ }).waitFor();
  await page.getByText("Užrašykime, ką sutarėme").waitFor();
  await page.getByText("Rasa Jankauskienė").first().waitFor();
  await auditAll(page, "the record");
  await page.getByRole("link", { name: "Lankomumas" }).click();
  await page.getByRole("heading", { name: "Mano lankomumas" }).waitFor();
  await page.getByRole("row", { name: /Rasa Jankauskienė/ }).getByText("taip").waitFor();
  await page.getByText("Pataisyti lankomumą").click();
  await page.getByLabel("Žmogus").selectOption({ label: "Tomas Balčiūnas, „Ąžuolas“" });
  await page.getByLabel("Pridėti minučių").fill("5");
  await page.getByLabel("Priežastis").fill("Sėdėjo prie kolegės kompiuterio");
  await auditAll(page, "the attendance");
  await page.getByRole("button", { name: "Įrašyti pataisą" }).click();
  await page.getByRole("row", { name: /Tomas Balčiūnas/ }).getByText("+5 min.: Sėdėjo prie kolegės kompiuterio").waitFor();
  await page.done();
});

test("in English, the room speaks English", async () => {
  const page = await visitor(browser, server, { lang: "en" });
  await signIn(page, "simona");
  await page.goto("/sesijos");
  await page.getByRole("link", { name: "Join the session" }).first().click();
  await page.getByRole("button", { name: "Raise your hand" }).waitFor();
  await audit(page, "the room in English");
  await page.done();
});
