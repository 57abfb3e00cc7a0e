// The keys of the board, and the list of them under "?".

import { show } from "./dialog.js";
import { el } from "./dom.js";

const common = [
  ["?", "Show these keys"],
  ["g w", "Go to the ward"],
  ["g a", "Go to the alerts"],
  ["g h", "Go to the hand-over"],
  ["g l", "Go to the alarm load"],
  ["g r", "Go to the rules"],
  ["g q", "Go to the queues"],
  ["g d", "Go to the devices"],
  ["Tab", "To what can be pressed, in the order of the page"],
  ["Esc", "Close a question without an answer"],
];
const pages = { w: "./", a: "alerts", h: "handover", l: "load", r: "rules", q: "queues", d: "devices" };

const own = [];
let waitingForPage = -Infinity;

/** Adds a key of this page: its name, what it does, and the doing. */
export function onKey(key, words, run) {
  own.push({ key, words, run });
}

/** Takes the keys into service. */
export function startKeys() {
  document.getElementById("help")?.addEventListener("click", showKeys);
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || document.querySelector("dialog[open]")) return;
    if (event.target.closest?.("input, select, textarea, [contenteditable]")) return;
    if (performance.now() - waitingForPage < 1500 && pages[event.key]) {
      location.href = pages[event.key];
      return;
    }
    waitingForPage = event.key === "g" ? performance.now() : -Infinity;
    if (event.key === "?") showKeys();
    const mine = own.find((each) => each.key === event.key);
    if (mine) {
      event.preventDefault();
      mine.run(event);
    }
  });
}

function showKeys() {
  const rows = [...own.map(({ key, words }) => [key, words]), ...common];
  show("Keys", el("dl", { class: "keys" }, rows.flatMap(([key, words]) => [el("dt", {}, key.split(" ").map((each) => el("kbd", {}, each))), el("dd", {}, words)])));
}
