// Everything here makes a page that already works a little better.
import {
  Button,
  CharacterCount,
  Checkboxes,
  ErrorSummary,
  Radios,
  ServiceNavigation,
  SkipLink,
  createAll,
} from "../govuk-frontend.min.js";
import { arrangeLists } from "./arrange.js";
import { keepDrafts } from "./drafts.js";
import { startDownloads } from "./files.js";
import { fitFrames } from "./frames.js";
import { changeInPlace } from "./inplace.js";
import { insertFigures } from "./insert.js";
import { pasteClean } from "./paste.js";
import { countPicks } from "./picks.js";
import { previewBeside } from "./preview.js";
import { guardLeaving } from "./room/leaving.js";

const components = [Button, CharacterCount, Checkboxes, ErrorSummary, Radios, ServiceNavigation, SkipLink];

// govuk-frontend looks for these classes; its own inline script is forbidden by our policy.
document.body.classList.add("js-enabled", "govuk-frontend-supported");
components.forEach((component) => createAll(component));

// A part that htmx put in: start its components, an error summary among them takes the focus.
document.body.addEventListener("htmx:afterSettle", (event) => {
  components.forEach((component) => createAll(component, {}, event.target));
});

arrangeLists();
countPicks();
changeInPlace();
pasteClean();
guardLeaving();
fitFrames();
insertFigures();
previewBeside();
startDownloads();
keepDrafts();
