// Who plays: a list of everybody with job and roles, to search and to choose from.
import { avatar, rolePills } from './avatars.js';
import { h, icon } from './dom.js';
import { showDialog } from './popover.js';
import { nameOf, state } from './store.js';

/**
 * A dialog with a search field over a list. `entriesFor(text)` gives `{id, node, act, current}`; Enter or a press acts.
 * Shared by the person switcher and the quick switcher.
 */
export function showFinder({ label, placeholder, hint, entriesFor }) {
  const list = h('ul', { role: 'listbox', id: 'finder-list', 'aria-label': label });
  const field = h('input', {
    type: 'text',
    role: 'combobox',
    'aria-expanded': 'true',
    'aria-controls': 'finder-list',
    'aria-label': label,
    placeholder,
    autocomplete: 'off',
    spellcheck: 'false',
  });
  const content = h(
    'div',
    { class: 'finder-body' },
    h('div', { class: 'finder-field' }, icon('search'), field),
    list,
    hint ? h('p', { class: 'finder-hint' }, hint) : null,
  );
  const { dialog, close } = showDialog({ label, className: 'finder', content });
  let shown = [];
  let active = 0;
  const act = (entry) => {
    close();
    entry.act();
  };
  const mark = () => {
    [...list.querySelectorAll('[role=option]')].forEach((li, at) => {
      li.classList.toggle('active', at === active);
      li.setAttribute('aria-selected', String(at === active));
      if (at === active) {
        field.setAttribute('aria-activedescendant', li.id);
        li.scrollIntoView({ block: 'nearest' });
      }
    });
  };
  const render = () => {
    shown = entriesFor(field.value.trim().toLowerCase());
    let title = null;
    list.replaceChildren();
    shown.forEach((entry, at) => {
      if (entry.title && entry.title !== title)
        list.append(h('li', { class: 'finder-title', role: 'presentation' }, entry.title));
      title = entry.title;
      list.append(
        h(
          'li',
          {
            role: 'option',
            id: `finder-${at}`,
            class: entry.current ? 'current' : '',
            on: {
              click: () => act(entry),
              pointermove: () => {
                if (active !== at) {
                  active = at;
                  mark();
                }
              },
            },
          },
          entry.node,
        ),
      );
    });
    if (!shown.length) list.append(h('li', { class: 'empty' }, 'Nobody and nothing by that name.'));
    mark();
  };
  field.addEventListener('input', () => {
    active = 0;
    render();
  });
  dialog.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown') active = Math.min(active + 1, shown.length - 1);
    else if (event.key === 'ArrowUp') active = Math.max(active - 1, 0);
    else if (event.key === 'PageDown') active = Math.min(active + 6, shown.length - 1);
    else if (event.key === 'PageUp') active = Math.max(active - 6, 0);
    else if (event.key === 'Enter' && shown[active]) {
      event.preventDefault();
      act(shown[active]);
      return;
    } else return;
    event.preventDefault();
    mark();
  });
  render();
  const current = shown.findIndex((entry) => entry.current);
  if (current >= 0) {
    active = current;
    mark();
  }
  field.focus();
}

/** One line for a person: picture, name, job, roles. */
export function personRow(person) {
  return h(
    'span',
    { class: 'person-row' },
    avatar(person),
    h(
      'span',
      { class: 'words' },
      h('b', null, h('bdi', null, nameOf(person))),
      h('small', null, person.job || `@${person.name}`),
    ),
    h('span', { class: 'pills' }, rolePills(person), person.owner ? h('span', { class: 'owner-mark' }, 'owner') : null),
  );
}

const rank = (person) => (/\bL[1-4]\b|technician|lead|admin|owner/i.test(person.job ?? '') ? 1 : 0);

/** Everybody who can be played, employees first, fitting what was typed. */
export function playable(text) {
  return state.people
    .filter((p) => !p.bot)
    .filter((p) =>
      `${nameOf(p)} ${p.name} ${p.job ?? ''} ${(p.roles ?? []).map((r) => r.name).join(' ')}`
        .toLowerCase()
        .includes(text),
    )
    .sort((a, b) => rank(a) - rank(b));
}

/** Opens the person switcher; `onChoose` gets the name of the person. */
export function showPersonSwitcher(onChoose) {
  showFinder({
    label: 'Be somebody else',
    placeholder: 'Search people by name, job or role',
    hint: 'Each browser tab remembers its own person: open a second tab to be two people at once.',
    entriesFor: (text) =>
      playable(text).map((person) => ({
        id: person.id,
        current: person.id === state.world?.me?.id,
        title: rank(person) ? 'The desk' : 'Employees',
        node: personRow(person),
        act: () => onChoose(person.name),
      })),
  });
}
