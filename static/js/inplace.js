// A part of a page is changed where it stands: its form opens within it, and once it is saved all
// that can be changed is shown anew. htmx fetches; this sees to focus, and to other open forms.
import { keepWaiting } from "./drafts.js";
import { isSignedOut, refuse } from "./refused.js";

const SHOWN = "[data-in-place]"; // what is shown anew
const WAYS = "a, button, summary, input, textarea, select, label, .app-place";
let kept = []; // forms that somebody is still writing in while the rest is shown anew
let rows = []; // whose row takes the focus next: where it is no longer shown, that around it
let pressed = ""; // the button that was pressed: it keeps the focus where it is still there
let known = new Set(); // what stood on the page before: what is new takes the focus

const placeOf = (element) => element?.closest?.(".app-place--within");

function focusOn(element) {
  if (!element) return;
  element.tabIndex = -1;
  element.focus();
}

function headingOf(id) {
  return document.getElementById(id)?.querySelector("h2, h3, h4") ?? document.getElementById(id);
}

// The ids of the row that is named, and of all that a button stands in, the nearest first.
function rowsAround(button, shown) {
  const found = [button.closest("[data-row]")?.dataset.row ?? ""];
  for (let each = button.parentElement; shown.contains(each) && each !== shown; each = each.parentElement) {
    if (each.id && !each.closest(".app-place")) found.push(each.id);
  }
  return [...found, shown.id];
}

function focusAgain(shown) {
  const fresh = [...shown.querySelectorAll("[data-opens]")].find((text) => !known.has(text.id));
  const button = pressed ? document.getElementById(pressed) : null;
  button?.closest("details")?.setAttribute("open", "");
  if (fresh) focusOn(fresh);
  else if (button) button.focus();
  else focusOn(headingOf(rows.find((id) => document.getElementById(id))));
}

// Where the part that a form stood in is gone, the form stands before all: what was typed can be copied.
function putBack(place, shown) {
  const into = document.getElementById(place.dataset.into);
  if (into) into.append(place);
  else shown.prepend(place);
}

function cancel(place) {
  const opener = place.parentElement.querySelector(`[hx-get="${place.querySelector("form").getAttribute("action")}"]`);
  place.remove();
  if (opener?.checkVisibility()) opener.focus();
  else focusOn(headingOf(place.dataset.row));
}

// A press on a text that has a form opens it; so does Enter while the text has the focus.
function open(event, text) {
  if (!text || event.target.closest(WAYS) || String(getSelection())) return;
  text.querySelector("[data-opener]")?.click();
}

export function changeInPlace() {
  if (!document.querySelector(SHOWN)) return;
  const body = document.body;

  body.addEventListener("click", (event) => {
    const link = event.target.closest("[data-cancel]");
    if (!placeOf(link)) return open(event, event.target.closest("[data-opens]"));
    event.preventDefault();
    cancel(placeOf(link));
  });

  // What was said has been read when its reader goes on.
  body.addEventListener("keydown", (event) => {
    document.querySelector(".app-said--within")?.replaceChildren();
    if (event.key === "Enter" && event.target.matches("[data-opens]")) open(event, event.target);
  });
  body.addEventListener("pointerdown", () => document.querySelector(".app-said--within")?.replaceChildren());

  body.addEventListener("htmx:beforeRequest", ({ detail }) => {
    placeOf(detail.elt)?.querySelector("[data-refused]")?.remove();
  });
  body.addEventListener("htmx:responseError", ({ detail }) => refuse(detail));
  body.addEventListener("htmx:sendError", ({ detail }) => refuse(detail));

  body.addEventListener("htmx:beforeSwap", ({ detail }) => {
    if (isSignedOut(detail.xhr)) {
      detail.shouldSwap = false;
      refuse(detail);
    }
    if (!detail.shouldSwap) return;
    keepWaiting();
    if (detail.target.matches(SHOWN)) remember(detail);
  });

  body.addEventListener("htmx:afterSettle", ({ detail }) => {
    const shown = document.querySelector(SHOWN);
    if (rows.length) {
      kept.forEach((place) => putBack(place, shown));
      document.getElementById("said").classList.add("app-said--within");
      focusAgain(shown);
    } else if (detail.requestConfig?.verb === "get") {
      focusOn(detail.target.querySelector(".app-place__heading"));
    }
    [rows, pressed, kept] = [[], "", []];
  });
}

function remember({ target, requestConfig }) {
  const sender = requestConfig.elt;
  const button = requestConfig.triggeringEvent?.submitter ?? sender;
  rows = rowsAround(button, target);
  pressed = button.id;
  known = new Set([...target.querySelectorAll("[data-opens]")].map((text) => text.id));
  kept = [...target.querySelectorAll(".app-place--within")].filter((each) => each !== placeOf(sender));
}
