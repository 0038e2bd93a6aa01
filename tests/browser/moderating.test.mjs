// What should not stand: reported by a reader, hidden in place by a moderator, appealed by its author, shown again.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { auditAll, signIn, startBrowser, startServer, visitor } from "./support.mjs";

let server, browser;
before(async () => {
  server = await startServer();
  browser = await startBrowser();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

async function as(name, options) {
  const page = await visitor(browser, server, options);
  await signIn(page, name);
  return page;
}

async function report(page, address) {
  await page.goto(address);
  await page.getByRole("link", { name: /^Pranešti prižiūrėtojams/ }).first().click();
  await page.getByLabel("Kita").check();
  await page.getByLabel(/Paaiškinkite/).fill("Prašau peržiūrėti.");
  await auditAll(page, "a report");
  await page.getByRole("button", { name: "Pranešti" }).click();
  await page.getByRole("heading", { name: "Ačiū, pranešta" }).waitFor();
}

test("a problem is reported, hidden with a reason, appealed, and shown again", async () => {
  const [vilma, jonas, egle] = [await as("vilma"), await as("jonas"), await as("egle", { width: 360 })];
  await vilma.goto("/problemos");
  await vilma.getByRole("link", { name: /įsivertina pagal nuotaiką/ }).first().click();
  await vilma.waitForURL(/\/problemos\/[0-9a-f-]{36}$/);
  const problem = new URL(vilma.url()).pathname;
  await report(vilma, problem);
  await vilma.goto("/problemos");
  const other = await vilma.locator("main a[href^='/problemos/']").evaluateAll(
    (links, known) => links.map((link) => link.getAttribute("href")).find((href) => href !== known && /[0-9a-f-]{36}$/.test(href)),
    problem,
  );
  await report(vilma, other);

  await jonas.goto("/prieziura");
  await auditAll(jonas, "the queue");
  const waiting = jonas.locator("li", { hasText: "įsivertina pagal nuotaiką" }).first();
  await waiting.locator("summary", { hasText: "Paslėpti" }).click();
  await waiting.getByLabel(/Priežastis, kurią matys autorius/).fill("Patikslinkite, kad nebūtų galima atpažinti klasės.");
  await waiting.getByRole("button", { name: "Paslėpti" }).click();
  await jonas.getByRole("button", { name: "Vėl rodyti" }).waitFor();
  assert.equal((await vilma.goto(problem)).status(), 404);

  await egle.goto("/paskyra/paslepta");
  await egle.getByText("Patikslinkite, kad nebūtų").waitFor();
  await auditAll(egle, "what is hidden of mine");
  await egle.getByLabel(/Kodėl tai turėtų būti rodoma/).fill("Klasės čia nėra: kalbama apie visus penktokus.");
  await egle.getByRole("button", { name: "Paprieštarauti" }).click();
  await egle.getByText("Laukia prižiūrėtojų atsakymo.").waitFor();

  await jonas.goto("/prieziura");
  await jonas.getByText("Klasės čia nėra").waitFor();
  await auditAll(jonas, "an appeal");
  await jonas.getByRole("button", { name: "Vėl rodyti" }).click();
  await jonas.getByText("Nieko nepaslėpta.").waitFor();
  assert.equal((await vilma.goto(problem)).status(), 200);
  await Promise.all([vilma, jonas, egle].map((page) => page.done()));
});

test("a text that was changed shows what it said before, and axe finds nothing there", async () => {
  const rasa = await as("rasa");
  await rasa.goto("/problemos");
  await rasa.getByRole("link", { name: /įsivertina pagal nuotaiką/ }).first().click();
  await rasa.waitForURL(/\/problemos\/[0-9a-f-]{36}$/);
  const problem = new URL(rasa.url()).pathname;
  await auditAll(rasa, "a problem of one's own");
  await rasa.goto(`${problem}/keisti`);
  await rasa.getByLabel(/Ko siekiate/).fill("Iki pavasario įsivertinti pagal tris kriterijus.");
  await rasa.getByRole("button", { name: "Išsaugoti" }).click();
  await rasa.waitForURL(/\/problemos\/[0-9a-f-]{36}$/);
  await rasa.goto(`${problem}/versijos`);
  await rasa.locator("ins").first().waitFor();
  await auditAll(rasa, "versions");
  await rasa.goto("/prisijungti");
  await rasa.done();
});

test("who forgot the password asks for a link, and axe finds nothing there", async () => {
  const page = await visitor(browser, server, { width: 360 });
  await page.goto("/prisijungti");
  await page.getByRole("link", { name: "Pamiršau slaptažodį" }).click();
  await page.getByLabel(/El. paštas/).fill("niekas@tinklaveika.example");
  await auditAll(page, "forgot");
  await page.getByRole("button", { name: "Siųsti nuorodą" }).click();
  await page.getByRole("heading", { name: "Patikrinkite el. paštą" }).waitFor();
  await auditAll(page, "asked");
  await page.done();
});
