// The rule files: edit, check, see what would change, save; and the sets that were or are to be in force.

import { act, ask, part, read } from "./api.js";
import { askFor, show } from "./dialog.js";
import { diffView } from "./diff.js";
import { button, el, fill } from "./dom.js";
import { notice, tell } from "./notice.js";
import { outcomeOf } from "./rule-outcome.js";
import { RuleEditor } from "./rule-editor.js";
import { start } from "./shell.js";
import { showTable } from "./table.js";
import { shortTime } from "./time.js";
import { plainNames } from "./words.js";

const longWork = 120_000;
const stepWords = { inForce: "in force", waits: "waits for approval", approved: "approved", refused: "refused", rolledBack: "rolled back to", filesInvalid: "files invalid", filesValid: "files valid again" };

const state = document.getElementById("rules-state");
const decision = document.getElementById("decision");
const filesPlace = document.getElementById("files");
const outcome = document.getElementById("outcome");
const outcomeBody = document.getElementById("outcome-body");

let files = { version: "", mayBeSaved: false, files: [] };
let edited = new Map();
let chosen = null;
let errors = [];
let shownState = "";

const editor = new RuleEditor(document.getElementById("editor"), {
  onText: (text) => {
    if (text === saved(chosen)) edited.delete(chosen);
    else edited.set(chosen, text);
    showFiles();
  },
  onCheck: check,
  onTry: tryOut,
  onDiff: () => showDiff(),
  onSave: save,
});

addEventListener("beforeunload", (event) => {
  if (edited.size > 0) event.preventDefault();
});
start({ onEvent: (kind, { header }) => header.build && refreshState(header) });
await Promise.all([loadFiles(), loadHistory()]);

function refreshState(header) {
  const now = JSON.stringify([header.ruleSet, header.ruleErrors, header.troubles]);
  if (now === shownState) return;
  const first = shownState === "";
  shownState = now;
  fill(state, header.ruleErrors.length > 0
    ? el("p", { class: "bad" }, "The files have errors: the last good rules stay in force.")
    : el("p", {}, header.ruleSet ? el("span", {}, "In force: ", el("strong", { class: "code" }, header.ruleSet)) : el("strong", { class: "bad" }, "No rules in force: nobody is monitored.")));
  if (!first) {
    loadHistory();
    if (edited.size === 0) loadFiles();
  }
}

async function loadFiles() {
  const answer = await read("api/rules/files");
  if (!answer.ok) {
    fill(filesPlace, el("p", { class: "missing" }, answer.sentence));
    return;
  }
  files = answer.data;
  if (!chosen || saved(chosen) === undefined) chosen = files.files[0]?.name ?? null;
  choose(chosen);
  await check(true);
}

function saved(name) {
  return files.files.find((file) => file.name === name)?.text;
}

function texts() {
  const names = new Set([...files.files.map((file) => file.name), ...edited.keys()]);
  return [...names].sort().map((name) => ({ name, text: edited.get(name) ?? saved(name) }));
}

function choose(name) {
  chosen = name;
  document.getElementById("editor-title").textContent = name ?? "File";
  editor.open(name, name ? edited.get(name) ?? saved(name) ?? "" : "", files.mayBeSaved, errors.filter((error) => error.file === name));
  showFiles();
}

function showFiles() {
  fill(filesPlace, el("ul", { class: "file-list" }, texts().map(({ name }) => {
    const wrong = errors.filter((error) => error.file === name);
    const bad = wrong.filter((error) => error.error).length;
    return el("li", {}, el("button", { type: "button", class: "file", "aria-current": name === chosen ? "true" : null, onclick: () => choose(name) },
      el("span", {}, name), el("span", { class: bad > 0 ? "bad" : "faint" }, [edited.has(name) ? "changed" : null, bad > 0 ? `${bad} error${bad > 1 ? "s" : ""}` : wrong.length > 0 ? `${wrong.length} to look at` : null].filter(Boolean).join(", "))));
  })), files.mayBeSaved ? el("div", { class: "actions" }, button("New file …", newFile, { class: "button small" })) : el("p", { class: "hint" }, "The gateway may not write these files: change them where they are kept."));
}

async function newFile() {
  const said = await askFor({ title: "A new rule file", fields: [{ name: "name", label: "Name, for example 40-ward.yaml", required: true }], confirm: "Begin it" });
  if (!said) return;
  edited.set(said.name, "version: 1\npopulation: adults\n\nrules:\n");
  choose(said.name);
}

async function check(quiet = false) {
  const answer = await ask("api/rules/check", { files: texts() }, longWork);
  if (!answer.ok) {
    if (!quiet) notice(answer.sentence, false);
    return false;
  }
  errors = answer.data.diagnostics.map((each) => ({ ...each, file: each.file.split("/").pop() }));
  editor.showErrors(errors.filter((error) => error.file === chosen), errors, choose);
  showFiles();
  if (!quiet) notice(answer.data.valid ? "No errors." : "There are errors: they stand below the text.", answer.data.valid);
  return answer.data.valid;
}

