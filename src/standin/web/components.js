// Buttons and selects under a message, and the newer layout components as far as a help desk meets them.
import { avatar, colour, rolePills } from './avatars.js';
import { h, icon } from './dom.js';
import { busy, chooseIn, pressButton, valuesOf } from './interactions.js';
import { anchorFor, placeOfLink } from './links.js';
import { draw } from './markdown.js';
import { showListbox } from './popover.js';
import { nameOf, personById, state } from './store.js';

const KIND = {
  row: 1,
  button: 2,
  select: 3,
  user: 5,
  role: 6,
  mentionable: 7,
  channel: 8,
  section: 9,
  text: 10,
  separator: 14,
  container: 17,
};
const STYLE = { 1: 'primary', 2: 'secondary', 3: 'success', 4: 'danger', 5: 'link' };

/** Everything under a message. */
export function drawComponents(message) {
  const parts = (message.components ?? []).map((component) => drawComponent(message, component)).filter(Boolean);
  return parts.length ? h('div', { class: 'components' }, parts) : null;
}

function drawComponent(message, component) {
  switch (component.type) {
    case KIND.row:
      return h(
        'div',
        { class: 'row' },
        (component.components ?? []).map((inner) => drawComponent(message, inner)),
      );
    case KIND.button:
      return drawButton(message, component);
    case KIND.select:
    case KIND.user:
    case KIND.role:
    case KIND.mentionable:
    case KIND.channel:
      return drawSelect(message, component);
    case KIND.text:
      return h('div', { class: 'md' }, draw(component.content ?? ''));
    case KIND.separator:
      return h('hr', { class: component.divider === false ? 'bare' : '' });
    case KIND.section:
      return h(
        'div',
        { class: 'section' },
        h(
          'div',
          null,
          (component.components ?? []).map((inner) => drawComponent(message, inner)),
        ),
        component.accessory ? drawComponent(message, component.accessory) : null,
      );
    case KIND.container:
      return h(
        'div',
        { class: 'embed', style: colour(component.accent_color) ? { '--bar': colour(component.accent_color) } : {} },
        (component.components ?? []).map((inner) => drawComponent(message, inner)),
      );
    default:
      return null;
  }
}

const emojiOf = (emoji) => (emoji ? h('span', { class: 'emoji' }, emoji.id ? `:${emoji.name}:` : emoji.name) : null);

function drawButton(message, button) {
  if (button.style === 5) {
    const inside = placeOfLink(button.url);
    const words = [emojiOf(button.emoji), h('span', null, button.label ?? ''), icon(inside ? 'right' : 'link')];
    const anchor = button.disabled
      ? null
      : anchorFor(button.url, { class: 'button link', dataset: { inside: '' } }, words);
    return anchor ?? h('a', { class: 'button link disabled', 'aria-disabled': 'true', title: button.url }, words);
  }
  const working = busy.has(`${message.id}:${button.custom_id}`);
  return h(
    'button',
    {
      type: 'button',
      class: `button ${STYLE[button.style] ?? 'secondary'}${working ? ' busy' : ''}`,
      disabled: Boolean(button.disabled),
      'aria-busy': working ? 'true' : null,
      dataset: { focus: `component-${button.custom_id}`, inside: '' },
      on: { click: () => pressButton(message, button) },
    },
    emojiOf(button.emoji),
    h('span', null, button.label ?? ''),
  );
}

function drawSelect(message, select) {
  const options = optionsOf(select);
  const values = valuesOf(message, select);
  const working = busy.has(`${message.id}:${select.custom_id}`);
  const label = select.placeholder || 'Make a choice';
  const shown = values.map((value) => options.find((o) => o.value === value)?.label ?? value);
  const least = select.min_values ?? 1;
  const most = Math.max(select.max_values ?? 1, 1);
  const button = h(
    'button',
    {
      type: 'button',
      class: `select${working ? ' busy' : ''}${shown.length ? '' : ' empty'}`,
      disabled: Boolean(select.disabled),
      'aria-haspopup': 'listbox',
      'aria-expanded': 'false',
      'aria-label': shown.length ? `${label}: ${shown.join(', ')}` : label,
      dataset: { focus: `component-${select.custom_id}`, inside: '' },
      on: {
        click: () =>
          showListbox({
            options,
            anchor: button,
            label,
            selected: values,
            min: least,
            max: most,
            onChoose: (picked) => chooseIn(message, select, picked),
          }),
        keydown: (event) => {
          if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
            event.preventDefault();
            event.stopPropagation();
            button.click();
          }
        },
      },
    },
    h(
      'span',
      { class: 'shown' },
      shown.length ? [h('small', null, select.placeholder ?? ''), h('b', null, shown.join(', '))] : label,
    ),
    icon('chevron'),
  );
  return button;
}

/** The options of a select as the list shows them; for people, roles and channels everything that the person sees. */
function optionsOf(select) {
  const world = state.world;
  const persons = () =>
    world.people.map((p) => ({
      value: p.id,
      label: nameOf(p),
      description: p.job || `@${p.name}`,
      node: avatar(p, 's'),
    }));
  const roles = () =>
    world.roles.filter((r) => r.name !== '@everyone').map((r) => ({ value: r.id, label: `@${r.name}`, mark: '@' }));
  switch (select.type) {
    case KIND.user:
      return persons();
    case KIND.role:
      return roles();
    case KIND.mentionable:
      return [...persons(), ...roles()];
    case KIND.channel:
      return [...world.channels, ...world.threads]
        .filter((c) => !select.channel_types?.length || select.channel_types.includes(c.type))
        .map((c) => ({ value: c.id, label: c.name, node: icon('hash') }));
    default:
      return (select.options ?? []).map((o) => ({
        value: o.value,
        label: o.label,
        description: o.description,
        mark: o.emoji?.name,
      }));
  }
}

/** A small card about a person: name, job, roles. */
export function personCard(id) {
  const person = personById(id);
  if (!person) return null;
  return h(
    'div',
    { class: 'person-card' },
    avatar(person, 'l'),
    h('b', null, h('bdi', null, nameOf(person))),
    h('small', null, person.bot ? 'Application' : `@${person.name}${person.job ? ` · ${person.job}` : ''}`),
    h('div', { class: 'pills' }, rolePills(person)),
  );
}
