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

/** Where the first link in a list's `main` leads that `choose` picks. */
async function addressOf(list, choose, state) {
  const context = await browser.newContext({ locale: 'lt-LT', baseURL: base, storageState: state });
  const page = await context.newPage();
  await page.goto(list);
  const found = await choose(page.locator('main')).first().getAttribute('href');
  await context.close();
  return found;
}

/** Signs in as a person does, and gives back what the browser keeps of it. */
async function signIn(email, password) {
  const context = await browser.newContext({ locale: 'lt-LT', baseURL: base });
  const page = await context.newPage();
  await page.goto('/prisijungti');
  await page.fill('main input[type=email]', email);
  await page.fill('main input[type=password]', password);
  await Promise.all([page.waitForURL((url) => !url.pathname.startsWith('/prisijungti')), page.press('main input[type=password]', 'Enter')]);
  const state = await context.storageState();
  await context.close();
  return state;
}

async function visit(path, state, usable) {
  const context = await browser.newContext({ locale: 'lt-LT', baseURL: base, storageState: state, serviceWorkers: 'block' });
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  await cdp.send('Network.enable');
  await cdp.send('Network.emulateNetworkConditions', link);
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  const modules = new Map();
  let [bytes, wasm, requests] = [0, 0, 0];
  cdp.on('Network.responseReceived', ({ requestId, response }) => {
    // The module itself, without the head of its answer.
    if (response.mimeType === 'application/wasm') modules.set(requestId, Number(response.headers['content-length']));
  });
  cdp.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    requests += 1;
    bytes += encodedDataLength;
    wasm += modules.get(requestId) ?? 0;
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

async function measure(name, path, state = undefined, usable = null) {
  const seen = [];
  for (let run = 0; run < runs; run += 1) seen.push(await visit(path, state, usable));
  const of = (key) => Math.round(median(seen.map((one) => one[key])));
  return { page: name, paint: of('paint'), usable: of('usable'), bytes: of('bytes'), requests: of('requests'), wasm: of('wasm') };
}

const found = [];
found.push(await measure('public list of practices', '/praktikos'));
found.push(await measure('practice', await addressOf('/praktikos', (main) => main.locator('article h2 a, article h3 a, li h2 a, li h3 a'))));
if (process.env.BENCH_PASSWORD) {
  const state = await signIn('rasa@tinklaveika.example', process.env.BENCH_PASSWORD);
  const room = await addressOf('/sesijos', (main) => main.getByRole('link', { name: 'Prisijungti prie sesijos' }), state);
  found.push(await measure('live room', room, state, '#live-text'));
}
await browser.close();
console.log(JSON.stringify(found));
