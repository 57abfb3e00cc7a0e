// Nothing moves under a pointer or a focus: for two seconds after either of them stirred over a part of the page its order is held. What is new is
// added at the end, what is over stays where it was, marked so, until the hold is over.

import { reconcile } from "./dom.js";

const holdFor = 2000;
const lastItems = new WeakMap();

/** Whether somebody is just aiming at something in a part of the page. */
export class Hold {
  #stirredAt = -Infinity;
  #point = null;
  #node;

  constructor(node) {
    this.#node = node;
    const stir = () => (this.#stirredAt = performance.now());
    for (const kind of ["pointermove", "pointerdown", "focusin", "keydown"]) node.addEventListener(kind, stir, { passive: true });
    node.addEventListener("pointermove", (event) => (this.#point = [event.clientX, event.clientY]), { passive: true });
    node.addEventListener("pointerleave", () => (this.#point = null), { passive: true });
  }

  get active() {
    return performance.now() - this.#stirredAt < holdFor;
  }

  /** Changes the page and scrolls so that what is aimed at stays where it is, where content above it grew or shrank. */
  keepInPlace(change) {
    const anchor = this.active ? this.#anchor() : null;
    const before = anchor?.getBoundingClientRect().top;
    change();
    if (!anchor?.isConnected) return;
    const moved = anchor.getBoundingClientRect().top - before;
    if (Math.abs(moved) >= 1) window.scrollBy({ top: moved, behavior: "instant" });
  }

  #anchor() {
    const under = this.#point && document.elementFromPoint(...this.#point);
    if (under && this.#node.contains(under) && under !== this.#node) return under;
    const focused = document.activeElement;
    return focused && this.#node.contains(focused) && focused !== this.#node ? focused : null;
  }
}

/** As reconcile, but while a hold is on nothing that stands changes its place. */
export function reconcileHeld(parent, items, keyOf, create, hold) {
  let shown = items.map((item) => ({ item, gone: false }));
  const before = lastItems.get(parent);
  if (hold.active && before) {
    const wanted = new Map(items.map((item) => [keyOf(item), item]));
    const kept = before.map(({ item }) => ({ item: wanted.get(keyOf(item)) ?? item, gone: !wanted.has(keyOf(item)) }));
    const known = new Set(before.map(({ item }) => keyOf(item)));
    shown = [...kept, ...shown.filter(({ item }) => !known.has(keyOf(item)))];
  }
  lastItems.set(parent, shown);
  reconcile(parent, shown, ({ item }) => keyOf(item), ({ item }) => held(create(item)));
}

function held(part) {
  return {
    node: part.node,
    update: ({ item, gone }) => {
      part.node.toggleAttribute("data-gone", gone);
      part.node.inert = gone;
      if (!gone) part.update(item);
    },
  };
}
