// The walk of a newcomer, from the link that a colleague sent to the record of a session: three times, by mouse, by key presses
// alone, and by touch at 360 px. Every page is reached by what the page before it offers; the address bar is used once.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { PASSWORD, startBrowser, startServer, until, visitor } from "./support.mjs";

let browser;
before(async () => {
  browser = await startBrowser();
});
after(() => browser?.close());

const exactly = (text) => new RegExp(`^${text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}( \\(nebūtina\\))?$`);

/** By mouse, or by the finger: what is seen is pressed, and typed into once it has the focus. */
function pointer(page, touch) {
  const hit = async (locator) => {
    await locator.scrollIntoViewIfNeeded();
    await (touch ? locator.tap() : locator.click());
  };
  const field = (name) => page.getByLabel(exactly(name)).filter({ visible: true }).first();
  return {
    press: (role, name) => hit(page.getByRole(role, { name: typeof name === "string" ? exactly(name) : name }).filter({ visible: true }).first()),
    open: (name) => hit(page.locator("summary", { hasText: name }).filter({ visible: true }).first()),
    async write(name, text) {
      await hit(field(name));
      await page.keyboard.type(text);
    },
    // What a list drops down is drawn by the system, out of reach of a script: it is opened, and chosen from by letters.
    async pick(name, option) {
      await field(name).focus();
      await page.keyboard.type(option);
    },
    tick: (name) => hit(page.getByLabel(name, { exact: true }).first()),
    send: () => page.keyboard.press("Enter"),
  };
}

/** By keys alone: Tab, Shift, Enter, Space, arrows and letters. What the page is asked is only where the focus is. */
function keys(page) {
  const focused = () =>
    page.evaluate(() => {
      const at = document.activeElement;
      const labelled = at.getAttribute("aria-labelledby")?.split(" ").map((id) => document.getElementById(id)?.textContent).join(" ");
      const name = at.getAttribute("aria-label") ?? labelled ?? at.labels?.[0]?.textContent ?? at.textContent ?? "";
      const roles = { A: "link", BUTTON: "button", SUMMARY: "summary", INPUT: at.type, TEXTAREA: "text", SELECT: "select" };
      const style = getComputedStyle(at);
      const seen = at === document.body || style.outlineStyle !== "none" || style.boxShadow !== "none";
      return { name: name.trim().replace(/\s+/g, " "), role: roles[at.tagName] ?? at.tagName.toLowerCase(), seen };
    });
  const to = async (fits, what) => {
    const passed = [];
    for (let step = 0; step < 250; step += 1) {
      await page.keyboard.press("Tab");
      const at = await focused();
      if (fits(at)) {
        assert.ok(at.seen, `the focus on ${what} cannot be seen`);
        return;
      }
      if (at.role === "radio" && what.radio) {
        // A group of choices is one stop; the arrows go through it.
        for (let choice = 0; choice < 12; choice += 1) {
          await page.keyboard.press("ArrowDown");
          if (fits(await focused())) return;
        }
      }
      passed.push(`${at.role} ${at.name}`);
    }
    assert.fail(`Tab never came to ${what.name ?? what}; it passed ${passed.join(" | ")}`);
  };
  const fits = (name) => (typeof name === "string" ? (found) => exactly(name).test(found) : (found) => name.test(found));
  return {
    async press(role, name) {
      await to((at) => at.role === role && fits(name)(at.name), { name });
      await page.keyboard.press("Enter");
    },
    async open(name) {
      await to((at) => at.role === "summary" && at.name.includes(name), { name });
      await page.keyboard.press("Enter");
    },
    async write(name, text) {
      await to((at) => !["link", "button"].includes(at.role) && fits(name)(at.name), { name });
      await page.keyboard.type(text);
    },
    async pick(name, option) {
      await to((at) => at.role === "select" && fits(name)(at.name), { name });
      await page.keyboard.type(option);
    },
    async tick(name) {
      let radio = false;
      await to((at) => {
        radio = at.role === "radio";
        return ["radio", "checkbox"].includes(at.role) && at.name.startsWith(name);
      }, { name, radio: true });
      const checked = await page.evaluate(() => document.activeElement.checked);
      if (!radio || !checked) await page.keyboard.press("Space");
    },
    send: () => page.keyboard.press("Enter"),
  };
}

const WAYS = [
  { way: "by mouse", look: { width: 1280 }, hand: (page) => pointer(page, false) },
  { way: "by key presses alone", look: { width: 1280 }, hand: keys },
  { way: "by touch at 360 px", look: { width: 360, height: 740, touch: true }, hand: (page) => pointer(page, true) },
];

const heading = (page, name) => page.getByRole("heading", { level: 1, name }).waitFor();

async function signInBy(hand, page, who) {
  await page.goto("/");
  await hand.press("link", "Prisijungti");
  await page.waitForURL(/prisijungti/);
  await hand.write("El. paštas", `${who}@tinklaveika.example`);
  await hand.write("Slaptažodis", PASSWORD);
  await hand.send();
  await page.waitForURL((url) => !url.pathname.startsWith("/prisijungti"));
}

for (const { way, look, hand: made } of WAYS) {
  test(`from a colleague's link to the record of a session, ${way}`, { timeout: 300_000 }, async () => {
    const server = await startServer();
    try {
      await walk(server, look, made);
    } finally {
      await server.stop();
    }
  });
}

