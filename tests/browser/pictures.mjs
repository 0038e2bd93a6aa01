// Pictures of the main pages for docs/pictures: on a phone and on a desktop, in light and in dark, by whoever uses them.

import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { signIn, startBrowser, startServer, visitor } from "./support.mjs";

const folder = process.env.PICTURES ?? "../../docs/pictures";
const PAGES = [
  ["home", null, async () => "/"],
  ["spaces", "rasa", async () => "/erdves"],
  ["space", "rasa", link("/erdves", "Geroji patirtis visiems")],
  ["problems", "rasa", async () => "/problemos"],
  ["problem", "rasa", link("/erdves", "Įtraukiojo ugdymo dirbtuvė", "Mokymosi motyvacijos stoka 7–8 klasėse")],
  ["practices", null, async () => "/praktikos"],
  ["practice", null, link("/praktikos?sort=title", "Bilietas į pertrauką: trys minutės pamokai apmąstyti")],
  ["search", null, async () => "/paieska?q=mokiniu+motyvacija"],
  ["sessions", "rasa", async () => "/sesijos"],
  ["team", "rasa", link("/tinklai", "Besimokančių mokyklų tinklas „Kartu“", "Ąžuolas")],
];

/** Follows links by their words from `start` on. */
function link(start, ...words) {
  return async (page) => {
    await page.goto(start);
    for (const word of words) {
      const address = await page.locator("main a", { hasText: word }).first().getAttribute("href");
      await page.goto(address);
    }
    return new URL(page.url()).pathname;
  };
}

await mkdir(folder, { recursive: true });
const server = await startServer();
const browser = await startBrowser();
try {
  for (const who of [null, "rasa"]) {
    for (const dark of [false, true]) {
      const page = await visitor(browser, server, { dark });
      if (who) await signIn(page, who);
      for (const [name, reader, find] of PAGES.filter(([, reader]) => reader === who)) {
        await page.setViewportSize({ width: 1280, height: 800 });
        const path = await find(page);
        for (const width of [360, 1280]) {
          await page.setViewportSize({ width, height: 800 });
          await page.goto(path);
          await page.evaluate(() => document.fonts.ready);
          const file = `${name}-${width}-${dark ? "dark" : "light"}.png`;
          await page.screenshot({ path: join(folder, file) });
          console.log(file);
        }
      }
      await page.done();
    }
  }
} finally {
  await browser.close();
  await server.stop();
}
