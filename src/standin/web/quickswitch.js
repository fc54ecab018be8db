// Ctrl+K: jump to a channel, a thread, a direct message, or become somebody.
import { h, icon } from './dom.js';
import { personRow, playable, showFinder } from './people.js';
import { placesInOrder, state } from './store.js';

export const PLACE_ICON = (place) =>
  place.kind === 'direct'
    ? 'at'
    : place.kind === 'thread'
      ? place.private || place.type === 12
        ? 'lock'
        : 'thread'
      : 'hash';

/** Opens the quick switcher. `onPlace` gets the id of a place, `onPerson` the name of a person. */
export function showQuickSwitcher({ onPlace, onPerson }) {
  showFinder({
    label: 'Go to',
    placeholder: 'Where to? A channel, a thread, or a person to be',
    hint: '↑ ↓ to move, Enter to go, Escape to close',
    entriesFor: (text) => {
      const wanted = text.replace(/^[#@]/, '');
      const places = text.startsWith('@')
        ? []
        : placesInOrder()
            .filter((place) => place.name.toLowerCase().includes(wanted))
            .sort((a, b) => Number(!text && b.mentions > 0) - Number(!text && a.mentions > 0))
            .map((place) => ({
              title: 'Places',
              current: place.id === state.place,
              node: placeRow(place),
              act: () => onPlace(place.id),
            }));
      const persons = text.startsWith('#')
        ? []
        : playable(wanted)
            .filter((p) => p.id !== state.world?.me?.id)
            .map((person) => ({
              title: 'Be somebody else',
              node: personRow(person),
              act: () => onPerson(person.name),
            }));
      return [...places, ...persons];
    },
  });
}

function placeRow(place) {
  const parent = place.kind === 'thread' ? state.world?.channels?.find((c) => c.id === place.parent_id)?.name : null;
  return h(
    'span',
    { class: 'place-row' },
    icon(PLACE_ICON(place)),
    h('bdi', null, place.name),
    parent ? h('small', null, `in #${parent}`) : null,
    place.mentions > 0
      ? h('span', { class: 'badge' }, String(place.mentions))
      : place.unread > 0
        ? h('span', { class: 'dot' })
        : null,
  );
}
