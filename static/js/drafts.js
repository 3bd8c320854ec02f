// What is typed in a form is kept as a draft until it is saved: a closed tab loses nothing. Listens
// on the document, so that a form that has just come into the page takes part at once.
const REST = 1200; // ms without a key pressed
const waiting = new Map(); // forms with something typed since they were kept last, with their timers

export function keepDrafts() {
  document.addEventListener("input", ({ target }) => {
    if (target.form?.matches("[data-draft]")) later(target.form);
  });
  document.addEventListener("submit", ({ target }) => forget(target));
  window.addEventListener("pagehide", () => [...waiting.keys()].forEach((form) => keep(form, true)));
}

// Keep at once whatever waits: the page around it is about to be shown anew.
export function keepWaiting() {
  [...waiting.keys()].forEach((form) => keep(form));
}

function later(form) {
  forget(form);
  waiting.set(form, setTimeout(() => keep(form), REST));
}

function forget(form) {
  clearTimeout(waiting.get(form));
  waiting.delete(form);
}

// Returns whether it is kept.
export async function keep(form, leaving = false) {
  forget(form);
  if (!form.isConnected) return false;
  const body = new URLSearchParams(new FormData(form));
  body.set("place", new URL(form.getAttribute("action") || "", location.href).pathname);
  const status = form.querySelector("[data-draft-status]");
  const say = (words) => status && (status.textContent = words);
  try {
    const answer = await fetch("/drafts/", { method: "POST", body, keepalive: leaving, redirect: "manual" });
    const isSignedOut = answer.status === 403 || answer.type === "opaqueredirect";
    say(isSignedOut ? "Not kept: sign in again." : await answer.text());
    return answer.ok;
  } catch {
    say("Not kept yet: there is no connection.");
    return false;
  }
}
