// What stands around the tiles: title, counts, clock, the strip of urgent alerts, what is wrong with the gateway.

import { showAge } from "./age.js";
import { make, reconcile, setAttribute, setText } from "./dom.js";

const byId = (id) => document.getElementById(id);

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

class Urgent {
  #place = make("strong", "urgent-place");
  #mark = make("span", "mark");
  #text = make("span", "urgent-text");
  #age = make("span", "age");
  #key = "";

  constructor(onChosen) {
    this.node = make("button", "urgent-item");
    this.node.type = "button";
    this.node.append(this.#mark, this.#place, this.#text, this.#age);
    this.node.addEventListener("click", () => onChosen(this.#key));
  }

  update(alert) {
    this.#key = alert.key;
    setAttribute(this.node, "data-priority", alert.priority);
    setText(this.#mark, alert.mark);
    setText(this.#place, alert.place);
    setText(this.#text, alert.text);
    showAge(this.#age, alert.since);
  }
}

class Line {
  constructor(className) {
    this.node = make("p", className);
  }

  update(text) {
    setText(this.node, text);
  }
}

/** Shows the header of an event. chooseTile(key) leads to the tile of an urgent alert. */
export function showHead(header, chooseTile) {
  setText(byId("title"), header.title);
  setText(byId("date"), header.date);
  setText(byId("clock"), header.clock);
  setText(byId("zone"), header.zone);
  document.title = header.calling > 0 ? `(${header.calling}) ${header.title}` : header.title;
  const counts = [
    { kind: "high", mark: "***", number: header.high, word: "high" },
    { kind: "medium", mark: "**", number: header.medium, word: "medium" },
    { kind: "low", mark: "*", number: header.low, word: "low" },
  ];
  if (header.notMonitored > 0) counts.push({ kind: "not-monitored", mark: "", number: header.notMonitored, word: "not monitored" });
  reconcile(byId("counts"), counts, (count) => count.kind, () => new Count());
  reconcile(byId("urgent"), header.urgent, (alert) => alert.episode, () => new Urgent(chooseTile));
  const lines = [
    ...header.troubles.map((text) => ({ text, className: "trouble" })),
    ...header.ruleErrors.map((text) => ({ text, className: "rule-error" })),
  ];
  reconcile(byId("troubles"), lines, ({ className, text }) => className + text, ({ className }) => {
    const line = new Line(className);
    return { node: line.node, update: (item) => line.update(item.text) };
  });
  byId("troubles").hidden = lines.length === 0;
  setText(byId("rule-set"), header.ruleSet ? `Rules ${header.ruleSet} in force` : "No rules in force");
}
