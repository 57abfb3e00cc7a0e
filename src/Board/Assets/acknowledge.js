// Who acknowledges, and telling the gateway so.

const storageKey = "iotgateway.acknowledging-as";
const deadline = 10_000;

let name = stored();

/** Shows in the footer under whose name this browser acknowledges, and lets people change it. */
export function showName() {
  const place = document.getElementById("acknowledging");
  place.replaceChildren();
  if (!name) return;
  const change = document.createElement("button");
  change.type = "button";
  change.className = "plain";
  change.textContent = "change";
  change.setAttribute("aria-label", `Change the name ${name} under which this browser acknowledges`);
  change.addEventListener("click", askName);
  place.append(`Acknowledging as ${name} `, change);
}

/**
 * Acknowledges the episode a person saw. Returns the sentence to show beside the tile and whether it is good news; null when the person thought
 * better of it.
 */
export async function acknowledge(alertId, episode) {
  if (!name && !(await askName())) return null;
  let answer;
  try {
    answer = await fetch(`api/alerts/${encodeURIComponent(alertId)}/ack`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ episode, by: name }),
      signal: AbortSignal.timeout(deadline),
    });
  } catch {
    return { good: false, sentence: "No answer from the gateway: whether it was acknowledged is not known. Look at the alert." };
  }
  const said = await answer.json().catch(() => ({}));
  if (answer.ok) {
    const first = said.alert?.acknowledgement?.by;
    return said.result === "alreadyAcknowledged" && first
      ? { good: true, sentence: `${first} had acknowledged it before.` }
      : { good: true, sentence: said.sentence ?? "Acknowledged." };
  }
  if (answer.status === 409) {
    return { good: false, sentence: said.sentence + stateNow(said.alert) };
  }
  return { good: false, sentence: `NOT acknowledged. ${said.detail ?? `The gateway answered ${answer.status}.`}` };
}

function stateNow(alert) {
  if (!alert) return " It has ended.";
  const value = alert.value && alert.limit ? ` ${alert.value}, limit ${alert.limit}` : "";
  return ` Now: ${alert.alert}${value}, ${alert.state}.`;
}

function askName() {
  const dialog = document.getElementById("ask");
  const form = document.getElementById("ask-form");
  const input = document.getElementById("ask-name");
  const cancel = document.getElementById("ask-cancel");
  input.value = name;
  dialog.showModal();
  return new Promise((resolve) => {
    let given = false;
    const confirm = (event) => {
      event.preventDefault();
      const said = input.value.trim();
      if (!said) return;
      name = said;
      given = true;
      keep(name);
      showName();
      dialog.close();
    };
    const close = () => dialog.close();
    form.addEventListener("submit", confirm);
    cancel.addEventListener("click", close);
    dialog.addEventListener("close", () => {
      form.removeEventListener("submit", confirm);
      cancel.removeEventListener("click", close);
      resolve(given);
    }, { once: true });
  });
}

// Where a browser keeps nothing (a private window, a locked-down kiosk), the name lasts as long as the page.
function stored() {
  try {
    return localStorage.getItem(storageKey) ?? "";
  } catch {
    return "";
  }
}

function keep(value) {
  try {
    localStorage.setItem(storageKey, value);
  } catch {
    // See above.
  }
}
