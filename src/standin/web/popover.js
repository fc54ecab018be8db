// Things that float: a panel beside an element, a menu, a list to choose from. One is open at a time; Escape or a press
// elsewhere closes it and the focus goes back to where it was.
import { h, icon, rememberFocus } from './dom.js';

let open = null;

/** Closes what floats. `refocus` false leaves the focus where it is. */
export function closePopover(refocus = true) {
  if (!open) return false;
  const { panel, anchor, onClose } = open;
  open = null;
  const inside = panel.contains(document.activeElement);
  panel.remove();
  anchor?.setAttribute?.('aria-expanded', 'false');
  onClose?.();
  if (refocus && inside && anchor?.isConnected) anchor.focus?.({ preventScroll: true });
  return true;
}

export const popoverIsOpen = () => open !== null;

/**
 * Shows `panel` beside `anchor` (an element) or at a point `{x, y}`. `side` is `below` or `above`; the panel flips when
 * there is no room.
 */
export function showPopover(panel, { anchor = null, point = null, side = 'below', align = 'start', onClose } = {}) {
  closePopover(false);
  panel.classList.add('popover');
  const host = anchor?.closest?.('dialog') ?? document.body;
  host.append(panel);
  anchor?.setAttribute?.('aria-expanded', 'true');
  place(panel, anchor, point, side, align);
  panel.addEventListener('keydown', leaveByTab);
  open = { panel, anchor: anchor ?? document.activeElement, onClose };
  return panel;
}

const tabStops = (node) =>
  [...node.querySelectorAll('input, textarea, select, button, a[href], [tabindex="0"]')].filter(
    (stop) => stop.tabIndex >= 0 && !stop.disabled && stop.checkVisibility(),
  );

/** Tab beyond the last control (or before the first) closes the panel and goes back to what opened it. */
function leaveByTab(event) {
  if (event.key !== 'Tab' || event.defaultPrevented) return;
  const stops = tabStops(event.currentTarget);
  if (document.activeElement !== (event.shiftKey ? stops[0] : stops.at(-1))) return;
  event.preventDefault();
  closePopover();
}

function place(panel, anchor, point, side, align) {
  const box = anchor
    ? anchor.getBoundingClientRect()
    : { left: point.x, right: point.x, top: point.y, bottom: point.y, width: 0 };
  const room = 8;
  if (anchor) panel.style.setProperty('min-width', `${Math.min(box.width, 420)}px`);
  const { width, height } = panel.getBoundingClientRect();
  const viewport = { width: document.documentElement.clientWidth, height: window.innerHeight };
  let left = align === 'end' ? box.right - width : box.left;
  left = Math.max(room, Math.min(left, viewport.width - width - room));
  const below = box.bottom + 6;
  const above = box.top - 6 - height;
  const fits = { below: below + height <= viewport.height - room, above: above >= room };
  let top = side === 'above' ? (fits.above || !fits.below ? above : below) : fits.below || !fits.above ? below : above;
  top = Math.max(room, Math.min(top, viewport.height - height - room));
  panel.style.setProperty('left', `${Math.round(left)}px`);
  panel.style.setProperty('top', `${Math.round(top)}px`);
}

document.addEventListener(
  'pointerdown',
  (event) => {
    if (open && !open.panel.contains(event.target) && !open.anchor?.contains?.(event.target)) closePopover(false);
  },
  true,
);
window.addEventListener('resize', () => closePopover());

/**
 * A menu of actions. `entries` are `{label, icon, hint, act, danger}`, `{title}` for a heading or `null` for a line.
 */
export function showMenu(entries, where, label) {
  const items = [];
  const panel = h('div', { class: 'menu', role: 'menu', 'aria-label': label });
  for (const entry of entries) {
    if (entry === null) panel.append(h('hr', { role: 'separator' }));
    else if (entry.title) panel.append(h('p', { class: 'menu-title', role: 'presentation' }, entry.title));
    else {
      const item = h(
        'button',
        {
          type: 'button',
          role: 'menuitem',
          tabindex: '-1',
          class: entry.danger ? 'danger' : '',
          on: {
            click: () => {
              closePopover();
              entry.act();
            },
          },
        },
        icon(entry.icon ?? 'right'),
        h('span', null, entry.label),
        entry.hint ? h('kbd', null, entry.hint) : null,
      );
      items.push(item);
      panel.append(item);
    }
  }
  panel.addEventListener('keydown', (event) => {
    const at = items.indexOf(document.activeElement);
    const next = {
      ArrowDown: (at + 1) % items.length,
      ArrowUp: (at - 1 + items.length) % items.length,
      Home: 0,
      End: items.length - 1,
    }[event.key];
    if (next !== undefined) items[next].focus();
    else if (event.key.length === 1 && /\S/.test(event.key)) {
      const initial = event.key.toLowerCase();
      [...items.slice(at + 1), ...items.slice(0, at + 1)]
        .find((item) => item.textContent.trim().toLowerCase().startsWith(initial))
        ?.focus();
    } else if (event.key === 'Tab') closePopover();
    else return;
    event.preventDefault();
  });
  showPopover(panel, where);
  items[0]?.focus({ preventScroll: true });
  return panel;
}

/**
 * A list to choose from, with a field to narrow it when it is long. `options` are `{value, label, description, mark,
 * node}`. Single choice closes at once; with `max` above one, ticks are collected and handed over on closing.
 */
