// A list is put in order by dragging a handle. Its buttons do the same without: a drop sends the
// form that they belong to, so that the page is as it was saved.
export function arrangeLists() {
  addHandles();
  document.body.addEventListener("htmx:afterSettle", addHandles);
}

function addHandles() {
  document.querySelectorAll("[data-arrange]").forEach((list) => {
    [...list.children].forEach((item) => addHandle(list, item));
  });
}

function addHandle(list, item) {
  const form = item.querySelector("[data-arrange-move]");
  if (!form || item.querySelector(":scope > .app-arrange__handle")) return;
  const handle = document.createElement("span");
  handle.className = "app-arrange__handle";
  handle.setAttribute("aria-hidden", "true"); // the buttons are for everybody
  item.prepend(handle);
  handle.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    event.preventDefault();
    drag(list, item, () => send(form, [...list.children].indexOf(item) + 1));
  });
}

// The page listens, and not the handle: an item that is put elsewhere loses hold of the pointer.
function drag(list, item, drop) {
  const before = [...list.children];
  const stop = new AbortController();
  const listen = (name, act) => document.addEventListener(name, act, { signal: stop.signal });
  const end = (dropped) => {
    stop.abort();
    item.classList.remove("app-arrange--dragged");
    if (!dropped) list.append(...before);
    else if (before.indexOf(item) !== [...list.children].indexOf(item)) drop();
  };
  item.classList.add("app-arrange--dragged");
  listen("pointermove", (event) => {
    const others = [...list.children].filter((other) => other !== item);
    const next = others.find((other) => event.clientY < middle(other)) ?? null;
    if (item.nextElementSibling !== next) list.insertBefore(item, next);
  });
  listen("pointerup", () => end(true));
  listen("pointercancel", () => end(false));
  listen("keydown", (event) => event.key === "Escape" && end(false));
}

function middle(element) {
  const { top, height } = element.getBoundingClientRect();
  return top + height / 2;
}

function send(form, to) {
  const field = document.createElement("input");
  Object.assign(field, { type: "hidden", name: "to", value: to });
  form.append(field);
  form.requestSubmit();
}
