// What saves itself on a page: `data-unit` names a question inside its form, `data-version` holds
// the version that the answer changes, `data-status` says whether it is saved.
const QUIET = 1500; // ms without a key before what is typed is sent
const SOON = 800; // ms before a screen reader need hear that something is not saved yet

const settled = new WeakMap(); // the answer that was last saved or is on its way
const timers = new WeakMap();

export const urlOf = (unit) => new URL(unit.closest("form").action).pathname;

function controls(unit) {
  const form = unit.closest("form");
  return [...form.elements].filter(
    (e) => e.name && e.name !== "csrfmiddlewaretoken" && !("version" in e.dataset) &&
      (unit.contains(e) || "always" in e.dataset) && e.type !== "submit",
  );
}

const isChoice = (control) => control.type === "radio" || control.type === "checkbox";

function answer(unit, original = false) {
  const body = {};
  controls(unit).forEach((control) => {
    const checked = original ? control.defaultChecked : control.checked;
    if (isChoice(control) && !checked) return;
    body[control.name] = original ? control.defaultValue : control.value;
  });
  return body;
}

const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

// Whether a part of the page holds what was typed and is not saved.
export function isUnsaved(part, outbox) {
  const inside = (unit) => part === unit || part.contains(unit);
  if (outbox.items().some((item) => inside(unitOf(item)))) return true;
  if (all().filter(inside).some((unit) => !same(answer(unit), saved(unit)))) return true;
  return [...part.querySelectorAll("[data-typed] :is(input, textarea)")].some((control) =>
    isChoice(control) ? control.checked !== control.defaultChecked : control.value !== control.defaultValue,
  );
}

const saved = (unit) => settled.get(unit) ?? answer(unit, true);

// What a unit still lacks before it can be saved, in words; "" when it lacks nothing.
function lack(unit, body) {
  if (!("at" in unit.dataset)) return "";
  const choice = body.answer ?? body.agreed;
  if (!choice) return "Choose a score first.";
  const reason = unit.querySelector("[name=reason]");
  return choice === "not_applicable" && reason && !body.reason.trim() ? "Say why, and it is saved." : "";
}

// Put what the unit holds into the outbox, if it has changed.
export function save(unit, outbox) {
  clearTimeout(timers.get(unit));
  const body = answer(unit);
  if (same(body, saved(unit))) return;
  const missing = lack(unit, body);
  if (missing) return say(unit, missing);
  settled.set(unit, body);
  const version = unit.querySelector("[data-version]");
  outbox.put({
    url: urlOf(unit), unit: unit.dataset.unit, body, versionName: version.name, base: version.value,
  });
}

export function saveLater(unit, outbox) {
  clearTimeout(timers.get(unit));
  timers.set(unit, setTimeout(() => save(unit, outbox), QUIET));
}

export function all() {
  return [...document.querySelectorAll("[data-unit]")];
}

export function unitOf(item) {
  return all().find((unit) => unit.dataset.unit === item.unit && urlOf(unit) === item.url);
}

// Show an answer that is kept on this device, as after a closed tab.
export function restore(item) {
  const unit = unitOf(item);
  if (!unit) return;
  controls(unit).forEach((control) => {
    if (!(control.name in item.body)) return;
    if (isChoice(control)) control.checked = control.value === item.body[control.name];
    else control.value = item.body[control.name];
    control.closest("details")?.setAttribute("open", "");
  });
  if (item.refused) {
    const text = unit.querySelector("textarea");
    theirs(unit, text.defaultValue === text.value ? "" : text.defaultValue);
    say(unit, item.refused, "refused");
  } else {
    settled.set(unit, item.body);
    say(unit, "Not saved yet", "waiting");
  }
}

export function say(unit, words, state = "") {
  const status = unit.querySelector("[data-status]");
  if (!status) return;
  clearTimeout(timers.get(status));
  status.dataset.state = state;
  if (status.textContent !== words) status.textContent = words;
}

export function waits(unit) {
  const status = unit.querySelector("[data-status]");
  timers.set(status, setTimeout(() => say(unit, "Not saved yet", "waiting"), SOON));
}

// The server has the answer; a later one may have been typed since.
export function kept(unit, item, reply) {
  unit.querySelector("[data-version]").value = reply.version;
  theirs(unit, "");
  if (same(settled.get(unit), item.body)) say(unit, reply.words, reply.words === "Saved" ? "kept" : "late");
}

export function refused(unit, reply) {
  settled.delete(unit); // to be sent again as it is, if its writer wants
  say(unit, reply.words || "This could not be saved.", "refused");
  if (!("theirs" in reply)) return;
  unit.querySelector("[data-version]").value = reply.version;
  theirs(unit, reply.theirs);
}

// Show what somebody else wrote meanwhile beside one's own.
function theirs(unit, words) {
  const box = unit.querySelector("[data-theirs]");
  if (!box) return;
  box.hidden = !words;
  box.querySelector("[data-theirs-words]").textContent = words;
}
