// The desk's clock: shown on top, moved forward from a small panel.
import * as api from './api.js';
import { announce, h, icon, toast } from './dom.js';
import { showPopover } from './popover.js';
import { emit } from './store.js';
import { clockText, setNow } from './time.js';

const MOVES = [
  ['+5 min', 300],
  ['+1 h', 3_600],
  ['+8 h', 28_800],
  ['+1 day', 86_400],
];
const UNITS = { minutes: 60, hours: 3_600, days: 86_400 };
let pace = 'step';
let moving = false;

/** The button on top that shows the clock. */
export const clockButton = h('button', {
  type: 'button',
  class: 'clock-button',
  'aria-haspopup': 'dialog',
  'aria-expanded': 'false',
  on: { click: openPanel },
});
const day = h('span', { class: 'day' });
const time = h('b');
clockButton.append(icon('clock'), day, time);

/** Writes the time anew; called every second and whenever the clock moved. */
export function renderClock() {
  const words = clockText();
  if (time.textContent !== words.time) time.textContent = words.time;
  if (day.textContent !== words.day) day.textContent = words.day;
  clockButton.title = `The desk’s clock: ${words.full}`;
  clockButton.setAttribute('aria-label', `The desk’s clock: ${words.day}, ${words.time}. Press to move it forward.`);
  clockButton.classList.toggle('moving', moving);
}

function openPanel() {
  const amount = h('input', {
    type: 'number',
    min: '1',
    max: '9999',
    step: '1',
    value: '30',
    'aria-label': 'How many',
  });
  const unit = h(
    'select',
    { 'aria-label': 'Unit' },
    Object.keys(UNITS).map((name) => h('option', { value: name }, name)),
  );
  const choice = (value, title, text) =>
    h(
      'label',
      { class: 'radio' },
      h('input', {
        type: 'radio',
        name: 'pace',
        value,
        checked: pace === value,
        on: {
          change: () => {
            pace = value;
          },
        },
      }),
      h('span', null, h('b', null, title), h('small', null, text)),
    );
  const panel = h(
    'div',
    { class: 'clock-panel', role: 'dialog', 'aria-label': 'Move the desk’s clock' },
    h('h2', null, 'Move the clock forward'),
    h('p', { class: 'hint' }, 'Deadlines, reminders and automatic escalations follow this clock.'),
    h(
      'div',
      { class: 'moves' },
      MOVES.map(([label, seconds]) =>
        h('button', { type: 'button', class: 'button secondary', on: { click: () => move(seconds, label) } }, label),
      ),
    ),
    h(
      'form',
      {
        class: 'custom',
        on: {
          submit: (event) => {
            event.preventDefault();
            const seconds = Math.round(Number(amount.value) * UNITS[unit.value]);
            if (seconds > 0) move(seconds, `+${amount.value} ${unit.value}`);
          },
        },
      },
      amount,
      unit,
      h('button', { type: 'submit', class: 'button primary' }, 'Move'),
    ),
    h(
      'fieldset',
      null,
      h('legend', { class: 'visually-hidden' }, 'How'),
      choice('step', 'Step', 'Stops at everything that falls due on the way.'),
      choice('jump', 'Jump', 'Straight there, as after an outage.'),
    ),
  );
  showPopover(panel, { anchor: clockButton, align: 'end' });
  panel.querySelector('button').focus();
}

async function move(seconds, label) {
  if (moving) return;
  moving = true;
  renderClock();
  try {
    const answer = await api.moveClock(seconds, pace);
    if (answer?.now) setNow(answer.now);
    announce(`The desk’s clock moved ${label}. It is ${clockText().time}.`);
    emit('clock');
  } catch (error) {
    toast(error.message, 'error');
  } finally {
    moving = false;
    renderClock();
  }
}
