// What is typed in a form is kept as a draft until it is saved: a closed tab loses nothing.
const REST = 1200; // ms without a key pressed

export function keepDrafts(root) {
  root.querySelectorAll("form[data-draft]").forEach((form) => {
    if (form.dataset.draft === "kept") return;
    form.dataset.draft = "kept";
    let timer;
    const later = () => {
      clearTimeout(timer);
      timer = setTimeout(() => keep(form), REST);
    };
    form.addEventListener("input", later);
    form.addEventListener("submit", () => clearTimeout(timer));
    window.addEventListener("pagehide", () => {
      if (!timer || form.dataset.sent) return;
      clearTimeout(timer);
      keep(form, true);
    });
    form.addEventListener("submit", () => (form.dataset.sent = "yes"));
  });
}

async function keep(form, leaving = false) {
  if (!form.isConnected && !leaving) return;
  const body = new URLSearchParams(new FormData(form));
  body.set("place", new URL(form.getAttribute("action") || "", location.href).pathname);
  const status = form.querySelector("[data-draft-status]");
  try {
    const answer = await fetch("/drafts/", { method: "POST", body, keepalive: leaving, redirect: "error" });
    if (status) status.textContent = answer.status === 403 ? "Not kept: sign in again." : await answer.text();
  } catch {
    if (status) status.textContent = "Not kept yet: there is no connection.";
  }
}
