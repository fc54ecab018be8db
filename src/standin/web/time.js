// The desk's time and how instants are written. Relative times tick on from the `now` that the API gave; everything is
// drawn in the reader's own zone.
import { h } from './dom.js';

let offset = 0;
const LOCALE = /^en\b/i.test(navigator.language) ? navigator.language : 'en-GB';
const format = (options) => new Intl.DateTimeFormat(LOCALE, options);

const STYLES = {
  t: format({ timeStyle: 'short' }),
  T: format({ timeStyle: 'medium' }),
  d: format({ dateStyle: 'short' }),
  D: format({ dateStyle: 'long' }),
  f: format({ dateStyle: 'long', timeStyle: 'short' }),
  F: format({ dateStyle: 'full', timeStyle: 'short' }),
  s: format({ dateStyle: 'short', timeStyle: 'short' }),
  S: format({ dateStyle: 'short', timeStyle: 'medium' }),
};
const FULL = format({ dateStyle: 'full', timeStyle: 'long' });
const WEEKDAY = format({ weekday: 'short', day: 'numeric', month: 'short' });
const RELATIVE = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const UNITS = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
];

/** Sets the desk's clock: `instant` is RFC 3339. */
export function setNow(instant) {
  const at = Date.parse(instant);
  if (Number.isFinite(at)) offset = at - Date.now();
}

/** The desk's time in milliseconds since 1970. */
export const now = () => Date.now() + offset;

export function relative(ms) {
  const seconds = Math.round((ms - now()) / 1000);
  for (const [unit, size] of UNITS) {
    if (Math.abs(seconds) >= size || unit === 'second') return RELATIVE.format(Math.trunc(seconds / size), unit);
  }
  return '';
}

/** An element for `<t:unix:style>`; null when the instant is beyond what a date can hold. */
export function stamp(unix, style) {
  const date = new Date(unix * 1000);
  if (Number.isNaN(date.getTime())) return null;
  const text = style === 'R' ? relative(date.getTime()) : (STYLES[style] ?? STYLES.f).format(date);
  return h(
    'time',
    {
      class: 'stamp',
      datetime: date.toISOString(),
      title: FULL.format(date),
      dataset: style === 'R' ? { relative: String(date.getTime()) } : {},
    },
    text,
  );
}

const dayOf = (ms) => new Date(ms).toDateString();

/** The time of a message: short beside it, whole on hover. */
export function messageTime(instant, short = false) {
  const date = new Date(instant);
  const time = STYLES.t.format(date);
  const today = dayOf(date.getTime()) === dayOf(now());
  const yesterday = dayOf(date.getTime()) === dayOf(now() - 86_400_000);
  const text = short || today ? time : yesterday ? `Yesterday at ${time}` : `${STYLES.d.format(date)} ${time}`;
  return h('time', { class: 'when', datetime: date.toISOString(), title: FULL.format(date) }, text);
}

export const dayTitle = (instant) => STYLES.D.format(new Date(instant));
export const sameDay = (a, b) => dayOf(Date.parse(a)) === dayOf(Date.parse(b));

/** The desk's clock for the top bar. */
export function clockText() {
  const date = new Date(now());
  return { day: WEEKDAY.format(date), time: STYLES.t.format(date), full: FULL.format(date) };
}

/** Ticks every second: relative times on screen are written anew where their words changed. */
export function startTicking(onTick) {
  setInterval(() => {
    for (const node of document.querySelectorAll('time[data-relative]')) {
      const text = relative(Number(node.dataset.relative));
      if (node.textContent !== text) node.textContent = text;
    }
    onTick();
  }, 1000);
}
