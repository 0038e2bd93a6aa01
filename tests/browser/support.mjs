// What every journey stands on: a server of its own on the demo, browsers, and what is looked at on every page.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** The password of everyone in the demo. */
export const PASSWORD = "graži diena prie ežero";

/** The looks in which every page has to hold: the narrowest phone, a common phone, a desktop. */
export const WIDTHS = [320, 360, 1280];

/** Starts the server that was built, on the demo and a free port. */
export async function startServer({ args = [] } = {}) {
  const program = process.env.SERVER ?? "../../target/debug/tinklaveika";
  const data = await mkdtemp(join(tmpdir(), "tinklaveika-journey-"));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  // One person drives all browsers here, faster than people do.
  const generous = ["--calls-a-minute", "100000", "--writes-a-minute", "100000"];
  const server = {
    url,
    data,
    process: null,
    async start() {
      const options = ["serve", "--data", data, "--listen", `127.0.0.1:${port}`, "--demo", ...generous, ...args];
      const child = spawn(program, options, { stdio: ["ignore", "pipe", "pipe"] });
      let log = "";
      child.stdout.on("data", (bytes) => (log += bytes));
      child.stderr.on("data", (bytes) => (log += bytes));
      server.process = child;
      await until(
        async () => {
          assert.equal(child.exitCode, null, `the server stopped while starting:\n${log}`);
          return (await fetch(`${url}/readyz`).catch(() => null))?.ok;
        },
        { what: () => `the server to be ready:\n${log}`, limit: 120_000 },
      );
      server.log = () => log;
    },
    /** Stops it at once, as a power cut does to a process. */
    async kill() {
      server.process.kill("SIGKILL");
      if (server.process.exitCode === null && server.process.signalCode === null) await once(server.process, "exit");
    },
    async stop() {
      if (server.process.exitCode === null && server.process.signalCode === null) {
        server.process.kill("SIGTERM");
        await once(server.process, "exit");
      }
      await rm(data, { recursive: true, force: true });
    },
  };
  await server.start();
  return server;
}

async function freePort() {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address();
  probe.close();
  await once(probe, "close");
  return port;
}

export function startBrowser() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    headless: true,
    // Without a locale Chromium cannot spell a file's name that has letters beyond ASCII, and calls it "download".
    env: { ...process.env, LC_ALL: "C.UTF-8" },
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      // Three people in one session are three windows: none of them counts as out of sight.
      "--disable-renderer-backgrounding",
      "--disable-backgrounding-occluded-windows",
    ],
  });
}

/**
 * A person at a browser of their own. What the content security policy stops, and every error of a script, is collected in
 * `page.faults`, which `page.done()` requires to be empty.
 */
export async function visitor(browser, server, { width = 1280, height = 800, dark = false, lang = "lt", scripts = true, touch = false } = {}) {
  const context = await browser.newContext({
    baseURL: server.url,
    viewport: { width, height },
    colorScheme: dark ? "dark" : "light",
    locale: lang === "lt" ? "lt-LT" : "en-GB",
    timezoneId: "Europe/Vilnius",
    javaScriptEnabled: scripts,
    reducedMotion: "reduce",
    hasTouch: touch,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  page.faults = [];
  await page.exposeFunction("journeyFault", (fault) => page.faults.push(fault));
  await page.addInitScript(() => {
    addEventListener("securitypolicyviolation", (event) => {
      window.journeyFault(`policy: ${event.violatedDirective} stopped ${event.blockedURI || "inline"} (${event.sample})`);
    });
  });
  page.on("pageerror", (error) => page.faults.push(`script: ${error.message}`));
  page.done = async () => {
    assert.deepEqual(page.faults, []);
    await context.close();
  };
  return page;
}

/** Signs in by hand: the form, the address, the password. `name` is the part of the address before the @. */
export async function signIn(page, name, password = PASSWORD) {
  await page.goto("/prisijungti");
  await page.locator("input[type=email]").fill(`${name}@tinklaveika.example`);
  await page.locator("input[type=password]").fill(password);
  await page.locator("main form button.primary, main form button[type=submit]").first().click();
  await page.waitForURL((url) => !url.pathname.startsWith("/prisijungti"));
}

/** Signs in and enters the session that the demo has open. */
export async function enterRoom(page, name) {
  await signIn(page, name);
  await page.goto("/sesijos");
  await page.getByRole("link", { name: "Prisijungti prie sesijos" }).first().click();
  await page.locator(".live").waitFor();
}

/** A day so many days ahead, as the field of a date holds it. */
export const day = (ahead) => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);

/** Nothing on the page breaks what axe knows of WCAG 2.2 AA, and nothing is cut off at the side. */
export async function audit(page, label = page.url()) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() =>
    window.axe.run(document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
      resultTypes: ["violations"],
    }),
  );
  const found = violations.map(({ id, help, nodes }) => ({ id, help, at: nodes.map((node) => `${node.target} ${node.failureSummary}`) }));
  assert.deepEqual(found, [], `axe on ${label}`);
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(wider <= 0, `${label} is ${wider} px wider than its window`);
}

/** Audits the page as it stands at every width, in light and in dark. */
export async function auditAll(page, label = page.url()) {
  const before = page.viewportSize();
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: width < 700 ? 720 : 800 });
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme });
      await audit(page, `${label}, ${width} px, ${colorScheme}`);
    }
  }
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize(before);
}

/** Presses Tab until the focus is on what has this name; the keyboard is all that is used. */
export async function tabTo(page, name, { limit = 80, back = false } = {}) {
  const seen = [];
  for (let step = 0; step < limit; step += 1) {
    await page.keyboard.press(back ? "Shift+Tab" : "Tab");
    const focused = await page.evaluate(() => {
      const element = document.activeElement;
      const label = element.getAttribute("aria-label") ?? element.labels?.[0]?.textContent ?? element.textContent ?? "";
      return (label || element.getAttribute("name") || "").trim().replace(/\s+/g, " ");
    });
    seen.push(focused);
    if (typeof name === "string" ? focused === name : name.test(focused)) return;
  }
  assert.fail(`Tab never came to ${name}; it passed ${seen.join(" | ")}`);
}

/** Asks again until it holds, and gives what it then gave; never a bare wait. */
export async function until(holds, { what = () => "it", limit = 15_000 } = {}) {
  const end = Date.now() + limit;
  for (;;) {
    const held = await holds();
    if (held) return held;
    if (Date.now() > end) assert.fail(`waited ${limit} ms for ${what()}`);
    await new Promise((done) => setTimeout(done, 50));
  }
}
