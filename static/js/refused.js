// What could not be sent, or came back refused, says so where it was typed. Nothing typed is lost.
import { keep } from "./drafts.js";

const SIGNED_OUT = "You are signed out. Copy what you typed before you sign in again.";
const WHY = {
  0: "There is no connection. Try again once there is one.",
  403: "You may not change this now: it may have been put to the board meanwhile, or you may be signed out.",
  404: "This was removed meanwhile.",
};
const COPY = "What you typed is still here: copy what you need.";
const OTHERWISE = "Something went wrong on our side. Wait a moment, and try again.";

export const isSignedOut = (xhr) => new URL(xhr.responseURL || location.href).pathname.startsWith("/accounts/");

function element(name, className, ...within) {
  const made = document.createElement(name);
  made.className = className;
  made.append(...within);
  return made;
}

// A page that refuses says why, in its own words.
function reason(xhr) {
  if (isSignedOut(xhr)) return SIGNED_OUT;
  const page = xhr.status === 403 ? new DOMParser().parseFromString(xhr.responseText, "text/html") : null;
  const said = page?.querySelector("main h1 + p")?.textContent.replace(/\s+/g, " ").trim();
  return said || WHY[xhr.status] || OTHERWISE;
}

function problem(title, ...lines) {
  const heading = element("p", "govuk-error-summary__title", title);
  const body = element("div", "govuk-error-summary__body", ...lines.map((words) => element("p", "govuk-body", words)));
  const alert = element("div", "", heading, body);
  alert.setAttribute("role", "alert");
  const summary = element("div", "govuk-error-summary", alert);
  summary.dataset.refused = "";
  summary.tabIndex = -1;
  return summary;
}

async function inForm(place, form, xhr) {
  const summary = problem("Not saved", reason(xhr), xhr.status === 404 ? COPY : "What you typed is still here.");
  place.querySelector(".app-place__heading").after(summary);
  summary.focus();
  if (xhr.status === 404 || !form.matches("[data-draft]") || !(await keep(form))) return;
  summary.querySelector("p:last-child").textContent = "Your words are kept as a draft.";
}

// `elt` is what htmx sent: a form in its place, else a link or a button of a row.
export function refuse({ xhr, requestConfig: { elt, verb } }) {
  const form = elt.closest(".app-place--within form");
  if (form && verb === "post") return inForm(form.closest(".app-place"), form, xhr);
  if (!elt.matches("a, button, form")) return null; // nobody asked for it
  const said = document.getElementById("said");
  said.replaceChildren(problem(verb === "get" ? "Not opened" : "Not done", reason(xhr)));
  return said.classList.add("app-said--within");
}
