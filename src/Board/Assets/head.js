// The bar: counts, clock; below it what is wrong with the gateway.

import { make, reconcile, setAttribute, setText } from "./dom.js";

const byId = (id) => document.getElementById(id);
const pageTitle = document.title;
const isBoard = ["board", "display"].includes(document.body.dataset.page);

class Count {
  #mark = make("span", "count-mark");
  #number = make("strong", "count-number");
  #word = make("span", "count-word");

  constructor() {
    this.node = make("li", "count");
    this.node.append(this.#mark, this.#number, this.#word);
  }

  update({ kind, mark, number, word }) {
    setAttribute(this.node, "data-kind", kind);
    setAttribute(this.node, "data-none", number === 0);
    setText(this.#mark, mark);
    setText(this.#number, String(number));
    setText(this.#word, word);
  }
}

/** Shows the header of an event. */
export function showHead(header) {
  if (isBoard) setText(byId("title"), header.title);
  setText(byId("date"), header.date);
  setText(byId("clock"), header.clock);
  setText(byId("zone"), header.zone);
  const title = isBoard ? header.title : pageTitle;
  document.title = header.calling > 0 ? `(${header.calling}) ${title}` : title;
  const counts = [
    { kind: "high", mark: "***", number: header.high, word: "high" },
    { kind: "medium", mark: "**", number: header.medium, word: "medium" },
    { kind: "low", mark: "*", number: header.low, word: "low" },
  ];
  if (header.notMonitored > 0) counts.push({ kind: "not-monitored", mark: "", number: header.notMonitored, word: "not monitored" });
  if (header.nobodyReached > 0) counts.push({ kind: "nobody", mark: "", number: header.nobodyReached, word: "NOBODY REACHED" });
  reconcile(byId("counts"), counts, (count) => count.kind, () => new Count());
  const lines = [
    ...header.troubles.map((text) => ({ text, className: "trouble" })),
    ...header.ruleErrors.map((text) => ({ text, className: "rule-error" })),
  ];
  reconcile(byId("troubles"), lines, ({ className, text }) => className + text, ({ className }) => {
    const node = make("p", className);
    return { node, update: (item) => setText(node, item.text) };
  });
  byId("troubles").hidden = lines.length === 0;
  setText(byId("rule-set"), header.ruleSet ? `Rules ${header.ruleSet} in force` : "No rules in force");
}
