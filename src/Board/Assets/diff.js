// What is different between two texts, line by line: the longest common run of lines stays, the rest is out or in.

import { el } from "./dom.js";

const linesAround = 3;
const cellsMost = 4_000_000;

/** Lines as { kind: " ", "-" or "+", text }; null where the texts are too long to be compared here. */
export function diffLines(before, after) {
  const a = before.split("\n");
  const b = after.split("\n");
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
  const [left, right] = [a.slice(head, a.length - tail), b.slice(head, b.length - tail)];
  if (left.length * right.length > cellsMost) return null;
  return [...a.slice(0, head).map(same), ...middle(left, right), ...a.slice(a.length - tail).map(same)];
}

/** The differences of two texts as an element, with a few lines around each; null where there is none. */
export function diffView(name, before, after) {
  if (before === after) return null;
  const lines = diffLines(before ?? "", after ?? "");
  if (!lines) return el("p", {}, `${name}: the texts are too long to be compared here.`);
  const near = lines.map((_, place) => lines.slice(Math.max(0, place - linesAround), place + linesAround + 1).some((line) => line.kind !== " "));
  const shown = [];
  lines.forEach((line, place) => {
    if (near[place]) shown.push(el("span", { class: "diff-line", "data-kind": line.kind }, `${line.kind} ${line.text}\n`));
    else if (near[place - 1]) shown.push(el("span", { class: "diff-line", "data-kind": "gap" }, "…\n"));
  });
  return el("figure", { class: "diff" }, el("figcaption", {}, name), el("pre", { class: "code code-box", tabindex: "0" }, shown));
}

function same(text) {
  return { kind: " ", text };
}

function middle(a, b) {
  const table = Array.from({ length: a.length + 1 }, () => new Uint32Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) table[i][j] = a[i] === b[j] ? table[i + 1][j + 1] + 1 : Math.max(table[i + 1][j], table[i][j + 1]);
  }
  const lines = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      lines.push(same(a[i]));
      i++;
      j++;
    } else if (j >= b.length || (i < a.length && table[i + 1][j] >= table[i][j + 1])) lines.push({ kind: "-", text: a[i++] });
    else lines.push({ kind: "+", text: b[j++] });
  }
  return lines;
}
