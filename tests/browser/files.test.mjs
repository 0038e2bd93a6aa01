// Attaching a file to a practice, seeing and downloading it, and taking it away again; without scripts, and too large.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { auditAll, signIn, startBrowser, startServer, visitor } from "./support.mjs";

const PRACTICE = "Universalus dizainas užduotyse: vienas tikslas, keli keliai";

let server, browser;
before(async () => {
  server = await startServer({ args: ["--file-mib", "1"] });
  browser = await startBrowser();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

async function toPractice(page, title) {
  await page.goto(`/paieska?q=${encodeURIComponent(title)}`);
  await page.getByRole("link", { name: title }).first().click();
  await page.waitForURL(/\/praktikos\/[0-9a-f-]{36}$/);
}

/** A picture of the browser's own making. */
function picture(page) {
  return page.evaluate(async () => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 900, height: 600 });
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#1c5f90";
    pen.fillRect(0, 0, 900, 600);
    const blob = await new Promise((done) => canvas.toBlob(done, "image/png"));
    return [...new Uint8Array(await blob.arrayBuffer())];
  });
}

async function choose(page, file) {
  await page.getByText("Pridėti failą").first().click();
  await page.getByLabel("Failas", { exact: true }).setInputFiles(file);
  await page.getByRole("button", { name: "Pridėti failą" }).click();
  await page.waitForLoadState();
}

test("a file and a picture are attached, seen, downloaded and removed", async () => {
  const page = await visitor(browser, server, { width: 360 });
  await signIn(page, "rasa");
  await toPractice(page, PRACTICE);
  await page.getByText("Pridėti failą").first().click();
  await page.getByText(/Iki 1 MB\. Tinka PDF/).waitFor();
  await auditAll(page, "form of files");
  await page.getByText("Pridėti failą").first().click();
  const text = "savaitė;užduotys\n1;12\n2;15\n";
  await choose(page, { name: "Užduotys pagal kelią.csv", mimeType: "text/csv", buffer: Buffer.from(text) });
  await page.getByRole("link", { name: "Užduotys pagal kelią.csv" }).waitFor();
  await choose(page, { name: "Lenta.png", mimeType: "image/png", buffer: Buffer.from(await picture(page)) });
  const image = page.locator(".pictures img");
  await image.scrollIntoViewIfNeeded();
  await page.waitForFunction(() => document.querySelector(".pictures img")?.naturalWidth === 640);
  await auditAll(page, "practice with files");
  const downloading = page.waitForEvent("download");
  await page.getByRole("link", { name: "Užduotys pagal kelią.csv" }).click();
  const download = await downloading;
  assert.equal(download.suggestedFilename(), "Užduotys pagal kelią.csv");
  assert.equal(await readFile(await download.path(), "utf8"), text);
  await page.getByLabel("Pašalinti failą „Lenta.png“").first().click();
  await page.getByRole("button", { name: "Pašalinti failą „Lenta.png“" }).click();
  await page.waitForLoadState();
  await image.waitFor({ state: "detached" });
  await page.getByRole("link", { name: "Užduotys pagal kelią.csv" }).waitFor();
  await page.done();
});

test("what is too large or holds a personal code is refused with a sentence at the field", async () => {
  const page = await visitor(browser, server);
  await signIn(page, "rasa");
  await toPractice(page, PRACTICE);
  await choose(page, { name: "didelis.pdf", mimeType: "application/pdf", buffer: Buffer.concat([Buffer.from("%PDF-1.7\n"), Buffer.alloc(3 << 20, 32)]) });
  await page.getByText("Failas per didelis: daugiausia 1 MB").first().waitFor();
  await page.getByText("Failą reikia pasirinkti iš naujo.").waitFor();
  await auditAll(page, "refused file");
  await page.getByLabel("Failas", { exact: true }).setInputFiles({ name: "sarasas.txt", mimeType: "text/plain", buffer: Buffer.from("Mokinio kodas 50001010006.") });
  await page.getByRole("button", { name: "Pridėti failą" }).click();
  await page.waitForLoadState();
  await page.getByText("Tekste yra asmens kodas").first().waitFor();
  await page.done();
});

test("without an account and without scripts files are seen, and nothing of the form", async () => {
  const page = await visitor(browser, server, { scripts: false });
  await toPractice(page, "Tėvų kavinė: vakaras be darbotvarkės");
  await page.getByRole("heading", { name: "Failai" }).waitFor();
  assert.equal(await page.locator("input[type=file]").count(), 0);
  assert.equal(await page.getByText("Pašalinti").count(), 0);
  const address = await page.locator(".pictures img").getAttribute("src");
  const sent = await page.request.get(address);
  assert.equal(sent.headers()["content-type"], "image/jpeg");
  await page.context().close();
});
