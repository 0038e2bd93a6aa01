// Every call of the API, as OpenAPI lists it, put to sqlmap by an administrator of the demo.
//
//   SQLMAP=path/to/sqlmap SERVER=path/to/tinklaveika node probe.mjs [options of sqlmap]
//
// Ends with one line: how many inputs were tried, and how many let SQL through. The server and all traffic stay on this machine.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PASSWORD, startServer } from "./support.mjs";

// A tool that signs itself out finds closed doors from then on.
const LEFT_OUT = /sign-out|sign-ins|password|set-up|suspend/;

const folder = await mkdtemp(join(tmpdir(), "tinklaveika-probe-"));
const server = await startServer({ args: ["--guesses-a-minute", "1000000"] });
try {
  const signedIn = await fetch(`${server.url}/api/v1/sign-in`, {
    method: "POST",
    headers: { "content-type": "application/json", "sec-fetch-site": "same-origin" },
    body: JSON.stringify({ email: "ona@tinklaveika.example", password: PASSWORD }),
  });
  assert.ok(signedIn.ok, `sign-in: ${signedIn.status}`);
  const cookie = signedIn.headers.getSetCookie()[0].split(";")[0];

  const api = await (await fetch(`${server.url}/api/v1/openapi.json`)).json();
  for (const path of Object.keys(api.paths)) if (LEFT_OUT.test(path)) delete api.paths[path];
  // What is asked about exists: a call that ends at an unknown id would never come to its SQL.
  for (const noun of ["network", "practice", "problem", "school", "session", "space"]) {
    const list = await (await fetch(`${server.url}/api/v1/${noun}s`, { headers: { cookie } })).json();
    for (const call of Object.values(api.paths).flatMap((calls) => Object.values(calls))) {
      for (const one of call.parameters ?? []) if (one.name === noun) one.example = (list.items ?? list)[0].id;
    }
  }
  const description = join(folder, "openapi.json");
  await writeFile(description, JSON.stringify(api));

  const options = [`--openapi=${description}`, `--openapi-base=${server.url}`, `--cookie=${cookie}`, `--output-dir=${folder}`];
  const quiet = ["--batch", "--disable-coloring", "--flush-session", "--ignore-code=*", "--skip=cookie"];
  const same = ["--headers=sec-fetch-site: same-origin"];
  const tool = spawn(process.env.SQLMAP ?? "sqlmap", [...options, ...quiet, ...same, ...process.argv.slice(2)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  tool.stdout.on("data", (bytes) => (said += bytes));
  const [code] = await once(tool, "exit");
  assert.equal(code, 0, said.slice(-2000));

  // One line for each input that was asked about, and a table with a row for each that gave way.
  const tried = said.match(/testing if \S* ?\S* parameter .* is dynamic/g)?.length ?? 0;
  const tables = (await readdir(folder)).filter((name) => name.startsWith("results-"));
  const rows = await Promise.all(tables.map(async (name) => (await readFile(join(folder, name), "utf8")).trim().split("\n").slice(1)));
  // The tool itself tries again what seemed to give way, and says of a page that merely changed that it was wrong.
  const open = rows.flat().filter((row) => row.split(",")[2] && !row.includes("false positive"));
  const signedInStill = await fetch(`${server.url}/api/v1/me`, { headers: { cookie } }).then((answer) => answer.status);
  assert.ok(tried > 100, `only ${tried} inputs were tried:\n${said.slice(-2000)}`);
  console.log(`${Object.keys(api.paths).length} addresses, ${tried} inputs tried, ${open.length} open to SQL; signed in at the end: ${signedInStill}`);
  if (open.length > 0) {
    console.log(open.join("\n"));
    process.exitCode = 1;
  }
} finally {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
}
