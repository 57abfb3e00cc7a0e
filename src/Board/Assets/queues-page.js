// The durable queues: the consumers as a whole, topics by part of their name, and what could not be used. There may be 100,000 topics: only a page
// of them is ever asked for.

import { act, part, read } from "./api.js";
import { ageText } from "./age.js";
import { askFor, field } from "./dialog.js";
import { button, el, fill } from "./dom.js";
import { tell } from "./notice.js";
import { start } from "./shell.js";
import { count, missing, showTable } from "./table.js";
import { exactTime } from "./time.js";

const pageSize = 25;
const refreshEvery = 5_000;

const consumersPlace = document.getElementById("consumers");
const topicsPlace = document.getElementById("topics");
const lettersPlace = document.getElementById("letters");
const contains = field({ name: "contains", label: "Topic contains" });
const consumer = field({ name: "consumer", label: "Consumer", type: "select", options: [["", "all"]] });
const waiting = field({ name: "waiting", label: "Only what waits", type: "checkbox" });
const filter = el("form", { class: "filters", novalidate: true }, contains.node, consumer.node, waiting.node);
let offset = 0;
let typing = 0;

fill(document.getElementById("topic-filter"), filter);
filter.addEventListener("submit", (event) => event.preventDefault());
filter.addEventListener("input", () => {
  clearTimeout(typing);
  typing = setTimeout(() => {
    offset = 0;
    loadTopics();
  }, 250);
});

start();
await loadConsumers();
await Promise.all([loadTopics(), loadLetters()]);
setInterval(() => {
  // Nothing is put under a pointer or a focus.
  if (document.hidden || document.querySelector("dialog[open]") || document.querySelector(".table-box:hover, .table-box:focus-within")) return;
  loadConsumers();
  loadTopics();
}, refreshEvery);

async function loadConsumers() {
  const answer = await read("api/queues/consumers");
  if (!answer.ok) {
    missing(consumersPlace, answer.sentence);
    return;
  }
  const { consumers, topics, topicsMost, refused } = answer.data;
  fill(document.getElementById("queue-state"), el("p", { class: "soft" }, `${count(topics)} of at most ${count(topicsMost)} topics; ${count(refused)} messages refused since the start`));
  const names = consumers.map((each) => each.name);
  if (consumer.input.options.length !== names.length + 1) {
    fill(consumer.input, [["", "all"], ...names.map((name) => [name, name])].map(([value, label]) => el("option", { value }, label)));
  }
  showTable(consumersPlace, {
    caption: "Consumers",
    empty: "There is no consumer.",
    rows: consumers,
    columns: [
      { label: "Consumer", header: true, of: (row) => row.name },
      { label: "State", of: (row) => (row.paused ? el("strong", { class: "bad" }, "PAUSED") : row.trouble ? el("strong", { class: "bad" }, "in trouble") : el("span", { class: "good" }, "runs")) },
      { label: "Waiting", number: true, of: (row) => count(row.depth) },
      { label: "Oldest", number: true, of: (row) => ageOf(row.oldestAgeSeconds) },
      { label: "Parked", number: true, of: (row) => count(row.parked) },
      { label: "Trouble", className: "anywhere", of: (row) => row.trouble ?? null },
      {
        label: "", className: "actions-cell", of: (row) => el("span", {},
          row.stores ? button("Replay …", () => replay(row.name), { class: "button small", "aria-label": `Replay to ${row.name}` }) : null,
          row.paused ? button("Resume", () => done(act(`api/queues/${part(row.name)}/resume`, {})), { class: "button small", "aria-label": `Resume ${row.name}` })
            : button("Pause …", () => pause(row), { class: "button small", "aria-label": `Pause ${row.name}` })),
      },
    ],
  });
}

