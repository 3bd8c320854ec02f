// A list is put in order by dragging a handle. Its buttons do the same without: a drop sends the
// form that they belong to, so that the page is as it was saved.
export function arrangeLists() {
  document.querySelectorAll("[data-arrange]").forEach((list) => {
    [...list.children].forEach((item) => addHandle(list, item));
  });
}

function addHandle(list, item) {
  const form = item.querySelector("[data-arrange-move]");
  if (!form) return;
  const handle = document.createElement("span");
  handle.className = "app-arrange__handle";
  handle.setAttribute("aria-hidden", "true"); // the buttons are for everybody
  item.prepend(handle);
  handle.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    event.preventDefault();
    drag(list, item, handle, event.pointerId, () => send(form, [...list.children].indexOf(item) + 1));
  });
}

function drag(list, item, handle, pointer, drop) {
  const before = [...list.children];
  const put = (order) => list.append(...order);
  const follow = (event) => {
    const others = [...list.children].filter((other) => other !== item);
    const next = others.find((other) => event.clientY < middle(other)) ?? null;
    if (item.nextElementSibling !== next) list.insertBefore(item, next);
  };
  const end = (event) => {
    handle.removeEventListener("pointermove", follow);
    ["pointerup", "pointercancel"].forEach((name) => handle.removeEventListener(name, end));
    document.removeEventListener("keydown", escape);
    item.classList.remove("app-arrange--dragged");
    if (event.type !== "pointerup") put(before);
    else if (before.indexOf(item) !== [...list.children].indexOf(item)) drop();
  };
  const escape = (event) => event.key === "Escape" && end(event);
  handle.setPointerCapture(pointer);
  handle.addEventListener("pointermove", follow);
  ["pointerup", "pointercancel"].forEach((name) => handle.addEventListener(name, end));
  document.addEventListener("keydown", escape);
  item.classList.add("app-arrange--dragged");
}

function middle(element) {
  const { top, height } = element.getBoundingClientRect();
  return top + height / 2;
}

function send(form, to) {
  const field = document.createElement("input");
  Object.assign(field, { type: "hidden", name: "to", value: to });
  form.append(field);
  form.submit();
}
