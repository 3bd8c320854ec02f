// A file that was waited for has come: start its download, once.
export function startDownloads() {
  const start = () => document.querySelector("a[data-starts]:not([data-started])")?.click();
  document.addEventListener("click", ({ target }) => {
    if (target.matches?.("a[data-starts]")) target.dataset.started = "";
  });
  document.body.addEventListener("htmx:afterSettle", start);
  if (performance.getEntriesByType("navigation")[0]?.type === "navigate") start();
}