async function loadTopics() {
  const query = new URLSearchParams({ most: String(pageSize), offset: String(offset), contains: contains.value(), consumer: consumer.value(), waiting: String(waiting.value()) });
  const answer = await read(`api/queues/topics?${query}`);
  if (!answer.ok) {
    missing(topicsPlace, answer.sentence);
    return;
  }
  const { rows, matching } = answer.data;
  showTable(topicsPlace, {
    caption: "Topics with their consumers, the deepest first",
    empty: "No topic matches.",
    rows,
    columns: [
      { label: "Topic", header: true, className: "anywhere", of: (row) => row.topic },
      { label: "Consumer", of: (row) => row.consumer },
      { label: "Waiting", number: true, of: (row) => (row.depth === undefined ? "…" : count(row.depth)) },
      { label: "Oldest", number: true, of: (row) => ageOf(row.oldestAgeSeconds) },
      { label: "In / s", number: true, of: (row) => rate(row.appendedPerSecond) },
      { label: "Out / s", number: true, of: (row) => rate(row.deliveredPerSecond) },
      { label: "Parked", number: true, of: (row) => count(row.parked) },
      { label: "Records", number: true, of: (row) => count(row.records) },
    ],
  });
  topicsPlace.append(el("div", { class: "pager" },
    el("span", { class: "soft" }, matching === 0 ? "" : `${count(offset + 1)} to ${count(offset + rows.length)} of ${count(matching)}`),
    button("Previous", () => step(-pageSize), { class: "button small", disabled: offset === 0 }),
    button("Next", () => step(pageSize), { class: "button small", disabled: offset + rows.length >= matching })));
}

function step(by) {
  offset = Math.max(0, offset + by);
  return loadTopics();
}

async function loadLetters() {
  const answer = await read("api/queues/dead-letters?most=100", { within: 30_000 });
  if (!answer.ok) {
    missing(lettersPlace, answer.sentence);
    return;
  }
  showTable(lettersPlace, {
    caption: "Dead letters, newest first",
    empty: "Nothing was unusable.",
    rows: answer.data.letters,
    columns: [
      { label: "Received", header: true, className: "nowrap", of: (row) => exactTime(row.received) },
      { label: "Consumer", of: (row) => row.consumer },
      { label: "Topic", className: "anywhere", of: (row) => row.topic },
      { label: "Record", number: true, of: (row) => count(row.sequence) },
      { label: "Why", className: "anywhere", of: (row) => row.reason },
    ],
  });
  lettersPlace.append(answer.data.more ? el("p", { class: "hint" }, "There are more: iotgateway queue dead-letters lists all.") : "");
}

async function replay(name) {
  const said = await askFor({
    title: `Deliver to ${name} once more`,
    text: "What it has already is overwritten by the same: nothing is doubled.",
    fields: [
      { name: "deadLetters", label: "Its dead letters and what is parked", type: "checkbox", value: true },
      { name: "topic", label: "Only this topic (empty: all)", most: 500 },
    ],
    confirm: "Deliver once more",
  });
  if (!said) return;
  await done(act(`api/queues/${part(name)}/replay`, { deadLetters: said.deadLetters, topic: said.topic || undefined }, 60_000));
  loadLetters();
}

async function pause({ name }) {
  const warns = name === "rules" || name === "mqtt-alerts";
  const said = await askFor({
    title: `Pause ${name}`,
    text: warns ? "While it is paused NOBODY IS WARNED. It stays paused over a restart, until somebody resumes it." : "What it should take waits in the queue, also over a restart, until somebody resumes it.",
    fields: warns ? [{ name: "sure", label: "I know that nobody is warned meanwhile", type: "checkbox", required: true }] : [],
    confirm: "Pause",
    danger: warns,
  });
  if (said) await done(act(`api/queues/${part(name)}/pause`, { stopMonitoring: said.sure === true }));
}

async function done(acting) {
  if (tell(await acting)) loadConsumers();
}

function ageOf(seconds) {
  return seconds === undefined ? "–" : ageText(seconds * 1000);
}

function rate(perSecond) {
  return perSecond === undefined ? "–" : perSecond < 10 ? perSecond.toFixed(1) : count(Math.round(perSecond));
}
