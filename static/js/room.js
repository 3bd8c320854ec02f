// A member's page in the room: answers save themselves and are kept until the server has them.
import { Outbox } from "./room/outbox.js";
import { keepPolling } from "./room/polls.js";
import * as units from "./room/units.js";

const HURRY = 4000; // ms that a reveal waits for the answers before it
const room = document.getElementById("room");
const trouble = document.getElementById("trouble");
const OFFLINE = "There is no connection. What you write is kept on this device, and sent when the line is back.";
const MOVED = "You are no longer in this working group on this device. Reload the page to see where you are.";
const SIGNED_OUT = "You are signed out on this device. What you write is kept. Sign in again: ";

const token = () =>
  /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1] ??
  document.querySelector("[name=csrfmiddlewaretoken]").value;

const hear = {
  waiting: (unit) => units.waits(unit),
  kept: (unit, item, reply) => {
    units.kept(unit, item, reply);
    refresh(unit);
  },
  refused: (unit, item, reply) => units.refused(unit, reply),
};

const outbox = new Outbox(`${room.dataset.user}.${room.dataset.room}`, token, (what, item, reply) => {
  const unit = units.unitOf(item);
  if (unit) hear[what]?.(unit, item, reply);
  if (what === "failed") complain(OFFLINE);
  else if (what === "signed-out") complain(SIGNED_OUT, room.dataset.join);
  else if (what !== "waiting") complain("");
  tell();
});

// One alarm at a time; the same one is not said twice.
function complain(words, href = "") {
  if (trouble.dataset.words === words) return;
  trouble.dataset.words = words;
  trouble.hidden = !words;
  trouble.textContent = words;
  if (!href) return;
  const link = document.createElement("a");
  link.href = `${href}?next=${encodeURIComponent(location.pathname)}`;
  link.className = "govuk-link";
  link.textContent = "sign in";
  trouble.append(link);
}

function tell() {
  const kept = document.getElementById("kept");
  const unsent = outbox.items().length;
  if (!kept) return;
  kept.textContent = unsent ? `${unsent} not saved yet` : "All saved";
  kept.dataset.state = unsent ? "waiting" : "kept";
}

// A part that was left alone while somebody wrote in it is renewed once that is saved.
function refresh(unit) {
  const part = unit.closest("[data-outdated]");
  if (!part || units.isUnsaved(part, outbox)) return;
  const target = `#${part.id}`;
  window.htmx.ajax("GET", location.pathname, { target, select: target, swap: "outerHTML" });
}

document.addEventListener("change", (event) => {
  const unit = event.target.closest("[data-unit]");
  if (unit) units.save(unit, outbox);
});

document.addEventListener("input", (event) => {
  const unit = event.target.closest("[data-unit]");
  if (unit && event.target.type !== "radio") units.saveLater(unit, outbox);
});

// Enter in a form that saves itself, or a press on its button.
document.addEventListener("submit", async (event) => {
  const form = event.target;
  const own = units.all().filter((unit) => form.contains(unit) || unit === form);
  if (own.length) {
    event.preventDefault();
  } else if ("afterAnswers" in form.dataset) {
    // A vote given just before the reveal must not come after it.
    event.preventDefault();
    await Promise.race([outbox.send(), new Promise((done) => setTimeout(done, HURRY))]);
    form.submit();
  }
});

function saveAll() {
  units.all().forEach((unit) => units.save(unit, outbox));
}

document.addEventListener("submit", saveAll, true); // before anybody asks what is unsent
document.addEventListener("visibilitychange", () => document.hidden && saveAll());
window.addEventListener("pagehide", saveAll);

let staysInRoom = false;
document.addEventListener("click", (event) => {
  staysInRoom = event.target.closest("a")?.pathname.startsWith(`/room/${room.dataset.room}/`) ?? false;
});
window.addEventListener("beforeunload", (event) => {
  saveAll();
  if (!staysInRoom && outbox.failures && outbox.items().length) event.preventDefault();
});

window.addEventListener("online", () => outbox.send());

// Nobody is taken from what they are writing: their form stays as it is until it is saved.
document.body.addEventListener("htmx:oobBeforeSwap", (event) => {
  if (!units.isUnsaved(event.detail.target, outbox)) return;
  event.detail.target.dataset.outdated = "";
  event.preventDefault();
});

document.body.classList.add("room-live");
outbox.items().forEach(units.restore);
tell();
outbox.send();

const news = document.getElementById("news");
if (news) {
  keepPolling({
    onNews: (words) => {
      if (news.textContent !== words) news.textContent = words;
    },
    onLine: () => {
      if (!outbox.failures) complain("");
      else outbox.send();
    },
    onTrouble: (status) => {
      if ([401, 403].includes(status)) complain(SIGNED_OUT, room.dataset.join);
      else if (status === 404) complain(MOVED);
      else complain(OFFLINE);
    },
  });
}