async function walk(server, look, made) {
  // The lead of a team of four asks a colleague in.
  const kristina = await visitor(browser, server, look);
  const lead = made(kristina);
  await signInBy(lead, kristina, "kristina");
  await lead.open("Pušynas");
  await lead.press("link", /Pušynas/);
  await kristina.waitForURL(/\/komandos\//);
  await lead.press("button", /kvietimo nuorodą/);
  const link = await until(async () => (await kristina.locator("main").innerText()).match(/http:\/\/\S+\/kvietimas\/\S+/)?.[0]);

  // From the link to the team's page: one form.
  const page = await visitor(browser, server, look);
  const hand = made(page);
  await page.goto(link);
  await hand.write("Vardas ir pavardė", "Milda Nauja");
  await hand.write("El. paštas", "milda@mokykla.example");
  await hand.write("Slaptažodis", "trys žodžiai ir ežeras");
  await hand.pick("Pareigos mokykloje", "Mokyto");
  await hand.press("button", "Tapti komandos nariu");
  await page.waitForURL(/\/komandos\//);
  await heading(page, /Pušynas/);

  // The space in which the team meets: a problem, first without what it needs.
  await hand.press("link", "Erdvės");
  await page.waitForURL(/\/erdves$/);
  await hand.press("link", "Įtraukiojo ugdymo dirbtuvė");
  await heading(page, "Įtraukiojo ugdymo dirbtuvė");
  await hand.press("link", "Paskelbti problemą");
  await heading(page, "Nauja problema");
  await hand.write("Problema viena eilute", "Šeštokai nesupranta užduoties sąlygos");
  await hand.tick("Įtraukusis ugdymas");
  await hand.press("button", "Paskelbti problemą");
  await page.getByText(/įrodym/i).first().waitFor();
  await until(async () => (await page.getByLabel(exactly("Problema viena eilute")).inputValue()) === "Šeštokai nesupranta užduoties sąlygos");
  await hand.pick("Rūšis", "Apklausa");
  await hand.write("Ką jis rodo", "Iš dvidešimt keturių vienuolika sąlygą perpasakojo klaidingai.");
  await hand.press("button", "Paskelbti problemą");
  await page.waitForURL(/\/problemos\/[0-9a-f-]{36}/);
  await heading(page, "Šeštokai nesupranta užduoties sąlygos");

  // A practice, kept as a draft until it is whole.
  await hand.press("link", "Įtraukiojo ugdymo dirbtuvė");
  await heading(page, "Įtraukiojo ugdymo dirbtuvė");
  await hand.press("link", "Pasidalyti praktika");
  await heading(page, "Nauja praktika");
  await hand.write("Pavadinimas", "Sąlyga savais žodžiais");
  await hand.write("Trumpai", "Prieš spręsdami mokiniai sąlygą pasako kaimynui; klaidingų pradžių sumažėjo perpus.");
  await hand.press("button", "Išsaugoti juodraštį");
  await page.waitForURL(/\/praktikos\/[0-9a-f-]{36}/);
  await heading(page, "Sąlyga savais žodžiais");

  // The library, narrowed by area, and one practice of it.
  await hand.press("link", "Praktikos");
  await page.waitForURL(/\/praktikos$/);
  await heading(page, "Praktikos");

  // Typed without diacritics, found in another form.
  await hand.write("Ko ieškote?", "seštokas salygos");
  await hand.send();
  await page.waitForURL(/\/paieska/);
  await hand.press("link", "Šeštokai nesupranta užduoties sąlygos");
  await heading(page, "Šeštokai nesupranta užduoties sąlygos");

  // The session that is on: a message, a hand, the word, the end and the record.
  await hand.press("link", "Sesijos");
  await page.waitForURL(/\/sesijos$/);
  await hand.press("link", "Prisijungti prie sesijos");
  await page.locator(".live").waitFor();
  const phone = look.touch === true;
  if (phone) await hand.press("button", "Rašyti");
  await hand.write("Žinutė", "Sveiki, esu naujokė iš Pušyno");
  if (phone) await hand.press("button", "Siųsti");
  else await hand.send();
  await page.locator("[data-message] .lines", { hasText: "esu naujokė" }).waitFor();
  await hand.press("button", phone ? "Ranka" : "Pakelti ranką");
  const ruta = await visitor(browser, server, look);
  const leader = made(ruta);
  await signInBy(leader, ruta, "ruta");
  await leader.press("link", "Prisijungti prie sesijos");
  await ruta.locator(".live").waitFor();
  if (phone) await leader.press("button", "Daugiau");
  await leader.press("button", "Suteikti žodį: Milda Nauja");
  await page.locator(".live-floor").getByText("Žodis jums.").waitFor();
  await hand.press("button", "Baigiau kalbėti");
  await page.locator(".live-floor").waitFor({ state: "detached" });
  await leader.press("button", "Uždaryti sesiją");
  await leader.press("button", "Taip, uždaryti");
  await hand.press("link", "Skaityti sesijos įrašą");
  await heading(page, /Pirmos penkios pamokos minutės/);
  await page.getByText("Sveiki, esu naujokė iš Pušyno").waitFor();

  // The other language, the other appearance; then out.
  await hand.press("button", "English");
  await page.getByRole("link", { name: "Spaces" }).first().waitFor();
  await hand.press("button", "Dark");
  await until(async () => (await page.locator("html").getAttribute("data-theme")) === "dark" || (await page.locator("html").evaluate((html) => getComputedStyle(html).colorScheme)) === "dark", { what: () => "the dark appearance" });
  await hand.open("Milda");
  await hand.press("button", "Sign out");
  await page.getByRole("link", { name: "Sign in" }).first().waitFor();
  for (const one of [page, kristina, ruta]) await one.done();
}
