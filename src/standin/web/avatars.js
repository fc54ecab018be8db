// People as they are drawn: initials on a colour that follows from the id, role pills, the name in its role's colour.
import { h, icon } from './dom.js';
import { nameOf, personById, state } from './store.js';

const HUES = [8, 28, 45, 95, 150, 175, 200, 222, 262, 290, 322, 345];

function hueOf(id) {
  let sum = 7;
  for (const digit of String(id)) sum = (sum * 31 + digit.charCodeAt(0)) % 9973;
  return HUES[sum % HUES.length];
}

const initials = (name) =>
  name
    .split(/[\s._-]+/)
    .filter(Boolean)
    .slice(0, 2)
    .map((word) => [...word][0].toUpperCase())
    .join('') || '?';

/** A round picture of a person: two letters, or a headset for an application. */
export function avatar(person, size = 'm') {
  if (person?.bot) return h('span', { class: `avatar bot ${size}`, 'aria-hidden': 'true' }, icon('headset'));
  return h(
    'span',
    { class: `avatar ${size}`, style: { '--hue': hueOf(person?.id ?? '') }, 'aria-hidden': 'true' },
    initials(nameOf(person)),
  );
}

/** Discord's colour number as CSS; 0 means no colour. */
export const colour = (number) => (number ? `#${Number(number).toString(16).padStart(6, '0')}` : null);

/** A role's colour; one without gets a colour of its own here, so that roles can be told apart. */
export const roleColour = (role) => colour(role.color) ?? `hsl(${hueOf(role.id)} 55% 52%)`;

/** Roles as pills, the highest first; the everyone role is left out. */
export function rolePills(person) {
  const roles = (person?.roles ?? [])
    .map((r) => (typeof r === 'string' ? state.world?.roles?.find((known) => known.id === r) : r))
    .filter((r) => r && r.name !== '@everyone');
  return roles.map((role) =>
    h('span', { class: 'role-pill', style: { '--role': roleColour(role) } }, h('i'), h('bdi', null, role.name)),
  );
}

/** The colour of a person's name: that of their highest coloured role. */
export function nameColour(id) {
  const person = personById(id);
  const ids = new Set((person?.roles ?? []).map((r) => r.id ?? r));
  const best = (state.world?.roles ?? [])
    .filter((r) => ids.has(r.id) && r.color)
    .sort((a, b) => (b.position ?? 0) - (a.position ?? 0))[0];
  return best ? colour(best.color) : null;
}
