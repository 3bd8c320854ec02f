// What is pasted from Word or from a page becomes our Markdown: paragraphs, bold, italic, lists,
// links. Everything else becomes plain words.
const BLOCKS = new Set(["P", "DIV", "H1", "H2", "H3", "H4", "H5", "H6", "BLOCKQUOTE", "SECTION", "ARTICLE", "TABLE", "TBODY", "THEAD", "TR", "PRE"]);
const DROPPED = new Set(["STYLE", "SCRIPT", "HEAD", "META", "LINK", "TITLE", "IMG", "SVG", "OBJECT"]);
const LINKS = /^(https?:|mailto:)/i;
const NUMBER = /^\s*(\d+|[a-z])[.)]/i;

const styled = (element) => (element.getAttribute("data-style") ?? "").toLowerCase().replaceAll(/\s/g, "");
const isIgnored = (node) => DROPPED.has(node.nodeName.toUpperCase()) || /mso-list:ignore|display:none|mso-hide:all/.test(styled(node));
const isWordItem = (element) => /mso-list:l\d/.test(styled(element));

function escaped(words) {
  return words.replaceAll(/[\\*[\]`<]/g, "\\$&").replaceAll(/(^|\W)_|_(?=\W|$)/g, (found) => found.replace("_", "\\_")).replaceAll(/&(?=#?\w+;)/g, "\\&");
}

function isStyle(element, tags, on, off) {
  const style = styled(element);
  return (tags.includes(element.nodeName) || on.test(style)) && !off.test(style);
}

// Marks stand close to the words: "**so **" is no bold.
function around(mark, words) {
  const [, before, inner, after] = words.match(/^(\s*)([\s\S]*?)(\s*)$/);
  return inner ? before + mark + inner + mark + after : words;
}

function inline(node, style = {}) {
  if (node.nodeType === Node.TEXT_NODE) return escaped(node.data.replaceAll(/[\s\u00a0]+/g, " "));
  if (node.nodeType !== Node.ELEMENT_NODE || isIgnored(node)) return "";
  if (node.nodeName === "BR") return "\n";
  const bold = !style.bold && isStyle(node, ["B", "STRONG"], /(^|;)font-weight:(bold|[6-9]00)/, /(^|;)font-weight:(normal|[1-4]00)/);
  const italic = !style.italic && isStyle(node, ["I", "EM"], /(^|;)font-style:italic/, /(^|;)font-style:normal/);
  const inner = { bold: style.bold || bold, italic: style.italic || italic };
  let words = [...node.childNodes].map((child) => inline(child, inner)).join("");
  if (node.nodeName === "A" && LINKS.test(node.getAttribute("href") ?? "") && words.trim()) {
    words = `[${words.trim()}](<${node.getAttribute("href").replaceAll(/[<>\s]/g, encodeURIComponent)}>)`;
  }
  if (italic) words = around("*", words);
  return bold ? around("**", words) : words;
}

const tidy = (words) => words.replaceAll(/ *\n */g, "\n").replaceAll(/(\*\*)( ?)\1(?!\*)/g, "$2").replaceAll(/ {2,}/g, " ").trim();
const asParagraph = (words) => words.replace(/^(\d+)([.)])(?=\s)/, "$1\\$2").replace(/^([-+])(?=\s)/, "\\$1");

function wordItem(element) {
  const level = Number(styled(element).match(/level(\d)/)?.[1] ?? 1);
  const sign = element.querySelector("[data-style*='mso-list:Ignore' i], [data-style*='mso-list: Ignore' i]")?.textContent ?? "";
  return { text: tidy(inline(element)), depth: level - 1, mark: NUMBER.test(sign) ? "1." : "-" };
}

function listItems(list, depth) {
  const mark = list.nodeName === "OL" ? "1." : "-";
  return [...list.children].flatMap((item) => {
    if (/^[UO]L$/.test(item.nodeName)) return listItems(item, depth + 1);
    const below = [...item.children].filter((child) => /^[UO]L$/.test(child.nodeName));
    below.forEach((child) => child.remove());
    return [{ text: tidy(inline(item)), depth, mark }, ...below.flatMap((child) => listItems(child, depth + 1))];
  });
}

// A tree of elements as a row of paragraphs and items.
function pieces(node) {
  if (node.nodeType === Node.ELEMENT_NODE) {
    if (isIgnored(node)) return [];
    if (/^[UO]L$/.test(node.nodeName)) return listItems(node, 0);
    if (isWordItem(node)) return [wordItem(node)];
    if (node.nodeName === "TR") {
      return [{ text: [...node.cells].map((cell) => tidy(inline(cell))).filter(Boolean).join(" – ") }];
    }
  }
  const parts = [];
  let line = "";
  const flush = () => {
    if (tidy(line)) parts.push({ text: asParagraph(tidy(line)) });
    line = "";
  };
  node.childNodes.forEach((child) => {
    const isBlock = BLOCKS.has(child.nodeName) || child.querySelector?.("p, ul, ol, table, div, li, h1, h2, h3");
    if (!isBlock && !/^[UO]L$/.test(child.nodeName)) return (line += inline(child));
    flush();
    if (/^H[1-6]$/.test(child.nodeName)) parts.push({ text: around("**", tidy(inline(child, { bold: true }))) });
    else parts.push(...pieces(child));
  });
  flush();
  return parts;
}

function written(parts) {
  const counts = [];
  return parts
    .filter((part) => part.text)
    .map((part, place, all) => {
      if (!part.mark) {
        counts.length = 0;
        return (place ? "\n\n" : "") + part.text;
      }
      counts.length = part.depth + 1;
      const before = counts[part.depth];
      counts[part.depth] = { mark: part.mark, number: before?.mark === part.mark ? before.number + 1 : 1 };
      const sign = part.mark === "-" ? "-" : `${counts[part.depth].number}.`;
      const gap = place === 0 ? "" : all[place - 1].mark ? "\n" : "\n\n";
      const indent = "   ".repeat(part.depth);
      return `${gap}${indent}${sign} ${part.text.replaceAll("\n", `\n${indent}   `)}`;
    })
    .join("");
}

// The parser runs no scripts and loads nothing; styles, which our policy forbids, are read as data.
export function markdownOf(html) {
  const tame = html.replaceAll(/<style[\s\S]*?<\/style>/gi, "").replaceAll(/(<[^>]*?\s)style\s*=/gi, "$1data-style=");
  const page = new DOMParser().parseFromString(tame, "text/html");
  return written(pieces(page.body));
}

export function pasteClean() {
  document.body.addEventListener("paste", (event) => {
    const html = event.clipboardData?.getData("text/html");
    if (!html || !event.target.matches?.("textarea[data-markdown]")) return;
    const words = markdownOf(html);
    if (!words) return;
    event.preventDefault();
    // The one way to write that can be undone with Ctrl+Z; where it is gone, write all the same.
    if (!document.execCommand("insertText", false, words)) {
      event.target.setRangeText(words, event.target.selectionStart, event.target.selectionEnd, "end");
      event.target.dispatchEvent(new InputEvent("input", { bubbles: true }));
    }
  });
}
