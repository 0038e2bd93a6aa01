// Picking one thing by words of its title: a combobox (ARIA Authoring Practices, list autocomplete with manual selection) over the search,
// so that nothing is offered that the reader may not see. Without this script the words are sent, and the server asks which is meant.

const PAUSE = 200; // milliseconds after the last letter
const LEAST = 2; // letters; fewer are in everything

for (const place of document.querySelectorAll("[data-pick]")) lookAfter(place);

function lookAfter(place) {
  const { pick, name, waiting, none, failed, found } = place.dataset;
  const input = document.getElementById(place.dataset.for);
  const status = place.querySelector("[role=status]");
  const list = place.querySelector("[role=listbox]");
  if (!input || !status || !list) return;
  let hits = [];
  let active = -1;
  let asked = null;
  let timer = 0;

  // What is sent in the place of the words, once something is picked.
  const chosen = document.createElement("input");
  chosen.type = "hidden";
  list.id = `${input.id}-list`;
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-expanded", "false");
  input.autocomplete = "off";

  const close = () => {
    clearTimeout(timer);
    asked?.abort();
    hits = [];
    active = -1;
    list.replaceChildren();
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const say = (words) => (status.textContent = words);

  const mark = (to) => {
    active = to;
    [...list.children].forEach((option, at) => option.setAttribute("aria-selected", String(at === to)));
    if (to < 0) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", list.children[to].id);
    list.children[to].scrollIntoView({ block: "nearest" });
  };

  const take = (hit) => {
    input.value = hit.title.map((piece) => piece.text).join("");
    chosen.name = name;
    chosen.value = hit.id;
    place.append(chosen);
    // Of what the server offered before, nothing is meant any more.
    for (const radio of input.form.querySelectorAll(`input[type=radio][name="${name}"]`)) radio.checked = false;
    close();
    say("");
    input.focus();
  };

  const show = (items) => {
    hits = items.slice(0, 8);
    active = -1;
    list.replaceChildren(...hits.map(option));
    list.hidden = hits.length === 0;
    input.setAttribute("aria-expanded", String(hits.length > 0));
    say(hits.length > 0 ? `${found}: ${hits.length}` : none);
  };

  const option = (hit, at) => {
    const item = document.createElement("li");
    item.id = `${list.id}-${at}`;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    for (const { text, marked } of hit.title) {
      const part = document.createElement(marked ? "mark" : "span");
      part.textContent = text;
      item.append(part);
    }
    const beside = document.createElement("span");
    beside.className = "muted";
    beside.textContent = [hit.school, hit.space_name].filter(Boolean).join(" · ");
    item.append(beside);
    // Before the box would lose the focus.
    item.addEventListener("mousedown", (event) => {
      event.preventDefault();
      take(hit);
    });
    return item;
  };

  const ask = async (words) => {
    const asking = (asked = new AbortController());
    // Said only where the answer keeps one waiting.
    const slow = setTimeout(() => say(waiting), 300);
    try {
      const answer = await fetch(`${pick}&q=${encodeURIComponent(words)}`, { signal: asking.signal });
      if (!answer.ok) throw new Error(String(answer.status));
      const { items } = await answer.json();
      if (asked === asking) show(items);
    } catch (error) {
      if (error.name !== "AbortError" && asked === asking) {
        close();
        say(failed);
      }
    } finally {
      clearTimeout(slow);
    }
  };

  input.addEventListener("input", () => {
    chosen.remove();
    close();
    const words = input.value.trim();
    // An address names its thing by itself.
    if (words.length < LEAST || words.includes("/")) return say("");
    timer = setTimeout(() => ask(words), PAUSE);
  });
  input.addEventListener("keydown", (event) => {
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in steps && hits.length > 0) {
      // From the last on to the words themselves, and round.
      const next = active + steps[event.key];
      mark(next >= hits.length ? -1 : next < -1 ? hits.length - 1 : next);
    } else if (event.key === "Enter" && active >= 0) take(hits[active]);
    else if (event.key === "Escape" && !list.hidden) close();
    else return;
    event.preventDefault();
  });
  input.addEventListener("blur", close);
}
