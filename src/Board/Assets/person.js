// In whose name this browser acts. Nobody is signed in yet: the name is what the person says, and the records say so too.

import { askFor } from "./dialog.js";
import { button } from "./dom.js";

const storageKey = "iotgateway.acknowledging-as";

let name = stored();

/** The person's name; asks for it where it is not known. Empty when the person thought better of it. */
export async function person() {
  if (!name) await askName();
  return name;
}

/** Shows in the footer in whose name this browser acts, and lets people change it. */
export function showPerson() {
  const place = document.getElementById("acknowledging");
  place.replaceChildren();
  if (!name) {
    place.append(button("Say who you are", askName, { class: "plain" }));
    return;
  }
  place.append(`Acknowledging as ${name} `, button("change", askName, { class: "plain", "aria-label": `Change the name ${name} in which this browser acts` }));
}

async function askName() {
  const said = await askFor({
    title: "Who acts?",
    text: "Your name or initials. They stand beside what you do and are remembered in this browser.",
    fields: [{ name: "by", label: "Name or initials", value: name, required: true, most: 40, autocomplete: "name" }],
    confirm: "Use this name",
  });
  if (!said || !said.by) return;
  name = said.by;
  try {
    localStorage.setItem(storageKey, name);
  } catch {
    // Where a browser keeps nothing (a private window, a locked-down kiosk), the name lasts as long as the page.
  }
  showPerson();
}

function stored() {
  try {
    return localStorage.getItem(storageKey) ?? "";
  } catch {
    return "";
  }
}
