// The ward board: takes the gateway's events and keeps the page as they say.

import { showName } from "./acknowledge.js";
import { noteGatewayTime, tickAges } from "./age.js";
import { Connection } from "./connection.js";
import { make, reconcile, setText } from "./dom.js";
import { showHead } from "./head.js";
import { Tile } from "./tile.js";

const tickPause = 1000;
const reloadPauseLeast = 60_000;
const roomyMost = 8;
const middleMost = 12;

const main = document.getElementById("wards");
const lost = document.getElementById("lost");
const lostSince = document.getElementById("lost-since");
const spokenNow = document.getElementById("spoken-now");
const spokenLater = document.getElementById("spoken-later");
const ownBuild = document.querySelector("meta[name=gateway-build]").content;

const views = new Map();
let order = [];
let lastClock = null;
let generation = 0;
let called = null;

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

function onEvent(kind, { header, tiles }) {
  if (isOtherBuild(header.build)) return;
  noteGatewayTime(header.time);
  lastClock = header.clock;
  if (kind === "ward") {
    views.clear();
    order = tiles.map((tile) => tile.key);
  }
  for (const tile of tiles) views.set(tile.key, tile);
  found();
  showHead(header, chooseTile);
  showWards(header.history);
  announce();
}

function showWards(history) {
  const wards = new Map();
  order.forEach((key, place) => {
    const view = views.get(key);
    const name = view.unassigned ? "\u0000unassigned" : view.ward;
    if (!wards.has(name)) wards.set(name, { name, title: view.unassigned ? "Devices at no bed" : view.ward, tiles: [] });
    wards.get(name).tiles.push({ view, place, history, generation });
  });
  const shown = [...wards.values()];
  // The header names a lone ward already.
  if (shown.length === 1 && !shown[0].name.startsWith("\u0000")) shown[0].title = null;
  if (shown.length > 0 || order.length === 0) main.querySelector(":scope > .connecting")?.remove();
  main.dataset.density = order.length <= roomyMost ? "roomy" : order.length <= middleMost ? "middle" : "dense";
  reconcile(main, shown, (ward) => ward.name, () => new Ward());
  let none = document.getElementById("no-beds");
  if (order.length > 0) none?.remove();
  else if (!none) {
    none = make("p", "connecting", "No beds and no devices are known yet. Beds come from the census file; a device shows up with its first reading.");
    none.id = "no-beds";
    main.append(none);
  }
}

function chooseTile(key) {
  const tile = document.getElementById(`tile-${order.indexOf(key)}`);
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  tile?.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
  tile?.focus({ preventScroll: true });
}

// A screen reader is told of each alert once; what stood before the page was opened is told as a number.
function announce() {
  const now = new Map();
  for (const view of views.values()) {
    for (const alert of view.alerts) {
      if (alert.calls) now.set(alert.episode, `${alert.words}: ${view.title}, ${alert.name} ${alert.comparison ?? ""}`);
    }
  }
  if (called === null) {
    setSpoken(spokenLater, now.size > 0 ? `${now.size} alerts call for somebody` : "No alerts call for somebody");
  } else {
    const fresh = [...now].filter(([episode]) => !called.has(episode)).map(([, words]) => words);
    const high = fresh.filter((words) => words.startsWith("HIGH"));
    const other = fresh.filter((words) => !words.startsWith("HIGH"));
    if (high.length > 0) setSpoken(spokenNow, high.join(". "));
    if (other.length > 0) setSpoken(spokenLater, other.join(". "));
  }
  called = new Set(now.keys());
}

function setSpoken(place, words) {
  place.textContent = words;
}

function onLost() {
  lost.hidden = false;
  lostSince.textContent = lastClock ? `since ${lastClock}: values are not current` : "No values have been received yet";
  document.body.classList.add("is-lost");
  document.body.classList.remove("waiting");
  setInert(true);
  generation++;
}

function found() {
  document.body.classList.remove("waiting");
  if (lost.hidden) return;
  lost.hidden = true;
  document.body.classList.remove("is-lost");
  setInert(false);
}

// What is under the cover cannot be pressed: nobody can say what it would mean.
function setInert(inert) {
  main.inert = inert;
  document.getElementById("urgent").inert = inert;
}

// After an update of the gateway a page that has been open for weeks takes the new scripts; a proxy that serves old files must not make it spin.
function isOtherBuild(build) {
  if (build === ownBuild) return false;
  let last = 0;
  try {
    last = Number(sessionStorage.getItem("iotgateway.reloaded-at") ?? 0);
    sessionStorage.setItem("iotgateway.reloaded-at", String(Date.now()));
  } catch {
    return false;
  }
  if (Date.now() - last < reloadPauseLeast) return false;
  location.reload();
  return true;
}

showName();
setInterval(tickAges, tickPause);
new Connection("api/stream", onEvent, onLost).start();
