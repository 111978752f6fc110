// @ts-check
// The little that the inspector needs of a library.

/**
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {Partial<HTMLElementTagNameMap[Name]>} [properties]
 * @param {...(Node | string)} children
 */
export function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

/** @type {WeakMap<Element, { key: string, state: string }>} */
const shown = new WeakMap();

/**
 * Makes the children of `parent` show `items`. A child whose item has not changed stays as it is; one that is made
 * anew gets the focus that it had.
 * @template Item
 * @param {Element} parent
 * @param {readonly Item[]} items
 * @param {(item: Item) => string} keyOf
 * @param {(item: Item) => HTMLElement} make
 */
export function show(parent, items, keyOf, make) {
  const focused = document.activeElement;
  const before = new Map([...parent.children].map((child) => [shown.get(child)?.key, child]));
  const children = items.map((item) => {
    const key = keyOf(item);
    const state = JSON.stringify(item);
    const known = before.get(key);
    if (known && shown.get(known)?.state === state) return known;
    const made = make(item);
    shown.set(made, { key, state });
    if (known?.contains(focused)) {
      const heir = /** @type {HTMLElement | null} */ (made.querySelector('a, button'));
      queueMicrotask(() => heir?.focus());
    }
    return made;
  });
  children.forEach((child, index) => {
    const standing = parent.children[index] ?? null;
    if (standing !== child) parent.insertBefore(child, standing);
  });
  while (parent.children.length > children.length) parent.lastElementChild?.remove();
}

/**
 * One stop for Tab, and the arrow keys, Home and End within. Returns what is to be called when the stops have changed.
 * @param {HTMLElement} container
 * @param {string} selector
 */
export function rove(container, selector) {
  const stops = () => /** @type {HTMLElement[]} */ ([...container.querySelectorAll(selector)]);
  /** @type {EventTarget | null} */
  let current = null;
  const settle = () => {
    const all = stops();
    const stop = all.find((each) => each === current) ?? all[0];
    for (const each of all) each.tabIndex = each === stop ? 0 : -1;
  };
  container.addEventListener('focusin', ({ target }) => {
    current = target;
    settle();
  });
  container.addEventListener('keydown', (event) => {
    const all = stops();
    const at = all.findIndex((stop) => stop === event.target);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    all[Math.min(Math.max(to, 0), all.length - 1)]?.focus();
  });
  return settle;
}
