// The tiles of the wards in their fixed order, kept as the events say.

import { make, reconcile, setText } from "./dom.js";
import { Hold } from "./hold.js";
import { page, Tile } from "./tile.js";

const roomyMost = 8;
const middleMost = 12;
const screenMost = 20;

class Ward {
  #title = make("h2", "ward-title");
  #beds = make("div", "beds");

  constructor() {
    this.node = make("section", "ward");
    this.node.append(this.#title, this.#beds);
  }

  update({ title, tiles }) {
    setText(this.#title, title);
    reconcile(this.#beds, tiles, ({ view }) => view.key, () => new Tile());
  }
}

/** All tiles of a page, or those of one ward. */
export class Wards {
  #node = document.getElementById("wards");
  #views = new Map();
  #order = [];
  #history = false;
  #generation = 0;
  #only;

  constructor({ readOnly = false, only = null } = {}) {
    page.readOnly = readOnly;
    page.hold = new Hold(this.#node);
    this.#only = only;
  }

  /** Takes an event in: "ward" with all tiles, "change" with some. */
  take(kind, { header, tiles }) {
    if (kind === "ward") {
      this.#views.clear();
      this.#order = tiles.filter((tile) => !this.#only || tile.ward === this.#only).map((tile) => tile.key);
    }
    for (const tile of tiles) this.#views.set(tile.key, tile);
    this.#history = header.history;
    page.hold.keepInPlace(() => this.#show());
  }

  /** The gateway was lost: what is missing from the lines is read anew. */
  lost() {
    this.#generation++;
  }

  /** What calls, in words: [episode, words]. */
  calling() {
    return this.#order.flatMap((key) => {
      const view = this.#views.get(key);
      return view.alerts.filter((alert) => alert.calls).map((alert) => [alert.episode, `${alert.words}: ${view.title}, ${alert.name} ${alert.comparison ?? ""}`]);
    });
  }

  /** How many alerts of each priority stand here, and how many tiles are not monitored. */
  counts() {
    const shown = this.#order.map((key) => this.#views.get(key));
    const alerts = shown.flatMap((view) => view.alerts);
    const of = (priority) => alerts.filter((alert) => alert.priority === priority).length;
    return {
      high: of("high"), medium: of("medium"), low: of("low"), calling: alerts.filter((alert) => alert.calls).length,
      notMonitored: shown.filter((view) => view.notMonitored && !view.care?.standbyUntil).length, nobodyReached: alerts.filter((alert) => alert.nobodyReached).length,
    };
  }

  /** Leads to a tile. */
  choose(key) {
    const tile = document.getElementById(`tile-${this.#order.indexOf(key)}`);
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    tile?.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
    tile?.focus({ preventScroll: true });
  }

  /** Leads to the next tile, or the one before. */
  step(by) {
    const now = document.activeElement?.closest(".tile")?.id ?? "tile--1";
    const next = Number(now.slice("tile-".length)) + by;
    const key = this.#order[Math.max(0, Math.min(this.#order.length - 1, next))];
    if (key !== undefined) this.choose(key);
  }

  #show() {
    const wards = new Map();
    this.#order.forEach((key, place) => {
      const view = this.#views.get(key);
      const name = view.unassigned ? "\u0000unassigned" : view.ward;
      if (!wards.has(name)) wards.set(name, { name, title: view.unassigned ? "Devices at no bed" : view.ward, tiles: [] });
      wards.get(name).tiles.push({ view, place, history: this.#history, generation: this.#generation });
    });
    const shown = [...wards.values()];
    // The bar names a lone ward already.
    if (shown.length === 1 && !shown[0].name.startsWith("\u0000")) shown[0].title = null;
    if (shown.length > 0 || this.#order.length === 0) this.#node.querySelector(":scope > .connecting")?.remove();
    this.#node.dataset.density = this.#order.length <= roomyMost ? "roomy" : this.#order.length <= middleMost ? "middle" : "dense";
    this.#node.dataset.beds = this.#order.length;
    this.#node.dataset.crowded = this.#order.length > screenMost;
    reconcile(this.#node, shown, (ward) => ward.name, () => new Ward());
    let none = document.getElementById("no-beds");
    if (this.#order.length > 0) none?.remove();
    else if (!none) {
      none = make("p", "connecting", this.#only
        ? `No beds of the ward ${this.#only} are known.`
        : "No beds and no devices are known yet. Beds come from the census file; a device shows up with its first reading.");
      none.id = "no-beds";
      this.#node.append(none);
    }
  }
}
