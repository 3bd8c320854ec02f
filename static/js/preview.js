// Beside a paper that is being written stands the page that its readers will see. What is saved is
// seen there at once, at the same place; what is being written is brought into view.
const words = (element) => element.textContent.replaceAll(/\s+/g, " ").trim();
let asked = null; // the last request for the page

export function previewBeside() {
  const frame = document.querySelector("[data-preview-frame] iframe");
  if (!frame) return;
  let at = null; // what is being written
  document.body.addEventListener("htmx:afterSettle", async ({ detail }) => {
    if (!detail.target.matches("[data-in-place]")) return;
    await refresh(frame);
    if (at) follow(frame, document.getElementById(at));
  });
  document.addEventListener("focusin", ({ target }) => {
    const place = placeOf(target);
    if (!place || place.id === at) return;
    at = place.id;
    follow(frame, place);
  });
  frame.addEventListener("load", () => at && follow(frame, document.getElementById(at)));
}

// The paragraph or block that an element belongs to, else its section.
function placeOf(element) {
  const own = element.closest("[data-opens]") ?? element.closest("li")?.querySelector(":scope > [data-opens]");
  return own ?? element.closest("[data-preview]");
}

// The page's words are exchanged and the page stays: it neither flickers nor scrolls.
async function refresh(frame) {
  asked?.abort();
  asked = new AbortController();
  try {
    const answer = await fetch(frame.src, { signal: asked.signal, redirect: "error" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    frame.contentDocument.querySelector("main").replaceChildren(...page.querySelector("main").childNodes);
  } catch (error) {
    if (error.name !== "AbortError") frame.contentWindow.location.reload();
  }
}

function follow(frame, place) {
  const page = frame.contentDocument;
  const found = place && page && partOf(page, place);
  if (!found) return;
  page.querySelector(".app-draft__here")?.classList.remove("app-draft__here");
  found.classList.add("app-draft__here");
  const view = frame.contentWindow;
  const { top, bottom } = found.getBoundingClientRect();
  if (top > 0 && bottom < view.innerHeight) return;
  const behavior = matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth";
  view.scrollTo({ top: view.scrollY + top - view.innerHeight / 4, behavior });
}

// A paragraph is found by its words. What shows data follows the paragraph before it.
function partOf(page, place) {
  const own = place.closest("[data-preview]");
  const section = own?.dataset.preview && page.getElementById(own.dataset.preview);
  if (!section || place === own) return section;
  const blocks = [...own.querySelectorAll("[data-opens]")];
  const mine = blocks.indexOf(place);
  for (let nth = mine; nth >= 0; nth -= 1) {
    const found = byWords(section, blocks[nth]);
    if (found) return nth === mine ? found : (found.nextElementSibling ?? found);
  }
  return section.children[1] ?? section;
}

function byWords(section, block) {
  const text = block.querySelector(":scope > .app-prose");
  const start = text && words(text.firstElementChild ?? text).split("{{")[0].slice(0, 60).trim();
  if (!start) return null;
  return [...section.children].find((item) => words(item).toLowerCase().includes(start.toLowerCase()));
}
