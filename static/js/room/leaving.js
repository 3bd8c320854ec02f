// Nobody leaves unsent answers behind on a shared device without knowing.
import { EVERYTHING } from "./outbox.js";
import { keys, remove } from "./store.js";

const GRACE = 3000; // ms in which what is on its way may still arrive

const unsent = () => keys(EVERYTHING);

function warning(count) {
  const answers = count === 1 ? "One answer is" : `${count} answers are`;
  return `${answers} not saved yet. If you leave now, what was not saved is lost. Leave all the same?`;
}

async function arrived() {
  const end = Date.now() + GRACE;
  while (unsent().length && Date.now() < end) await new Promise((next) => setTimeout(next, 100));
  return unsent().length === 0;
}

async function leave(form) {
  if (!(await arrived()) && !window.confirm(warning(unsent().length))) return;
  unsent().forEach(remove);
  form.submit();
}

// Signing out, and leaving the room with this device.
export function guardLeaving() {
  document.querySelectorAll("form[action$='/accounts/logout/'], form[data-leaves]").forEach((form) => {
    form.addEventListener("submit", (event) => {
      if (!unsent().length) return;
      event.preventDefault();
      leave(form);
    });
  });
}
