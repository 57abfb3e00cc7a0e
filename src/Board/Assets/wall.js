// Nobody can scroll a wall screen. With more beds than it has room for everything becomes smaller, down to what can still be read from the door; where that does
// not do either, the beds take turns. The urgent alerts of all of them stand in the strip above all the time.

import { make, setText } from "./dom.js";

const scales = [1, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7];
const turnPause = 10_000;
const growPause = 60_000;

export class Wall {
  #main = document.getElementById("content");
  #caption = make("p", "wall-page");
  #page = 0;
  #beds = 0;

  constructor() {
    document.querySelector(".foot").append(this.#caption);
    new ResizeObserver(() => this.#fit()).observe(this.#main);
    setInterval(() => this.#turn(), turnPause);
    // What has become smaller for an alert that is over becomes larger again.
    setInterval(() => this.#fit(), growPause);
  }

  /** After each change of what is shown. */
  check() {
    const beds = this.#main.querySelectorAll(".tile").length;
    if (beds !== this.#beds || (!this.#takesTurns() && this.#overflows())) this.#fit();
    this.#beds = beds;
  }

  #overflows() {
    return this.#main.scrollHeight > this.#main.clientHeight + 1;
  }

  #takesTurns() {
    return this.#caption.textContent !== "";
  }

  #fit() {
    for (const scale of scales) {
      document.documentElement.style.fontSize = `${scale * 100}%`;
      if (!this.#overflows()) break;
    }
    this.#show();
  }

  #turn() {
    if (!this.#takesTurns()) return;
    this.#page++;
    this.#show();
  }

  #show() {
    this.#main.scrollTop = 0;
    const pages = this.#overflows() ? this.#pages() : [];
    this.#page = pages.length > 0 ? this.#page % pages.length : 0;
    const shown = pages[this.#page] ?? null;
    for (const tile of this.#main.querySelectorAll(".tile")) tile.toggleAttribute("data-away", shown !== null && !shown.tiles.includes(tile));
    if (shown) this.#main.scrollTop = shown.top;
    const name = (tile) => tile.querySelector(".bed").textContent;
    setText(this.#caption, shown
      ? `Page ${this.#page + 1} of ${pages.length}: ${name(shown.tiles[0])} to ${name(shown.tiles.at(-1))}. The others follow in turn.`
      : null);
  }

  // Whole rows of tiles, as many as there is room for.
  #pages() {
    const origin = this.#main.getBoundingClientRect().top;
    const rows = new Map();
    for (const tile of this.#main.querySelectorAll(".tile")) {
      const { top, bottom } = tile.getBoundingClientRect();
      const row = rows.get(Math.round(top)) ?? { top: top - origin, bottom: 0, tiles: [] };
      row.bottom = Math.max(row.bottom, bottom - origin);
      row.tiles.push(tile);
      rows.set(Math.round(top), row);
    }
    const pages = [];
    for (const row of rows.values()) {
      const page = pages.at(-1);
      if (page && row.bottom - page.top <= this.#main.clientHeight) page.tiles.push(...row.tiles);
      else pages.push({ top: row.top, tiles: [...row.tiles] });
    }
    // The last page cannot be scrolled to its top where nothing follows: it is shown from its end.
    const last = pages.at(-1);
    if (last) last.top = Math.min(last.top, this.#main.scrollHeight - this.#main.clientHeight);
    return pages;
  }
}
