// Small tools to change the page in place. Names of patients, devices and rules come from outside: they only ever go in as text.

/** Makes an element with a class and, if given, a text. */
export function make(tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  return node;
}

/** Writes a text into an element that holds nothing else. The text that stands there is changed, not replaced: a browser has less to lay out for it. */
export function write(node, text) {
  const there = node.firstChild;
  if (there === null) {
    if (text !== "") node.textContent = text;
  } else if (there.nodeType === Node.TEXT_NODE && there === node.lastChild) {
    if (there.data !== text) there.data = text;
  } else {
    node.textContent = text;
  }
}

/** Sets a text, and leaves the page alone where it already says so (a screen reader would read it again). An absent text hides the element. */
export function setText(node, text) {
  const wanted = text ?? "";
  write(node, wanted);
  const hidden = wanted === "";
  if (node.hidden !== hidden) node.hidden = hidden;
}

/** Sets or (for null) removes an attribute. */
export function setAttribute(node, name, value) {
  if (value === null || value === undefined) {
    if (node.hasAttribute(name)) node.removeAttribute(name);
  } else if (node.getAttribute(name) !== String(value)) {
    node.setAttribute(name, value);
  }
}

const partsOf = new WeakMap();

/**
 * Makes the children of an element those of a list, in its order. What has the same key stays the same element, so that focus and pointer keep
 * what they are on. A part is an object with a node and an update(item).
 */
export function reconcile(parent, items, keyOf, create) {
  const before = partsOf.get(parent) ?? new Map();
  const now = new Map();
  for (const item of items) {
    const key = keyOf(item);
    now.set(key, before.get(key) ?? create(item));
  }
  for (const [key, part] of before) {
    if (!now.has(key)) part.node.remove();
  }
  let place = 0;
  for (const item of items) {
    const part = now.get(keyOf(item));
    part.update(item);
    const there = parent.children[place] ?? null;
    if (there !== part.node) parent.insertBefore(part.node, there);
    place++;
  }
  partsOf.set(parent, now);
}

/** Makes an element with attributes (null leaves one out; "on…" is a listener) and children: elements, texts, null for nothing. */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== null && value !== undefined && value !== false) node.setAttribute(name, value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** Makes a button that runs something; while it runs it cannot be pressed again. */
export function button(text, run, attributes = {}) {
  const node = el("button", { type: "button", class: "button", ...attributes }, text);
  node.addEventListener("click", async () => {
    node.disabled = true;
    try {
      await run(node);
    } finally {
      node.disabled = false;
    }
  });
  return node;
}

/** Puts children in the place of what an element holds. */
export function fill(parent, ...children) {
  parent.replaceChildren(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
}
