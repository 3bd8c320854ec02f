// Answers that the server has not said it has. Each has an id of its own, so that sending one
// again changes nothing, and the version it changes; they go in order, one at a time.
import { keys, read, remove, write } from "./store.js";

const PATIENCE = 15_000; // ms: how long one request may take
const OUTLIVES = 30_000; // bytes that a browser sends on after a page is left
const PAUSES = [1, 2, 4, 8, 15].map((seconds) => seconds * 1000);
const SIGNED_OUT_PAUSE = 30_000;

export const EVERYTHING = "room.";

export class Outbox {
  // `hear(what, item, reply)` is told "waiting", "kept", "refused", "failed" and "signed-out".
  constructor(owner, token, hear) {
    this.prefix = `${EVERYTHING}${owner}.`;
    this.token = token;
    this.hear = hear;
    this.failures = 0;
  }

  // All unsent answers, oldest first; those that were refused wait for their writer.
  items() {
    const found = keys(this.prefix).map(read).filter(Boolean);
    return found.sort((a, b) => a.made - b.made || a.id.localeCompare(b.id));
  }

  sendable() {
    return this.items().filter((item) => !item.refused);
  }

  // A later answer to the same question takes the place of one that was never sent. One that was
  // sent, perhaps in vain, goes first, and the later one builds on what comes of it.
  put(answer) {
    const same = this.items().filter((i) => i.url === answer.url && i.unit === answer.unit);
    const last = same.filter((item) => !item.refused).at(-1);
    const item = { ...answer, id: identifier(), made: this.now(), tried: false, after: "" };
    if (last?.tried) item.after = last.id;
    else if (last) Object.assign(item, { base: last.base, after: last.after });
    same.filter((i) => i.refused || !i.tried).forEach((i) => this.drop(i));
    this.save(item);
    this.hear("waiting", item);
    this.send();
  }

  now() {
    const last = this.items().at(-1);
    return Math.max(Date.now(), last ? last.made + 1 : 0);
  }

  save(item) {
    write(this.prefix + item.id, item);
  }

  drop(item) {
    remove(this.prefix + item.id);
  }

  clear() {
    this.items().forEach((item) => this.drop(item));
  }

  // Send what waits; with several tabs open, one of them does.
  send() {
    clearTimeout(this.timer);
    this.sending ??= this.locked(() => this.sendAll()).finally(() => {
      this.sending = null;
      if (this.sendable().length) this.timer = setTimeout(() => this.send(), this.pause());
    });
    return this.sending;
  }

  locked(act) {
    return navigator.locks ? navigator.locks.request(this.prefix, act) : act();
  }

  pause() {
    if (this.isSignedOut) return SIGNED_OUT_PAUSE;
    return PAUSES[Math.min(this.failures, PAUSES.length - 1)];
  }

  async sendAll() {
    for (let item = this.sendable()[0]; item; item = this.sendable()[0]) {
      if (!(await this.sendOne(item))) return;
    }
  }

  // Whether the server has answered, so that the next may go.
  async sendOne(item) {
    this.save({ ...item, tried: true });
    const response = await this.post(item);
    const reply = response && (await json(response));
    this.isSignedOut = [401, 403].includes(response?.status);
    if (this.isSignedOut) return this.failed("signed-out", item);
    if (!reply || response.status >= 500 || [408, 429].includes(response.status)) {
      return this.failed("failed", item);
    }
    this.failures = 0;
    if (response.ok) this.kept(item, reply);
    else this.refuse(item, reply);
    return true;
  }

  post(item) {
    const fields = { ...item.body, [item.versionName]: item.base, mutation: item.id };
    const body = new URLSearchParams(fields);
    return fetch(item.url, {
      method: "POST",
      headers: { Accept: "application/json", "X-CSRFToken": this.token() },
      body,
      keepalive: body.toString().length < OUTLIVES, // goes on when the page is left
      signal: AbortSignal.timeout?.(PATIENCE),
    }).catch(() => null);
  }

  failed(what, item) {
    this.failures += 1;
    this.hear(what, item);
    return false;
  }

  kept(item, reply) {
    const base = (reply.fate ?? "counted") === "counted" ? reply.version : item.base;
    this.followers(item).forEach((next) => this.save({ ...next, base, after: "" }));
    this.drop(item);
    this.hear("kept", item, reply);
  }

  refuse(item, reply) {
    const followers = this.followers(item);
    followers.forEach((next) => this.save({ ...next, base: item.base, after: "" }));
    if (followers.length) this.drop(item);
    else this.save({ ...item, refused: reply.words || "This could not be saved." });
    this.hear("refused", item, reply);
  }

  followers(item) {
    return this.items().filter((each) => each.after === item.id);
  }
}

// A page that a café's network puts in between is no answer of ours.
async function json(response) {
  const kind = response.headers.get("Content-Type") ?? "";
  if (!kind.startsWith("application/json")) return response.ok ? null : {};
  return response.json().catch(() => null);
}

function identifier() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16)); // where the site has no HTTPS
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
