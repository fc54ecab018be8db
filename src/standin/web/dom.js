// Building blocks of the page: elements, icons, keyed lists, roving focus. Text always becomes a text node here;
// nothing on this page is ever parsed as HTML.

/**
 * Makes an element. `props` are attributes, except: `class`, `dataset` (object), `on` (listeners by event name),
 * `style` (custom properties and properties by name), and booleans (true = present, false/null = absent).
 */
export function h(tag, props, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name === 'class') node.className = value;
    else if (name === 'dataset') Object.assign(node.dataset, value);
    else if (name === 'on') for (const [type, listener] of Object.entries(value)) node.addEventListener(type, listener);
    else if (name === 'style') for (const [key, v] of Object.entries(value)) node.style.setProperty(key, v);
    else if (value === true) node.setAttribute(name, '');
    else node.setAttribute(name, String(value));
  }
  append(node, children);
  return node;
}

/** Appends children: nodes as they are, everything else as text; arrays are flattened, empty values skipped. */
export function append(node, children) {
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue;
    if (Array.isArray(child)) append(node, child);
    else node.append(child instanceof Node ? child : String(child));
  }
  return node;
}

/** Replaces everything inside `node`. */
export function fill(node, ...children) {
  node.replaceChildren();
  return append(node, children);
}

