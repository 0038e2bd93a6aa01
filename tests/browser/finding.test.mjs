// Finding: one box for everything, with and without scripts, and problems like the one that is being typed.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { auditAll, signIn, startBrowser, startServer, tabTo, visitor } from "./support.mjs";

let server, browser;
before(async () => {
  server = await startServer();
  browser = await startBrowser();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const enhanced = (page) => page.locator("html[data-client]").waitFor({ state: "attached" });

test("a problem like the one that is typed is listed before it is posted, and reached by keys", async () => {
  const page = await visitor(browser, server, { width: 360 });
  await signIn(page, "rasa");
  await page.goto("/erdves");
  await page.getByRole("link", { name: "Geroji patirtis visiems" }).first().click();
  await page.getByRole("link", { name: "Paskelbti problemą" }).first().click();
  await page.waitForURL(/problemos\/nauja/);
  await enhanced(page);
  const box = page.getByLabel(/Problema viena eilute/);
  await box.focus();
  await page.keyboard.type("mokinių motyvacija");
  const said = page.locator(".suggest [role=status]");
  await said.filter({ hasText: "Panašios jau paskelbtos problemos" }).waitFor();
  const items = page.locator(".suggest li");
  assert.ok((await items.count()) >= 1 && (await items.count()) <= 5);
  assert.match(await items.first().textContent(), /motyvacijos stoka/);
  assert.equal(await items.first().locator("mark").first().textContent(), "motyvacijos");
  await auditAll(page, "similar problems");
  await tabTo(page, /motyvacijos stoka/);
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/problemos\/[0-9a-f-]{36}$/);
  await page.getByRole("heading", { level: 1, name: /motyvacijos stoka/ }).waitFor();
  // What was typed waits in its draft, and so do the problems like it.
  await page.goBack();
  await enhanced(page);
  assert.equal(await box.inputValue(), "mokinių motyvacija");
  await items.first().waitFor();
  await box.fill("kosmosas");
  await items.first().waitFor({ state: "detached" });
  assert.equal(await said.textContent(), "");
  await page.done();
});

test("the box of the search page suggests while one types", async () => {
  const page = await visitor(browser, server);
  await signIn(page, "vilma");
  await page.goto("/paieska");
  await enhanced(page);
  await page.locator("#words").focus();
  await page.keyboard.type("mokytoju patirt");
  await page.locator(".suggest li").first().waitFor();
  await auditAll(page, "suggestions");
  await page.keyboard.press("Enter");
  await page.waitForURL(/paieska\?q=mokytoju/);
  await page.locator("main .items li").first().waitFor();
  await page.done();
});

test("a practice is picked for a response by its words and the keys alone", async () => {
  const page = await visitor(browser, server, { width: 360 });
  await signIn(page, "rasa");
  await page.goto("/paieska?q=su+tėvais+susitinkame&kind=problem");
  await page.locator("main .item-title a").first().click();
  await page.waitForURL(/\/problemos\/[0-9a-f-]{36}$/);
  await page.getByText("Pasiūlyti praktiką").click();
  const box = page.getByLabel(/Praktika, kuri padėjo/);
  const options = page.locator(".pick [role=option]");
  const said = page.locator(".pick [role=status]");
  await box.focus();
  await page.keyboard.type("tevu kavine");
  await options.first().waitFor();
  assert.equal(await box.getAttribute("aria-expanded"), "true");
  await page.keyboard.press("ArrowDown");
  assert.equal(await box.getAttribute("aria-activedescendant"), await options.first().getAttribute("id"));
  await auditAll(page, "picking");
  await page.keyboard.press("Escape");
  assert.equal(await options.count(), 0);
  // Nothing is offered of what she may not see, and that nothing is there is said.
  await box.fill("ketvirtokas sveciuose pusdienes");
  await said.filter({ hasText: /Rasta|Nieko nerasta/ }).waitFor();
  assert.ok(!(await options.allTextContents()).some((title) => title.includes("Ketvirtokas svečiuose")));
  // When the list cannot be had, the words are still sent.
  await page.route("**/api/v1/search**", (route) => route.abort());
  await box.fill("kavine vakaras");
  await said.filter({ hasText: "Sąrašo gauti nepavyko" }).waitFor();
  await page.unroute("**/api/v1/search**");
  await box.fill("");
  await page.keyboard.type("tevu kavine");
  await options.first().waitFor();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  assert.match(await box.inputValue(), /^Tėvų kavinė/);
  await page.locator("textarea[name=text]").first().fill("Pradėkite nuo vieno vakaro.");
  await page.getByRole("button", { name: "Atsakyti" }).click();
  await page.locator(".offered", { hasText: "Tėvų kavinė" }).waitFor();
  await page.done();
});

test("the library is narrowed, loosened and sorted by title without scripts", async () => {
  const page = await visitor(browser, server, { scripts: false, width: 360 });
  await page.goto("/praktikos");
  await page.getByLabel("Kaina").selectOption("none");
  await page.getByLabel("Mokyklos dydis").selectOption("large");
  await page.getByLabel("Rikiuoti").selectOption("title");
  await page.getByRole("button", { name: "Rodyti" }).click();
  await page.waitForURL(/sort=title/);
  const titles = await page.locator("main .item-title").allTextContents();
  const sorted = [...titles].sort(new Intl.Collator("lt").compare);
  assert.ok(titles.length > 1);
  assert.deepEqual(titles, sorted);
  await page.getByRole("link", { name: "Kaina: Nekainuoja – pašalinti filtrą" }).click();
  await page.waitForURL((url) => !url.searchParams.has("cost") && url.searchParams.get("size") === "large");
  await page.goto("/praktikos?area=steam&municipality=LT-01");
  await page.getByText("Pagal šiuos filtrus praktikų nėra.").waitFor();
  await page.getByRole("link", { name: /^Be filtro „Savivaldybė/ }).click();
  assert.ok((await page.locator("main .item-title").count()) > 0);
  await page.locator("main .item-title a").first().click();
  await page.getByRole("link", { name: "Kortelė spausdinti" }).click();
  await page.waitForURL(/\/kortele$/);
  await page.getByRole("img", { name: "Praktikos adresas kaip QR kodas" }).waitFor();
  await page.done();
});

test("without scripts the box finds, narrows, and says what to try when there is nothing", async () => {
  const page = await visitor(browser, server, { scripts: false });
  await page.goto("/paieska");
  await page.locator("#words").fill("itraukiojo ugdymo");
  await page.locator("main form button.primary").click();
  await page.waitForURL(/q=itraukiojo/);
  assert.ok((await page.locator("main .items li").count()) > 0);
  assert.ok((await page.locator("main mark").count()) > 0);
  const kinds = await page.getByLabel("Rūšis").locator("option").allTextContents();
  assert.ok(kinds.some((kind) => /^Praktikos \(\d+\)$/.test(kind)) && !kinds.some((kind) => kind.startsWith("Komandos")), `${kinds}`);
  await page.getByLabel("Rūšis").selectOption("practice");
  await page.locator("main form button.primary").click();
  await page.waitForURL(/kind=practice/);
  assert.ok((await page.locator("main .items li").count()) > 0);
  await page.goto("/paieska?q=kosmosas");
  await page.getByText("Pagal „kosmosas“ nieko nerasta.").waitFor();
  await page.done();
});
