// The strip of urgent alerts: most urgent first, and still while somebody aims at it.

import { showAge } from "./age.js";
import { make, setAttribute, setText } from "./dom.js";
import { Hold, reconcileHeld } from "./hold.js";

class Urgent {
  #place = make("strong", "urgent-place");
  #mark = make("span", "mark");
  #text = make("span", "urgent-text");
  #note = make("span", "urgent-note");
  #age = make("span", "age");
  #key = "";

  constructor(onChosen) {
    this.node = make(onChosen ? "button" : "div", "urgent-item");
    if (onChosen) {
      this.node.type = "button";
      this.node.addEventListener("click", () => onChosen(this.#key));
    }
    this.node.append(this.#mark, this.#place, this.#text, this.#note, this.#age);
  }

  update(alert) {
    this.#key = alert.key;
    setAttribute(this.node, "data-priority", alert.priority);
    setAttribute(this.node, "data-calls", alert.calls);
    setText(this.#mark, alert.mark);
    setText(this.#place, alert.place);
    setText(this.#text, alert.text);
    setText(this.#note, alert.note);
    showAge(this.#age, alert.since);
  }
}

/** The strip. onChosen(key) leads to the tile of an alert; without it nothing can be pressed. */
export class UrgentStrip {
  #node = document.getElementById("urgent");
  #hold = new Hold(this.#node);
  #beyond = make("strong", "urgent-beyond");
  #onChosen;

  constructor(onChosen) {
    this.#onChosen = onChosen;
    const box = make("div", "urgent-beyond-box");
    box.setAttribute("aria-hidden", "true"); // Who has the strip read to them hears all of it.
    box.append(this.#beyond);
    this.#node.after(box);
    this.#node.addEventListener("scroll", () => this.#count(), { passive: true });
    new ResizeObserver(() => this.#count()).observe(this.#node);
  }

  show({ urgent, urgentMore }) {
    const items = urgentMore > 0 ? [...urgent, { episode: "more", more: urgentMore }] : urgent;
    reconcileHeld(this.#node, items, (alert) => alert.episode, (alert) => (alert.more ? new More() : new Urgent(this.#onChosen)), this.#hold);
    this.#count();
  }

  // What stands beyond the edge is counted there: that there is more must not be left to guessing.
  #count() {
    const edge = this.#node.getBoundingClientRect().right;
    const beyond = [...this.#node.querySelectorAll(".urgent-item")].filter((item) => item.getBoundingClientRect().right > edge + 1).length;
    setText(this.#beyond, beyond > 0 ? `+${beyond} ›` : null);
  }
}

class More {
  constructor() {
    this.node = make("a", "urgent-more");
    this.node.href = "alerts";
  }

  update({ more }) {
    setText(this.node, `and ${more} more`);
  }
}
