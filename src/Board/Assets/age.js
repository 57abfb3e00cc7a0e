// Ages are counted from the gateway's clock: the clock of a wall screen may be wrong by minutes.

import { write } from "./dom.js";

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

// Until the first event the screen's own clock has to do.
let gatewayTimeAtLastEvent = Date.now();
let pageTimeAtLastEvent = performance.now();

/** Notes the gateway's time as an event told it. */
export function noteGatewayTime(time) {
  gatewayTimeAtLastEvent = time;
  pageTimeAtLastEvent = performance.now();
}

/** The gateway's time now, in Unix milliseconds: the last told plus what has passed since. */
export function gatewayTime() {
  return gatewayTimeAtLastEvent + (performance.now() - pageTimeAtLastEvent);
}

/** "12 s", "38 min", "5 h", "3 d". */
export function ageText(age) {
  if (age < minute) return `${Math.max(0, Math.floor(age / second))} s`;
  if (age < hour) return `${Math.floor(age / minute)} min`;
  if (age < 2 * day) return `${Math.floor(age / hour)} h`;
  return `${Math.floor(age / day)} d`;
}

// What is counted, by element. An element that was taken off the page is forgotten at the next tick.
const ages = new Map();
const countdowns = new Map();

/** Makes an element show the age of a time, for as long as it stands in the page; null shows nothing. */
export function showAge(node, time) {
  count(ages, ageOf, node, time);
}

/** "0:42", "12:05", "3 h 20 min": how long it still is. */
export function leftText(left) {
  const seconds = Math.max(0, Math.ceil(left / second));
  if (seconds >= 3600) return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** Makes an element count down to a time; null shows nothing. */
export function showLeft(node, until) {
  count(countdowns, leftOf, node, until);
}

/** Counts all shown ages on, and all that is left down. */
export function tickAges() {
  tick(ages, ageOf);
  tick(countdowns, leftOf);
}

function ageOf(time) {
  return ageText(gatewayTime() - time);
}

function leftOf(until) {
  return leftText(until - gatewayTime());
}

function count(counted, textOf, node, time) {
  if (time === null || time === undefined) {
    counted.delete(node);
    write(node, "");
    return;
  }
  counted.set(node, time);
  write(node, textOf(time));
}

function tick(counted, textOf) {
  for (const [node, time] of counted) {
    if (node.isConnected) write(node, textOf(time));
    else counted.delete(node);
  }
}
