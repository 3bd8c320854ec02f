// A press on a figure in the list puts it into the text where its writer was.
export function insertFigures() {
  document.addEventListener("click", ({ target }) => {
    const button = target.closest?.("[data-insert]");
    const area = button?.form.querySelector("textarea[data-markdown]");
    if (!area) return;
    area.focus();
    // The one way to write that can be undone with Ctrl+Z; where it is gone, write all the same.
    if (document.execCommand("insertText", false, button.dataset.insert)) return;
    area.setRangeText(button.dataset.insert, area.selectionStart, area.selectionEnd, "end");
    area.dispatchEvent(new InputEvent("input", { bubbles: true }));
  });
}