async function tryOut() {
  if (!(await check(true))) {
    notice("There are errors: they stand below the text.", false);
    return false;
  }
  outcome.hidden = false;
  fill(outcomeBody, el("p", { class: "soft" }, "Working out what would change …"));
  const body = { files: texts(), hours: 24 };
  const [plan, backtest] = [await ask("api/rules/plan", body, longWork), await ask("api/rules/backtest", body, longWork)];
  fill(outcomeBody, outcomeOf(plan, backtest));
  outcome.scrollIntoView({ block: "nearest" });
  return true;
}

function showDiff() {
  const views = [...edited].map(([name, text]) => diffView(name, saved(name) ?? "", text)).filter(Boolean);
  show("Changes not saved yet", views.length > 0 ? views : el("p", {}, "There are none."));
}

async function save() {
  if (edited.size === 0) {
    notice("Nothing has changed.", false);
    return;
  }
  if (!(await tryOut())) return;
  const names = [...edited.keys()].join(", ");
  const said = await askFor({ title: `Save ${names}`, text: "What would change stands on the page. A set that takes a rule away or ends a high alert waits for approval.", confirm: "Save" });
  if (!said) return;
  for (const [name, text] of [...edited]) {
    const answer = await act(`api/rules/files/${part(name)}`, { text, expected: files.version });
    if (!tell(answer)) break;
    edited.delete(name);
    const now = await read("api/rules/files");
    if (now.ok) files = now.data;
  }
  choose(chosen);
  loadHistory();
}

async function loadHistory() {
  const place = document.getElementById("steps");
  const answer = await read("api/rules/history");
  if (!answer.ok) {
    fill(place, el("p", { class: "missing" }, answer.sentence));
    return;
  }
  const steps = answer.data.steps;
  showDecision(steps.find((step) => ["inForce", "approved", "rolledBack", "waits", "refused"].includes(step.step)));
  showTable(place, {
    caption: "Steps of the rule sets, newest first",
    empty: "No rule set was ever in force.",
    rows: steps,
    columns: [
      { label: "When", header: true, className: "nowrap", of: (step) => (step.at ? shortTime(step.at) : "–") },
      { label: "Version", className: "code nowrap", of: (step) => step.version.slice(0, 8) },
      { label: "What", className: "nowrap", of: (step) => el("span", {}, stepWords[step.step] ?? step.step, step.inForce ? el("strong", {}, " ← now") : null) },
      { label: "By", of: (step) => plainNames(step.by) || "the files" },
      { label: "What was expected", className: "anywhere", of: (step) => (step.why ? el("details", {}, el("summary", {}, step.why.split("\n").find((line) => !line.endsWith(":"))?.trim() ?? step.why), el("pre", { class: "code why" }, step.why)) : null) },
      {
        label: "", className: "actions-cell", of: (step) => (step.hasFiles ? el("span", {},
          button("Compare", () => compare(step), { class: "button small", "aria-label": `Compare ${step.version.slice(0, 8)} with the files` }),
          step.inForce || step.step === "waits" ? null : button("Roll back …", () => rollBack(step), { class: "button small", "aria-label": `Roll back to ${step.version.slice(0, 8)}` })) : null),
      },
    ],
  });
}

function showDecision(last) {
  if (last?.step !== "waits") {
    fill(decision);
    return;
  }
  fill(decision, el("section", { class: "panel waits" },
    el("h2", {}, `Rule set ${last.version.slice(0, 8)} waits for approval since ${shortTime(last.at)}`),
    el("pre", { class: "code why" }, last.why),
    el("div", { class: "actions" },
      button("Approve …", () => decide("approve", "Approve the rule set that waits", last.why), { class: "button primary" }),
      button("Refuse …", () => decide("refuse", "Refuse the rule set that waits", "The rules in force stay until the files change."), { class: "button" }))));
}

async function decide(what, title, text) {
  const said = await askFor({ title, text, confirm: what === "approve" ? "Approve" : "Refuse" });
  if (said && tell(await act(`api/rules/${what}`, {}, longWork))) loadHistory();
}

async function rollBack(step) {
  const said = await askFor({ title: `Roll back to ${step.version.slice(0, 8)}`, text: "It counts until the files change. If it ends something of weight it waits for approval.", confirm: "Roll back", danger: true });
  if (said && tell(await act("api/rules/rollback", { version: step.version }, longWork))) loadHistory();
}

async function compare(step) {
  const answer = await read(`api/rules/versions/${part(step.version)}`);
  if (!answer.ok) {
    notice(answer.sentence, false);
    return;
  }
  const before = new Map(answer.data.files.map((file) => [file.name, file.text]));
  const now = new Map(texts().map((file) => [file.name, file.text]));
  const views = [...new Set([...before.keys(), ...now.keys()])].sort().map((name) => diffView(name, before.get(name) ?? "", now.get(name) ?? "")).filter(Boolean);
  show(`From ${step.version.slice(0, 8)} to the files`, views.length > 0 ? views : el("p", {}, "They are the same."));
}
