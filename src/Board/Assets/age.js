// Ages are counted from the gateway's clock: the clock of a wall screen may be wrong by minutes.

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

let gatewayTimeAtLastEvent = 0;
let pageTimeAtLastEvent = 0;

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

/** Counts all shown ages on. */
export function tickAges() {
  for (const node of document.querySelectorAll("[data-time]")) refresh(node);
}

function refresh(node) {
  const text = ageText(gatewayTime() - Number(node.dataset.time));
  if (node.textContent !== text) node.textContent = text;
}
