// What every page does: follows the gateway, shows the bar, says when the gateway is lost, sounds, knows keys and person.

import { noteGatewayTime, tickAges } from "./age.js";
import { Connection } from "./connection.js";
import { showHead } from "./head.js";
import { startKeys } from "./keys.js";
import { showPerson } from "./person.js";
import { sound, startSound } from "./sound.js";

const tickPause = 1000;
const tickLate = 1200;
const reloadPauseLeast = 60_000;

const lost = document.getElementById("lost");
const lostSince = document.getElementById("lost-since");
const spokenNow = document.getElementById("spoken-now");
const spokenLater = document.getElementById("spoken-later");
const ownBuild = document.querySelector("meta[name=gateway-build]").content;

let lastClock = null;
let called = null;
let tickedAt = -Infinity;

/**
 * Starts a page. stream: the address it follows; kinds: the events it hears; prepare(kind, data) may change an event before the bar is shown;
 * onEvent(kind, data) is called for each after it; onLost() when the gateway falls silent.
 */
export function start({ stream = "api/alerts/stream", kinds = ["alerts", "tick"], prepare = () => {}, onEvent = () => {}, onLost = () => {} } = {}) {
  if (document.getElementById("acknowledging") && document.querySelector(".pages")) showPerson();
  if (document.getElementById("sound")) startSound();
  startKeys();
  // On a phone the pages do not fit side by side: the present one must not be off the edge.
  document.querySelector(".pages [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
  startTheme();
  // Ages go on with the events, so that a page is laid out once for both; by themselves only where an event is late.
  setInterval(() => performance.now() - tickedAt >= tickLate && tick(), tickPause / 4);
  new Connection(
    stream,
    kinds,
    (kind, data) => {
      if (isOtherBuild(data.header.build)) return;
      noteGatewayTime(data.header.time);
      lastClock = data.header.clock;
      found();
      prepare(kind, data);
      showHead(data.header);
      sound(data.header.attention);
      if (data.alerts) announce(data.alerts.filter((alert) => alert.calls).map((alert) => [alert.episode, wordsOf(alert)]));
      onEvent(kind, data);
      tick();
    },
    () => {
      showLost();
      onLost();
    },
  ).start();
}

function tick() {
  tickedAt = performance.now();
  tickAges();
}

/** A screen reader is told of each alert once; what stood before the page was opened is told as a number. items: [episode, words]. */
export function announce(items) {
  const now = new Map(items);
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

function wordsOf(alert) {
  return `${alert.priority.toUpperCase()}: ${alert.bed || alert.patient}, ${alert.alert} ${alert.value}`;
}

function setSpoken(place, words) {
  place.textContent = words;
}

function showLost() {
  lost.hidden = false;
  lostSince.textContent = lastClock ? `since ${lastClock}: values are not current` : "No values have been received yet";
  document.body.classList.add("is-lost");
  document.body.classList.remove("waiting");
  setInert(true);
}

function found() {
  document.body.classList.remove("waiting");
  if (lost.hidden) return;
  lost.hidden = true;
  document.body.classList.remove("is-lost");
  setInert(false);
}

// What is under the cover cannot be pressed: nobody can say what it would mean. The way to other pages stays open.
function setInert(inert) {
  for (const node of document.querySelectorAll("main, #urgent, #troubles")) node.inert = inert;
  for (const dialog of document.querySelectorAll("dialog[open]")) if (inert) dialog.close();
}

function startTheme() {
  document.getElementById("theme")?.addEventListener("click", () => {
    const root = document.documentElement;
    root.dataset.theme = root.dataset.theme === "light" ? "dark" : "light";
    window.dispatchEvent(new Event("themechange"));
    try {
      localStorage.setItem("iotgateway.theme", root.dataset.theme);
    } catch {
      // A browser that keeps nothing is dark again on the next page.
    }
  });
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