export function showListbox({
  options,
  anchor,
  label,
  selected = [],
  min = 1,
  max = 1,
  search = options.length > 8,
  onChoose,
}) {
  const multiple = max > 1;
  const chosen = new Set(selected);
  const id = `list-${Math.random().toString(36).slice(2, 8)}`;
  const list = h('ul', {
    role: 'listbox',
    id,
    'aria-label': label,
    'aria-multiselectable': multiple,
    tabindex: search ? null : '0',
  });
  const field = search
    ? h('input', {
        type: 'text',
        class: 'filter',
        placeholder: 'Search',
        role: 'combobox',
        'aria-expanded': 'true',
        'aria-controls': id,
        'aria-label': `Search: ${label}`,
        autocomplete: 'off',
        spellcheck: 'false',
      })
    : null;
  const done = multiple
    ? h('button', { type: 'button', class: 'button primary small', on: { click: () => hand() } }, 'Choose')
    : null;
  const note = h('p', { class: 'list-note' });
  const panel = h(
    'div',
    { class: 'listbox' },
    field,
    list,
    multiple ? h('div', { class: 'list-foot' }, note, done) : null,
  );
  const driver = field ?? list;
  let shown = [];
  let active = 0;

  const hand = () => {
    if (chosen.size < min || chosen.size > max) return;
    closePopover();
    onChoose([...chosen]);
  };
  const pick = (option) => {
    if (!multiple) {
      closePopover();
      onChoose([option.value]);
      return;
    }
    if (chosen.has(option.value)) chosen.delete(option.value);
    else if (chosen.size < max) chosen.add(option.value);
    render();
  };
  const render = () => {
    const wanted = (field?.value ?? '').trim().toLowerCase();
    shown = options.filter((o) => `${o.label} ${o.description ?? ''}`.toLowerCase().includes(wanted));
    active = Math.max(0, Math.min(active, shown.length - 1));
    list.replaceChildren(
      ...shown.map((option, at) =>
        h(
          'li',
          {
            role: 'option',
            id: `${id}-${at}`,
            class: at === active ? 'active' : '',
            'aria-selected': chosen.has(option.value) ? 'true' : 'false',
            on: {
              click: () => pick(option),
              pointermove: () => {
                if (active !== at) {
                  active = at;
                  mark();
                }
              },
            },
          },
          option.node ?? (option.mark ? h('span', { class: 'mark' }, option.mark) : null),
          h(
            'span',
            { class: 'words' },
            h('b', null, option.label),
            option.description ? h('small', null, option.description) : null,
          ),
          chosen.has(option.value) ? icon('check') : null,
        ),
      ),
    );
    if (!shown.length) list.append(h('li', { class: 'empty' }, 'Nothing fits.'));
    if (multiple) {
      note.textContent = min === max ? `Choose ${min}` : `Choose ${min} to ${max} · ${chosen.size} chosen`;
      done.disabled = chosen.size < min;
    }
    mark();
  };
  const mark = () => {
    [...list.children].forEach((li, at) => li.classList.toggle('active', at === active));
    const current = list.children[active];
    if (current?.id) driver.setAttribute('aria-activedescendant', current.id);
    current?.scrollIntoView?.({ block: 'nearest' });
  };
  panel.addEventListener('keydown', (event) => {
    if (event.target === done) return;
    if (event.key === 'ArrowDown') active = Math.min(active + 1, shown.length - 1);
    else if (event.key === 'ArrowUp') active = Math.max(active - 1, 0);
    else if (event.key === 'Home' && !field) active = 0;
    else if (event.key === 'End' && !field) active = shown.length - 1;
    else if (event.key === 'Enter' || (event.key === ' ' && !field)) {
      if (event.ctrlKey && multiple) hand();
      else if (shown[active]) pick(shown[active]);
      event.preventDefault();
      return;
    } else if (!field && event.key.length === 1) {
      const at = shown.findIndex((o) => o.label.toLowerCase().startsWith(event.key.toLowerCase()));
      if (at >= 0) active = at;
    } else return;
    event.preventDefault();
    mark();
  });
  field?.addEventListener('input', () => {
    active = 0;
    render();
  });
  active = Math.max(
    0,
    options.findIndex((o) => chosen.has(o.value)),
  );
  render();
  showPopover(panel, { anchor });
  mark();
  driver.focus({ preventScroll: true });
}

/** A dialog in the middle of the page. Focus stays inside it and goes back afterwards (the browser's own dialog). */
export function showDialog({ label, className, content, onClose, mayClose = () => true }) {
  closePopover(false);
  const giveBack = rememberFocus();
  const dialog = h('dialog', { class: className, 'aria-label': label }, content);
  const close = () => {
    if (!dialog.isConnected) return;
    // Out of the page first: a dialog that hands the focus back by itself leaves a message box that takes no text.
    dialog.remove();
    onClose?.();
    giveBack();
  };
  dialog.addEventListener('cancel', (event) => {
    event.preventDefault();
    if (popoverIsOpen()) closePopover();
    else if (mayClose()) close();
  });
  // The browser keeps the focus off the page behind, but lets it out to its own controls: here it goes round.
  dialog.addEventListener('keydown', (event) => {
    if (event.key !== 'Tab' || event.defaultPrevented) return;
    const stops = tabStops(dialog);
    const edge = event.shiftKey ? stops[0] : stops.at(-1);
    if (document.activeElement !== edge) return;
    event.preventDefault();
    (event.shiftKey ? stops.at(-1) : stops[0])?.focus();
  });
  // Pressing beside the dialog closes it; a press that began inside (text being selected) does not.
  let outside = false;
  dialog.addEventListener('pointerdown', (event) => {
    outside = event.target === dialog;
  });
  dialog.addEventListener('click', (event) => {
    if (outside && event.target === dialog && mayClose()) close();
  });
  document.body.append(dialog);
  dialog.showModal();
  return { dialog, close };
}
