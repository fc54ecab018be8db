// Links: those that lead to a place of this company (Discord's own addresses of channels and messages) stay on the page;
// all others open in a tab of their own.
import { h } from './dom.js';
import { addressOf, myName } from './store.js';

const WEB = /^https?:\/\//i;
const PLACE = /^https?:\/\/(?:ptb\.|canary\.)?discord(?:app)?\.com\/channels\/(?:\d+|@me)\/(\d+)(?:\/(\d+))?\/?$/i;

/** The place, and perhaps the message, that an address on Discord names; null for any other address. */
export function placeOfLink(url) {
  const found = PLACE.exec(url ?? '');
  return found ? { place: found[1], message: found[2] ?? null } : null;
}

/** An anchor for an address; null when it is neither a place nor on the web, so that nothing else can be opened. */
export function anchorFor(url, props, ...children) {
  const inside = placeOfLink(url);
  if (inside) {
    const data = { ...props.dataset, place: inside.place };
    if (inside.message) data.jump = inside.message;
    return h('a', { ...props, href: addressOf(myName(), inside.place), dataset: data }, children);
  }
  if (!WEB.test(url ?? '')) return null;
  return h('a', { ...props, href: url, target: '_blank', rel: 'noopener noreferrer nofollow', title: url }, children);
}
