// The ward board: takes the gateway's events and keeps the page as they say.

import { onKey } from "./keys.js";
import { announce, start } from "./shell.js";
import { UrgentStrip } from "./urgent.js";
import { Wards } from "./wards.js";

const wards = new Wards();
const urgent = new UrgentStrip((key) => wards.choose(key));

onKey("j", "To the next bed", () => wards.step(1));
onKey("k", "To the bed before", () => wards.step(-1));
onKey("u", "To the most urgent alert", () => document.querySelector("#urgent .urgent-item")?.click());
onKey("a", "Acknowledge the first alert of the bed that has the focus", () => press(".acknowledge"));
onKey("s", "Silence it", () => press(".silence"));
onKey("c", "Care of the bed that has the focus", () => press(".care-button"));
onKey("p", "Open the patient of the bed that has the focus", () => press("a.patient"));

start({
  stream: "api/stream",
  kinds: ["ward", "change"],
  onEvent: (kind, data) => {
    urgent.show(data.header);
    wards.take(kind, data);
    announce(wards.calling());
  },
  onLost: () => wards.lost(),
});

function press(selector) {
  const tile = document.activeElement?.closest(".tile");
  [...(tile?.querySelectorAll(selector) ?? [])].find((node) => !node.hidden && !node.disabled)?.click();
}
