// Devices that are not as they should be: a clock that is wrong by a day, a page older than the server.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { audit, enterRoom, startBrowser, startServer, until, visitor } from "./support.mjs";

let server, browser;
before(async () => {
  server = await startServer();
  browser = await startBrowser();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

const say = async (page, text) => {
  await page.locator("#live-text").fill(text);
  await page.locator("#live-text").press("Enter");
};

test("a device whose clock is wrong by a day shows the same times, and its hours are the server's", async () => {
  const ruta = await visitor(browser, server);
  const tomas = await visitor(browser, server);
  await tomas.clock.setSystemTime(new Date(Date.now() + 86_400_000));
  await enterRoom(ruta, "ruta");
  await enterRoom(tomas, "tomas");
  await ruta.getByRole("button", { name: /^Pradėti: Kas jau veikia/ }).first().click();
  const left = async (page) => {
    const [minutes, seconds] = (await page.locator(".live-time").innerText()).split(":").map(Number);
    return minutes * 60 + seconds;
  };
  for (const page of [ruta, tomas]) await page.getByRole("heading", { level: 2, name: "Kas jau veikia" }).waitFor();
  const both = await Promise.all([left(ruta), left(tomas)]);
  assert.ok(Math.abs(both[0] - both[1]) <= 1, `${both} s`);
  await say(tomas, "Mano laikrodis eina savaip.");
  const told = (page) => page.locator(".live-message", { hasText: "Mano laikrodis eina savaip." }).locator("time").first().getAttribute("datetime");
  assert.equal(await told(ruta), await told(tomas));
  const place = new URL(ruta.url()).pathname.replace(/\/gyvai$/, "");
  const table = await ruta.evaluate(async (address) => (await fetch(address)).text(), `${place}/lankomumas.csv`);
  const row = (name) => {
    const line = table.split(/\r?\n/).find((line) => line.includes(name));
    assert.ok(line, table);
    return line.split(",").map((field) => field.replaceAll('"', ""));
  };
  const [his, hers] = [row("Tomas Balčiūnas"), row("Rūta Kazlauskienė")];
  // From and until, to the minute; the demo counts both since its opening.
  assert.deepEqual(his.slice(3, 7), hers.slice(3, 7), table);
  for (const page of [ruta, tomas]) await page.done();
});

test("a page older than the server asks to be loaded again, and what was typed is there afterwards", async () => {
  const page = await visitor(browser, server, { width: 360, height: 740 });
  let last = 0;
  let send;
  await page.routeWebSocket(/\/live/, (socket) => {
    const real = socket.connectToServer();
    real.onMessage((message) => {
      const frame = JSON.parse(message);
      last = frame.welcome?.seq ?? frame.happened?.seq ?? last;
      socket.send(message);
    });
    send = (frame) => socket.send(JSON.stringify(frame));
  });
  await enterRoom(page, "tomas");
  await page.locator(".live-row").getByRole("button", { name: "Rašyti" }).click();
  await page.locator("#live-text").fill("Dar nebaigta mintis");
  // What a later server will tell and this page has never heard of.
  await until(() => last > 0);
  send({ happened: { seq: last + 1, event: { telepathy: { thought: "…" } } } });
  await page.getByRole("status").getByText(/Puslapis paseno/).waitFor();
  await audit(page, "a room that has to be loaded again");
  assert.equal(await page.locator("#live-text").inputValue(), "Dar nebaigta mintis");
  await page.getByRole("button", { name: "Atnaujinti puslapį" }).or(page.getByRole("link", { name: "Atnaujinti puslapį" })).click();
  await page.locator(".live-row").getByRole("button", { name: "Rašyti" }).click();
  await until(async () => (await page.locator("#live-text").inputValue()) === "Dar nebaigta mintis", { what: () => "the text" });
  await page.done();
});
