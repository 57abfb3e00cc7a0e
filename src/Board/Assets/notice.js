// What became of something a person did: at the edge of the page, long enough to be read, never over what is being worked on.

import { el } from "./dom.js";

const goodFor = 8_000;
const badFor = 30_000;
const most = 4;

/** Shows a sentence; a bad one stays longer. */
export function notice(sentence, good) {
  if (!sentence) return;
  const place = document.getElementById("notices");
  const node = el("p", { class: "notice", "data-good": String(good) }, el("span", {}, sentence),
    el("button", { type: "button", class: "plain", "aria-label": "Dismiss", onclick: () => node.remove() }, "✕"));
  place.append(node);
  while (place.children.length > most) place.firstElementChild.remove();
  setTimeout(() => node.remove(), good ? goodFor : badFor);
}

/** Tells what came of an answer of the interface, and whether it was good. */
export function tell(answer) {
  if (!answer) return false;
  notice(answer.sentence || (answer.ok ? "Done." : "It was not done."), answer.ok);
  return answer.ok;
}