const ICONS = {
  hash: ['M9 4 7 20', 'M17 4l-2 16', 'M4.5 9h16', 'M3.5 15h16'],
  lock: ['M7 11V8a5 5 0 0 1 10 0v3', 'M5.5 11h13v9h-13z', 'M12 15v2'],
  thread: ['M5 5v6a4 4 0 0 0 4 4h9', 'M14 11l4 4-4 4'],
  chevron: ['M7 10l5 5 5-5'],
  right: ['M10 7l5 5-5 5'],
  clock: ['M12 12V7', 'M12 12l4 2', 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z'],
  sun: [
    'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8z',
    'M12 2.5v2',
    'M12 19.5v2',
    'M2.5 12h2',
    'M19.5 12h2',
    'M5.3 5.3l1.4 1.4',
    'M17.3 17.3l1.4 1.4',
    'M5.3 18.7l1.4-1.4',
    'M17.3 6.7l1.4-1.4',
  ],
  moon: ['M20 14.5A8.5 8.5 0 1 1 9.5 4a7 7 0 0 0 10.5 10.5z'],
  menu: ['M4 7h16', 'M4 12h16', 'M4 17h16'],
  close: ['M6 6l12 12', 'M18 6L6 18'],
  search: ['M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14z', 'M16.5 16.5L21 21'],
  eye: [
    'M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12z',
    'M12 9.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6z',
  ],
  reply: ['M9 7L4 12l5 5', 'M4 12h9a7 7 0 0 1 7 7'],
  more: ['M5.5 12h.01', 'M12 12h.01', 'M18.5 12h.01'],
  copy: ['M9 9h11v11H9z', 'M5 15H4V4h11v1'],
  link: ['M14 4h6v6', 'M20 4l-9 9', 'M18 14v6H4V6h6'],
  send: ['M4 12l16-8-6 16-3-6.5z', 'M20 4l-9 9.5'],
  slash: ['M15 4L9 20'],
  help: ['M9.2 9a3 3 0 1 1 4.3 2.7c-1 .5-1.5 1.1-1.5 2.3', 'M12 17.5h.01', 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z'],
  keyboard: ['M3 6.5h18v11H3z', 'M7 10h.01', 'M11 10h.01', 'M15 10h.01', 'M8 14h8'],
  check: ['M5 12.5l4.5 4.5L19 7.5'],
  warn: ['M12 4L2.5 20h19z', 'M12 10v4', 'M12 17h.01'],
  swap: ['M4 8h14', 'M14 4l4 4-4 4', 'M20 16H6', 'M10 12l-4 4 4 4'],
  file: ['M6 3h8l4 4v14H6z', 'M14 3v4h4'],
  clip: ['M20 11l-8.5 8.5a5 5 0 0 1-7-7L13 4a3.4 3.4 0 0 1 4.8 4.8l-8.4 8.4a1.7 1.7 0 0 1-2.4-2.4L14.5 7.3'],
  at: ['M12 8.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7z', 'M15.5 8.5v5a2.5 2.5 0 0 0 5 0V12a8.5 8.5 0 1 0-3.4 6.8'],
  user: ['M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8z', 'M4.5 20c.8-4 3.7-6 7.5-6s6.7 2 7.5 6'],
  down: ['M12 5v13', 'M6 12.5l6 6 6-6'],
  spark: ['M12 3l2 6.5 6.5 2.5-6.5 2.5L12 21l-2-6.5L3.5 12 10 9.5z'],
  headset: ['M5 14v-2a7 7 0 0 1 14 0v2', 'M4 13.5h3v5.5H4z', 'M17 13.5h3v5.5h-3z', 'M18.5 19c0 1.7-2 2.5-5 2.5'],
};

/** A line icon by name; decorative, so hidden from assistive technology. */
export function icon(name) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  svg.classList.add('icon');
  for (const d of ICONS[name] ?? []) {
    const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
    path.setAttribute('d', d);
    svg.append(path);
  }
  return svg;
}

const signatures = new WeakMap();

/**
 * Makes the children of `parent` follow `items`, rebuilding only those whose signature changed, so that focus, open
 * text and scroll position survive. A focused control inside a rebuilt child gets its focus back by `data-focus`.
 */
export function reconcile(parent, items, { key, signature, build }) {
  const known = new Map();
  for (const child of parent.children) known.set(child.dataset.key, child);
  let cursor = parent.firstElementChild;
  for (const item of items) {
    const id = String(key(item));
    const wanted = signature(item);
    let node = known.get(id);
    known.delete(id);
    if (!node) {
      node = build(item);
      node.dataset.key = id;
      parent.insertBefore(node, cursor);
    } else {
      if (signatures.get(node) !== wanted) {
        const fresh = build(item);
        fresh.dataset.key = id;
        if (node === cursor) cursor = fresh;
        swap(node, fresh);
        node = fresh;
      }
      if (node === cursor) cursor = cursor.nextElementSibling;
      else parent.insertBefore(node, cursor);
    }
    signatures.set(node, wanted);
  }
  for (const gone of known.values()) gone.remove();
}

/** Puts `fresh` in the place of `node`, handing over the focus. */
function swap(node, fresh) {
  const active = node.contains(document.activeElement) ? document.activeElement : null;
  node.replaceWith(fresh);
  if (!active) return;
  const name = active.dataset.focus;
  const heir = name ? fresh.querySelector(`[data-focus="${CSS.escape(name)}"]`) : null;
  (heir && !heir.disabled ? heir : fresh).focus({ preventScroll: true });
}

/**
 * Remembers what has the focus now; the function it returns gives it back: to the same element, to the one drawn in its
 * place since, or to the message box.
 */
export function rememberFocus() {
  const node = document.activeElement;
  const name = node?.dataset?.focus;
  const message = node?.closest?.('[data-message]')?.dataset.message;
  return () => {
    const scope = message ? document.querySelector(`[data-message="${CSS.escape(message)}"]`) : document;
    const heir = name ? (scope?.querySelector(`[data-focus="${CSS.escape(name)}"]`) ?? scope) : null;
    const target = node?.isConnected ? node : (heir ?? document.getElementById('message-box'));
    target?.focus?.({ preventScroll: true });
  };
}

/**
 * One tab stop for a list: arrow keys, Home and End move among the elements that match `selector`; the one that had
 * focus last stays the stop.
 */
export function rove(container, selector, { horizontal = false } = {}) {
  const [back, forth] = horizontal ? ['ArrowLeft', 'ArrowRight'] : ['ArrowUp', 'ArrowDown'];
  container.addEventListener('keydown', (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const current = event.target.closest(selector);
    if (!current || (event.target !== current && event.target.matches('input, textarea, select'))) return;
    const stops = [...container.querySelectorAll(selector)];
    const at = stops.indexOf(current);
    const next = { [back]: at - 1, [forth]: at + 1, Home: 0, End: stops.length - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    stops[Math.max(0, Math.min(stops.length - 1, next))]?.focus();
  });
  container.addEventListener('focusin', (event) => {
    const current = event.target.closest(selector);
    if (!current) return;
    for (const stop of container.querySelectorAll(`${selector}[tabindex="0"]`)) stop.tabIndex = -1;
    current.tabIndex = 0;
  });
}

/** Makes sure that exactly one of the roving stops can be reached by Tab. */
export function keepOneStop(container, selector, preferred) {
  const stops = [...container.querySelectorAll(selector)];
  const holder = stops.find((stop) => stop.tabIndex === 0) ?? preferred ?? stops[0];
  for (const stop of stops) stop.tabIndex = stop === holder ? 0 : -1;
}

/**
 * Runs `work` at most once at a time; calls during a run cause exactly one more run after it. The promise settles when
 * all of it is done.
 */
export function coalesce(work) {
  let running = null;
  let wanted = false;
  return function run() {
    wanted = true;
    running ??= (async () => {
      try {
        while (wanted) {
          wanted = false;
          await work();
        }
      } finally {
        running = null;
      }
    })();
    return running;
  };
}

/** Calls `work` once things have been quiet for `ms` milliseconds. */
export function debounce(ms, work) {
  let timer = 0;
  return (...args) => {
    clearTimeout(timer);
    timer = setTimeout(() => work(...args), ms);
  };
}

/** Says a sentence to a screen reader. */
export function announce(text) {
  const live = document.getElementById('live');
  live.append(h('p', null, text));
  while (live.childElementCount > 8) live.firstElementChild.remove();
}

/** Shows a short notice at the edge of the page. `kind` is `note` or `error`. */
export function toast(text, kind = 'note') {
  const note = h('div', { class: `toast ${kind}` }, icon(kind === 'error' ? 'warn' : 'check'), h('span', null, text));
  document.getElementById('toasts').append(note);
  setTimeout(() => note.remove(), kind === 'error' ? 9000 : 5000);
}
