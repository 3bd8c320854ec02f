// Asks every few seconds whether the group has news; slower when nobody looks or nothing answers.
const PACE = 3000;
const SLOW = 15_000; // in a tab that nobody sees
const SLOWEST = 60_000;

export function keepPolling({ onNews, onLine, onTrouble }) {
  let timer = 0;
  let failures = 0;
  let isWaiting = false;
  let hadFocus = false;

  const part = () => document.querySelector("[hx-trigger='ask']");

  function pause() {
    if (part()?.hasAttribute("data-over")) return SLOWEST;
    const pace = document.hidden ? SLOW : PACE;
    const spread = 0.9 + Math.random() / 5; // so that a room does not ask in one breath
    return Math.min(pace * 2 ** failures, SLOWEST) * spread;
  }

  function ask() {
    clearTimeout(timer);
    if (isWaiting || !part()) return;
    isWaiting = true;
    window.htmx.trigger(part(), "ask");
  }

  function asked(event) {
    if (!event.detail.pathInfo?.requestPath.includes("/poll/")) return;
    isWaiting = false;
    const { status } = event.detail.xhr;
    const isFine = status >= 200 && status < 300;
    failures = isFine ? 0 : failures + 1;
    if (isFine) onLine();
    else onTrouble(status);
    if (status !== 404) timer = setTimeout(ask, pause());
  }

  document.body.addEventListener("htmx:afterRequest", asked);
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    hadFocus = event.target.contains(document.activeElement);
  });
  document.body.addEventListener("htmx:afterSettle", () => {
    // What had the focus may be gone, such as the button that was pressed.
    if (hadFocus && document.activeElement === document.body) part()?.focus({ preventScroll: true });
    hadFocus = false;
    onNews(part()?.dataset.news ?? "");
  });
  document.addEventListener("visibilitychange", () => !document.hidden && ask());
  window.addEventListener("online", ask);
  window.htmx.config.timeout = 20_000;
  timer = setTimeout(ask, pause());
}
