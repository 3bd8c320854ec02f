// What sticks out sideways without a scroll region around it, or is cut off.
() => {
  const lost = [];
  const width = document.documentElement.clientWidth;
  const whole = document.documentElement.scrollWidth;
  const scrolls = (e) =>
    e && (/auto|scroll/.test(getComputedStyle(e).overflowX) || scrolls(e.parentElement));
  if (whole > width) lost.push(`the page is ${whole} wide`);
  for (const e of document.querySelectorAll("main *, header *, footer *")) {
    const box = e.getBoundingClientRect();
    const style = getComputedStyle(e);
    const unseen = box.width <= 1 || box.height <= 1; // for screen readers only
    if (unseen || e.closest("svg, .govuk-visually-hidden, .govuk-skip-link")) continue;
    if (box.right > width + 1 && !scrolls(e)) lost.push(`sticks out: ${e.tagName} ${e.className}`);
    // What is in a box to type in scrolls as it is read.
    const hides = !e.matches("input") && /hidden|clip/.test(style.overflowY + style.overflowX);
    const more = e.scrollHeight > e.clientHeight + 1 || e.scrollWidth > e.clientWidth + 1;
    if (hides && more) lost.push(`is cut off: ${e.tagName} ${e.className}`);
  }
  return lost;
}
