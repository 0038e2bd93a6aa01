// First paint, usable, requests and bytes of pages on an emulated slow link, each in a browser that has nothing cached.
//
//   node paint.mjs BASE [runs]
//
// The link is that of docs/benchmarks.md: 1.6 Mbit/s down, 0.75 up, 150 ms for each request, a processor four times slower.
// Prints one JSON text: a list of { page, paint, usable, bytes, requests, wasm }, medians, times in ms.
// „Usable“ is the page's own word for it: its load is over, or in a live room the field to write in is there and enabled.

import { createRequire } from 'node:module';

// The browser's driver is the one that the browser journeys use.
const require = createRequire(new URL('../../tests/browser/package.json', import.meta.url));
const { chromium } = require('playwright-core');

const base = process.argv[2];
const runs = Number(process.argv[3] ?? 5);
const link = {
  offline: false,
  latency: 150,
  downloadThroughput: (1.6 * 1000 * 1000) / 8,
  uploadThroughput: (0.75 * 1000 * 1000) / 8,
};

const median = (figures) => figures.sort((a, b) => a - b)[Math.floor(figures.length / 2)];

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });

async function addressOf(list, pattern, cookies = []) {
  const context = await browser.newContext({ baseURL: base });
  await context.addCookies(cookies);
  const page = await context.newPage();
  await page.goto(list);
  const links = await page.locator('main a[href]').evaluateAll((all) => all.map((a) => a.getAttribute('href')));
  await context.close();
  const found = links.find((href) => pattern.test(href));
  if (!found) throw new Error(`${list} names no address like ${pattern}`);
  return found;
}

async function signIn(email, password) {
  const answer = await fetch(new URL('/api/v1/sign-in', base), {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
    body: JSON.stringify({ email, password }),
  });
  if (!answer.ok) throw new Error(`sign-in: ${answer.status} ${await answer.text()}`);
  return answer.headers.getSetCookie().map((line) => {
    const [name, value] = line.split(';')[0].split(/=(.*)/s);
    // A cookie of this host alone names no domain.
    return { name, value, url: base.replace('http:', 'https:'), secure: true, httpOnly: true };
  });
}

async function visit(path, cookies, usable) {
  const context = await browser.newContext({ baseURL: base });
  await context.addCookies(cookies);
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  await cdp.send('Network.enable');
  await cdp.send('Network.emulateNetworkConditions', link);
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  const kinds = new Map();
  let [bytes, wasm, requests] = [0, 0, 0];
  cdp.on('Network.responseReceived', ({ requestId, response }) => kinds.set(requestId, response.mimeType));
  cdp.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    requests += 1;
    bytes += encodedDataLength;
    if (kinds.get(requestId) === 'application/wasm') wasm += encodedDataLength;
  });
  await page.goto(path, { waitUntil: 'load' });
  let ready;
  if (usable) {
    await page.locator(usable).first().waitFor({ state: 'visible' });
    await page.waitForFunction((selector) => !document.querySelector(selector).disabled, usable, { polling: 'raf' });
    ready = await page.evaluate(() => performance.now());
  } else {
    ready = await page.evaluate(() => performance.getEntriesByType('navigation')[0].loadEventEnd || performance.now());
  }
  const paint = await page.evaluate(
    () =>
      new Promise((resolve) => {
        new PerformanceObserver((list) => resolve(list.getEntries()[0].startTime)).observe({ type: 'paint', buffered: true });
      }),
  );
  await context.close();
  return { paint, usable: ready, bytes, requests, wasm };
}

async function measure(name, path, cookies = [], usable = null) {
  const seen = [];
  for (let run = 0; run < runs; run += 1) seen.push(await visit(path, cookies, usable));
  const of = (key) => Math.round(median(seen.map((one) => one[key])));
  return { page: name, paint: of('paint'), usable: of('usable'), bytes: of('bytes'), requests: of('requests'), wasm: of('wasm') };
}

const found = [];
found.push(await measure('public list of practices', '/praktikos'));
found.push(await measure('practice', await addressOf('/praktikos', /^\/praktikos\/[0-9a-f-]{36}$/)));
if (process.env.BENCH_PASSWORD) {
  const cookies = await signIn('rasa@tinklaveika.example', process.env.BENCH_PASSWORD);
  const room = await addressOf('/sesijos', /^\/sesijos\/[0-9a-f-]{36}$/, cookies);
  found.push(await measure('live room', room, cookies, process.env.BENCH_USABLE ?? 'textarea'));
}
await browser.close();
console.log(JSON.stringify(found));
