// Keys that work everywhere on the page, and the list of them.
import { focusComposer } from './composer.js';
import { h, icon } from './dom.js';
import { closePopover, popoverIsOpen, showDialog } from './popover.js';
import { showQuickSwitcher } from './quickswitch.js';
import { toggleDrawer } from './sidebar.js';
import { emit, placesInOrder, state } from './store.js';
import { openSwitcher } from './topbar.js';

const KEYS = [
  ['Ctrl K', 'Go to a channel, thread or person'],
  ['Ctrl J', 'Be somebody else'],
  ['Alt ↑ / Alt ↓', 'Channel before / after'],
  ['Alt Shift ↑ / ↓', 'Unread channel before / after'],
  ['F6', 'Next part of the page'],
  ['/', 'Commands, in the message box'],
  ['Tab', 'Next field of a command; picks the marked choice'],
  ['↑ in an empty box', 'To the messages; ↑ ↓ between them'],
  ['Enter on a message', 'To its first button'],
  ['R on a message', 'Reply'],
  ['Shift F10 on a message', 'Its menu, with the apps'],
  ['Ctrl Enter in a form', 'Submit'],
  ['Escape', 'Close, or back to the message box'],
  ['Ctrl /', 'This list'],
];

/** Shows the list of keys. */
export function showShortcuts() {
  const content = h(
    'div',
    { class: 'sheet' },
    h(
      'header',
      null,
      h('h2', null, 'Keyboard'),
      h(
        'button',
        { type: 'button', class: 'icon-button', 'aria-label': 'Close', on: { click: () => close() } },
        icon('close'),
      ),
    ),
    h(
      'dl',
      { class: 'keys' },
      KEYS.map(([keys, text]) => h('div', null, h('dt', null, h('kbd', null, keys)), h('dd', null, text))),
    ),
  );
  const { close } = showDialog({ label: 'Keyboard shortcuts', className: 'sheet-dialog', content });
}

function openQuickSwitcher() {
  showQuickSwitcher({ onPlace: (id) => emit('go', { place: id }), onPerson: (name) => emit('become', { name }) });
}

function step(by, unreadOnly) {
  const places = placesInOrder();
  const at = places.findIndex((place) => place.id === state.place);
  for (let i = 1; i <= places.length; i += 1) {
    const place = places[(at + by * i + places.length * (i + 1)) % places.length];
    if (place.id !== state.place && (!unreadOnly || place.unread > 0)) {
      emit('go', { place: place.id });
      return;
    }
  }
}

const PANES = [
  () => document.querySelector('#sidebar a[tabindex="0"]'),
  () => document.querySelector('.messages .message[tabindex="0"]'),
  () => document.querySelector('.composer .command-line input, .composer textarea:not([hidden])'),
  () => document.querySelector('#topbar .who'),
];

function nextPane(back) {
  const holders = ['sidebar', 'conversation', 'composer', 'topbar'];
  const at = holders.findIndex((id) => document.getElementById(id).contains(document.activeElement));
  for (let i = 1; i <= PANES.length; i += 1) {
    const target = PANES[(at + (back ? -i : i) + PANES.length * 2) % PANES.length]();
    if (target?.offsetParent) {
      target.focus();
      return;
    }
  }
}

document.addEventListener('keydown', (event) => {
  if (event.isComposing || event.defaultPrevented) return;
  const control = event.ctrlKey || event.metaKey;
  const inDialog = Boolean(document.querySelector('dialog[open]'));
  if (event.key === 'Escape') {
    if (closePopover()) event.preventDefault();
    else if (!inDialog) {
      if (document.body.classList.contains('drawer')) toggleDrawer(false);
      focusComposer();
    }
    return;
  }
  if (inDialog) return;
  const key = event.key.toLowerCase();
  const shortcut =
    control && !event.shiftKey && !event.altKey
      ? { k: openQuickSwitcher, j: openSwitcher, '/': showShortcuts }[key]
      : event.altKey && !control && key === 'arrowup'
        ? () => step(-1, event.shiftKey)
        : event.altKey && !control && key === 'arrowdown'
          ? () => step(1, event.shiftKey)
          : key === 'f6'
            ? () => nextPane(event.shiftKey)
            : null;
  if (shortcut) {
    event.preventDefault();
    shortcut();
    return;
  }
  // Typing goes to the message box from anywhere that does not take text itself.
  const target = event.target;
  const takesText = target.closest?.(
    'input, textarea, select, [contenteditable], button, a, [role=menu], [role=listbox]',
  );
  if (!control && !event.altKey && event.key.length === 1 && event.key !== ' ' && !takesText && !popoverIsOpen())
    focusComposer();
});

document.getElementById('skip').addEventListener('click', (event) => {
  event.preventDefault();
  focusComposer();
});
