// Ages are counted from the gateway's clock: the clock of a wall screen may be wrong by minutes.

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

/** Makes an element show the age of a time, for as long as it stands in the page; null shows nothing. */
export function showAge(node, time) {
  if (time === null || time === undefined) {
    delete node.dataset.time;
    if (node.textContent !== "") node.textContent = "";
    return;
  }
  node.dataset.time = time;
  refresh(node);
}

/** "0:42", "12:05", "3 h 20 min": how long it still is. */
export function leftText(left) {
  const seconds = Math.max(0, Math.ceil(left / second));
  if (seconds >= 3600) return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** Makes an element count down to a time; null shows nothing. */
export function showLeft(node, until) {
  if (until === null || until === undefined) {
    delete node.dataset.until;
    if (node.textContent !== "") node.textContent = "";
    return;
  }
  node.dataset.until = until;
  refreshLeft(node);
}

/** Counts all shown ages on, and all that is left down. */
export function tickAges() {
  for (const node of document.querySelectorAll("[data-time]")) refresh(node);
  for (const node of document.querySelectorAll("[data-until]")) refreshLeft(node);
}

function refreshLeft(node) {
  const text = leftText(Number(node.dataset.until) - gatewayTime());
  if (node.textContent !== text) node.textContent = text;
}

function refresh(node) {
  const text = ageText(gatewayTime() - Number(node.dataset.time));
  if (node.textContent !== text) node.textContent = text;
}
