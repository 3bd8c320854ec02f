// A frame that shows a page of ours is as high as that page's main part: only one thing scrolls.
export function fitFrames() {
  document.querySelectorAll("iframe[data-fits-content]").forEach((frame) => {
    frame.addEventListener("load", () => follow(frame));
    if (frame.contentDocument?.readyState === "complete") follow(frame);
  });
}

function follow(frame) {
  const main = frame.contentDocument?.querySelector("main");
  if (!main) return;
  new ResizeObserver(() => {
    frame.style.height = `${Math.ceil(main.getBoundingClientRect().height) + 8}px`;
  }).observe(main);
}
