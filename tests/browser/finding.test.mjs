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
