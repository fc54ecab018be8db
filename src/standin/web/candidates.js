// People, roles and places to choose from, as the lists show them: `{label, value, description, node}`.
import { avatar, roleColour } from './avatars.js';
import { h, icon } from './dom.js';
import { nameOf, state } from './store.js';

export const persons = () =>
  (state.world?.people ?? []).map((p) => ({
    label: nameOf(p),
    value: p.id,
    name: p.name,
    description: p.job || `@${p.name}`,
    node: avatar(p, 's'),
  }));
export const roles = () =>
  (state.world?.roles ?? [])
    .filter((r) => r.name !== '@everyone')
    .map((r) => ({
      label: r.name,
      value: r.id,
      description: 'Role',
      node: h('span', { class: 'role-dot', style: { '--role': roleColour(r) } }),
    }));
export const places = (types) =>
  [...(state.world?.channels ?? []).filter((c) => c.type !== 4), ...(state.world?.threads ?? [])]
    .filter((c) => !types?.length || types.includes(c.type))
    .map((c) => ({
      label: c.name,
      value: c.id,
      description: c.parent_id && c.private !== undefined ? 'Thread' : c.topic,
      node: icon('hash'),
    }));
