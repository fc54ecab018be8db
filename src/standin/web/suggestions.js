// The list above the message box: commands, people, choices. The box keeps the focus; the list is moved by its keys.
import { h } from './dom.js';

const id = 'suggestions';
const title = h('p', { class: 'suggest-title' });
const list = h('ul', { role: 'listbox', id, 'aria-label': 'Suggestions' });

/** The element to put above the message box. */
export const suggestionPanel = h('div', { class: 'suggestions', hidden: true }, title, list);

let items = [];
let active = 0;
let driver = null;

export const suggestionsAreOpen = () => !suggestionPanel.hidden;
export const activeSuggestion = () => (suggestionsAreOpen() ? items[active] : null);

/**
 * Shows items `{label, description, hint, node, pick}` for the field `field`. `note` is shown when there are none.
 * `start` is the item that is marked first; -1 for none, so that Enter does not pick before an arrow key chose.
 */
export function suggest(field, heading, wanted, { note = '', start = 0 } = {}) {
  const same = driver === field && items[active] && wanted[active]?.label === items[active].label;
  driver = field;
  items = wanted;
  active = same ? active : Math.min(start, items.length - 1);
  if (!items.length && !note && !heading) {
    hideSuggestions();
    return;
  }
  title.textContent = heading;
  title.hidden = !heading;
  list.replaceChildren(
    ...items.map((item, at) =>
      h(
        'li',
        {
          role: 'option',
          id: `${id}-${at}`,
          on: {
            // The press must not take the focus from the field.
            pointerdown: (event) => event.preventDefault(),
            click: () => item.pick(),
            pointermove: () => {
              if (active !== at) {
                active = at;
                mark();
              }
            },
          },
        },
        item.node ?? null,
        h(
          'span',
          { class: 'words' },
          h('b', null, item.label),
          item.description ? h('small', null, item.description) : null,
        ),
        item.hint ? h('span', { class: 'hint' }, item.hint) : null,
      ),
    ),
  );
  if (!items.length && note) list.append(h('li', { class: 'empty' }, note));
  suggestionPanel.hidden = false;
  field.setAttribute('aria-expanded', 'true');
  field.setAttribute('aria-controls', id);
  mark();
}

export function hideSuggestions() {
  suggestionPanel.hidden = true;
  items = [];
  driver?.setAttribute('aria-expanded', 'false');
  driver?.removeAttribute('aria-activedescendant');
  driver = null;
}

function mark() {
  [...list.children].forEach((li, at) => {
    li.classList.toggle('active', at === active);
    if (li.id) li.setAttribute('aria-selected', String(at === active));
  });
  const current = list.children[active];
  if (current?.id) {
    driver?.setAttribute('aria-activedescendant', current.id);
    current.scrollIntoView({ block: 'nearest' });
  } else driver?.removeAttribute('aria-activedescendant');
}

/** Lets the list have a key first; true when it used it. Enter and Tab pick what is marked. */
export function suggestionKey(event) {
  if (!suggestionsAreOpen() || event.altKey || event.ctrlKey || event.metaKey) return false;
  if (event.key === 'Escape') {
    hideSuggestions();
    event.stopPropagation();
  } else if (event.key === 'ArrowDown' && items.length) active = (active + 1) % items.length;
  else if (event.key === 'ArrowUp' && items.length) active = (active - 1 + items.length) % items.length;
  else if ((event.key === 'Enter' || (event.key === 'Tab' && !event.shiftKey)) && items[active] && !event.isComposing)
    items[active].pick();
  else return false;
  event.preventDefault();
  if (suggestionsAreOpen()) mark();
  return true;
}
