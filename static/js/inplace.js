// A row of the plan is changed where it stands: its form opens within the row, and once it is saved
// the rows are shown anew. htmx fetches; this sees to focus, and to other forms that stand open.
const ROWS = "plan-rows";
let kept = []; // forms that somebody is still writing in while the rows are shown anew
let row = ""; // whose row takes the focus next

const placeOf = (element) => element?.closest?.(".app-place--within");

function focusOn(element) {
  if (!element) return;
  element.tabIndex = -1;
  element.focus();
}

function headingOf(id) {
  return document.getElementById(id)?.querySelector("h2, h3, h4") ?? document.getElementById(id);
}

function cancel(place) {
  const opener = place.parentElement.querySelector(`[hx-get="${place.querySelector("form").getAttribute("action")}"]`);
  place.remove();
  (opener?.checkVisibility() ? opener : headingOf(place.dataset.row))?.focus();
}

export function changeInPlace() {
  if (!document.getElementById(ROWS)) return;
  const body = document.body;

  body.addEventListener("click", (event) => {
    const link = event.target.closest("[data-cancel]");
    if (!placeOf(link)) return;
    event.preventDefault();
    cancel(placeOf(link));
  });

  // What was said has been read when its reader goes on.
  body.addEventListener("keydown", () => document.querySelector(".app-said--within")?.replaceChildren());
  body.addEventListener("pointerdown", () => document.querySelector(".app-said--within")?.replaceChildren());

  body.addEventListener("htmx:beforeSwap", ({ detail }) => {
    if (detail.target.id !== ROWS || !detail.shouldSwap) return;
    const sender = detail.requestConfig.elt;
    row = sender.closest("[data-row]")?.dataset.row ?? "";
    kept = [...detail.target.querySelectorAll(".app-place--within")].filter((each) => each !== placeOf(sender));
  });

  body.addEventListener("htmx:afterSettle", ({ detail }) => {
    const shown = document.getElementById(ROWS);
    if (row && shown.contains(headingOf(row))) {
      kept.forEach((place) => document.getElementById(place.dataset.into)?.append(place));
      document.getElementById("said").classList.add("app-said--within");
      focusOn(headingOf(row));
    } else if (detail.requestConfig?.verb === "get") {
      focusOn(detail.target.querySelector(".app-place__heading"));
    }
    [row, kept] = ["", []];
  });
}
