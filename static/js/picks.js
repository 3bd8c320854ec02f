// Says how many comments are picked while they are being picked.
export function countPicks() {
  document.querySelectorAll("form[data-picks]").forEach((form) => {
    const words = form.querySelector("[data-picked]");
    if (!words) return;
    form.addEventListener("change", (event) => {
      if (event.target.name !== "comments") return;
      const hidden = form.querySelectorAll("input[type=hidden][name=comments]").length;
      const count = hidden + form.querySelectorAll("input[name=comments]:checked").length;
      words.textContent = `${count} ${count === 1 ? "comment" : "comments"} picked`;
    });
  });
}
