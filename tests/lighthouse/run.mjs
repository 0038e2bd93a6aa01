// Lighthouse over every kind of page of the demo, mobile profile, the four categories: a table, medians of so many runs.
//
// node run.mjs [--runs 3] [--only part-of-a-name]

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as launcher from "chrome-launcher";
import lighthouse from "lighthouse";

const BAR = 95;
const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];
const PASSWORD = "graži diena prie ežero";
const option = (name, usual) => (process.argv.includes(name) ? process.argv[process.argv.indexOf(name) + 1] : usual);
const runs = Number(option("--runs", "3"));
const only = option("--only", "");

const server = await start();
const chrome = await launcher.launch({
  chromePath: process.env.CHROMIUM,
  chromeFlags: ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking"],
});
let under = 0;
try {
  const cookie = await signIn("rasa");
  const pages = await kinds(cookie);
  console.log("| page | performance | accessibility | best practices | SEO |\n|---|---|---|---|---|");
  for (const [name, path, signedIn] of pages.filter(([name]) => name.includes(only))) {
    const scores = CATEGORIES.map(() => []);
    let missed = new Map();
    for (let run = 0; run < runs; run += 1) {
      const { lhr } = await lighthouse(server.url + path, {
        port: chrome.port,
        onlyCategories: CATEGORIES,
        formFactor: "mobile",
        logLevel: "error",
        extraHeaders: signedIn ? { Cookie: cookie } : undefined,
      });
      CATEGORIES.forEach((category, at) => scores[at].push(Math.round(100 * lhr.categories[category].score)));
      for (const category of CATEGORIES.slice(1)) {
        for (const { id, weight } of lhr.categories[category].auditRefs) {
          if (weight > 0 && lhr.audits[id].score !== null && lhr.audits[id].score < 1) missed.set(id, lhr.audits[id].title);
        }
      }
    }
    const medians = scores.map((all) => all.sort((a, b) => a - b)[Math.floor(all.length / 2)]);
    under += medians.filter((score) => score < BAR).length;
    console.log(`| ${name} | ${medians.join(" | ")} |`);
    for (const [id, title] of missed) console.error(`  ${name}: ${id}: ${title}`);
  }
} finally {
  await chrome.kill();
  server.child.kill("SIGTERM");
  await rm(server.data, { recursive: true, force: true });
}
if (under > 0) {
  console.error(`${under} medians are under ${BAR}`);
  process.exitCode = 1;
}

async function start() {
  const data = await mkdtemp(join(tmpdir(), "tinklaveika-lighthouse-"));
  const listen = "127.0.0.1:8397";
  const options = ["serve", "--data", data, "--listen", listen, "--demo", "--calls-a-minute", "100000", "--writes-a-minute", "100000"];
  const child = spawn(process.env.SERVER, options, { stdio: ["ignore", "ignore", "inherit"] });
  const url = `http://${listen}`;
  for (let tries = 0; ; tries += 1) {
    if ((await fetch(`${url}/readyz`).catch(() => null))?.ok) return { child, data, url };
    if (child.exitCode !== null || tries > 600) throw new Error("the server did not start");
    await new Promise((later) => setTimeout(later, 100));
  }
}

async function signIn(name) {
  const body = JSON.stringify({ email: `${name}@tinklaveika.example`, password: PASSWORD });
  const headers = { "Content-Type": "application/json", Origin: server.url };
  const answer = await fetch(`${server.url}/api/v1/sign-in`, { method: "POST", headers, body });
  const cookies = answer.headers.getSetCookie().map((one) => one.split(";")[0]);
  if (cookies.length === 0) throw new Error(`signing in: ${answer.status} ${await answer.text()}`);
  return cookies.join("; ");
}

/** Each kind of page once, with an address of the demo: what strangers read as strangers, the rest signed in. */
async function kinds(cookie) {
  const read = async (path) => (await (await fetch(`${server.url}${path}`, { headers: { Cookie: cookie } })).text());
  // As a stranger: what strangers see everyone sees.
  const first = async (list, pattern) => (await (await fetch(server.url + list)).text()).match(pattern)?.[0];
  const id = "[0-9a-f-]{36}";
  const problem = await first("/problemos", new RegExp(`/problemos/${id}(?=")`));
  const practice = await first("/praktikos", new RegExp(`/praktikos/${id}(?=")`));
  const space = await first("/erdves", new RegExp(`/erdves/${id}(?=")`));
  const network = await first("/tinklai", new RegExp(`/tinklai/${id}(?=")`));
  // One that the reader may change.
  let own;
  for (const [address] of (await read("/problemos")).matchAll(new RegExp(`/problemos/${id}(?=")`, "g"))) {
    if (!own && (await read(address)).includes(`${address}/keisti`)) own = address;
  }
  const team = (await read(network)).match(new RegExp(`/komandos/${id}(?=")`))?.[0];
  const sessions = await read("/sesijos");
  const record = sessions.match(new RegExp(`/sesijos/${id}/irasas`))?.[0];
  const changed = (await read("/paieska?q=bilietas&kind=practice")).match(new RegExp(`/praktikos/${id}(?=")`))?.[0];
  const strangers = ["/", "/erdves", space, "/problemos", problem, "/praktikos", practice, `${practice}/kortele`, "/tinklai", network, "/sesijos",
    "/paieska", "/paieska?q=motyvacija", "/prisijungti", "/pamirsau-slaptazodi", "/kvietimas", "/licencija"];
  const readers = ["/", "/erdves", space, "/problemos", problem, "/praktikos", practice, `${changed}/versijos`, team, "/sesijos", record,
    "/paieska?q=motyvacija", "/paskyra", `${space}/problemos/nauja`, `${space}/praktikos/nauja`, `${own}/keisti`];
  const named = (path) => path.replace(new RegExp(id, "g"), "…");
  return [
    ...strangers.filter(Boolean).map((path) => [named(path), path, false]),
    ...readers.filter((path) => path && !path.includes("undefined")).map((path) => [`${named(path)}, signed in`, path, true]),
  ];
}
