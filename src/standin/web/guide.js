// What to try: the story of a help desk in six lines, each of which takes you to the right person and place. Lines are
// ticked as they happen. Dismissible; the question mark on top brings it back.
import * as api from './api.js';
import { fill, h, icon } from './dom.js';
import { emit, nameOf, on, placeById, state } from './store.js';

const panel = document.getElementById('guide');
const CLOSED = 'deskhand.guide.closed';
const DONE = 'deskhand.guide.done';
const WIDE = matchMedia('(min-width: 1180px)');

const DESK = /\bL[1-4]\b|technician|lead|admin|owner/i;
const STEPS = [
  {
    id: 'ask',
    who: null,
    where: /^help|help$/i,
    title: 'Ask',
    text: 'Type /ask and what is wrong, such as “my VPN drops every few minutes”.',
    ready: 'ask',
  },
  {
    id: 'open',
    who: null,
    where: null,
    title: 'Open a ticket',
    text: 'Not solved? Press Open a ticket under the answer and describe it.',
  },
  {
    id: 'claim',
    who: /\bL1\b/i,
    where: /l1|tier-?1/i,
    title: 'Claim',
    text: 'The ticket waits in the queue. Press Claim on its card.',
  },
  {
    id: 'escalate',
    who: null,
    where: null,
    title: 'Escalate',
    text: 'Beyond you? Press Escalate and write the hand-over.',
  },
  {
    id: 'resolve',
    who: /\bL2\b/i,
    where: /l2|tier-?2/i,
    waiting: true,
    title: 'Accept and resolve',
    text: 'Press Accept, then Resolve, and say what fixed it.',
  },
  {
    id: 'watch',
    who: /\blead\b/i,
    where: /escalation/i,
    title: 'Watch',
    text: 'Every hand-over leaves a line in #escalations, with its age and reason.',
  },
];

let done = new Set(JSON.parse(sessionStorage.getItem(DONE) ?? '[]'));
let lastPress = '';

/** Shows or hides the guide; without an argument the other way round. */
export function toggleGuide(shown = panel.hidden) {
  panel.hidden = !shown;
  document.body.classList.toggle('with-guide', shown);
  localStorage.setItem(CLOSED, shown ? '' : 'yes');
  if (shown) panel.querySelector('button')?.focus({ preventScroll: true });
}

/** Who of the desk plays a step: by job; where several could, the one who is waited for (mentions). */
function candidates(step) {
  const people = state.people.filter((p) => !p.bot);
  if (step.who)
    return people.filter(
      (p) =>
        step.who.test(`${p.job ?? ''} ${(p.roles ?? []).map((r) => r.name).join(' ')}`) &&
        (step.who.source.includes('lead') || !/\blead\b/i.test(p.job ?? '')),
    );
  return people.filter((p) => !p.owner && !DESK.test(p.job ?? ''));
}

async function go(step) {
  const people = candidates(step);
  if (!people.length) return;
  let best = people.find((p) => p.id === state.world?.me?.id) ?? people[0];
  if (people.length > 1 && people.length <= 4 && step.who) {
    const worlds = await Promise.all(people.map((p) => api.world(p.name).catch(() => null)));
    const waiting = (world) =>
      [...(world?.channels ?? []), ...(world?.threads ?? [])].reduce((sum, c) => sum + (c.mentions ?? 0), 0);
    const most = Math.max(...worlds.map(waiting));
    if (most > 0) best = people[worlds.findIndex((world) => waiting(world) === most)];
  }
  emit('become', {
    name: best.name,
    where: step.where,
    waiting: step.waiting,
    then: () => {
      if (step.ready && state.commands.some((c) => c.name === step.ready)) emit('compose', `/${step.ready} `);
    },
  });
  if (!WIDE.matches) toggleGuide(false);
}

function render() {
  const current = STEPS.find((step) => !done.has(step.id));
  const steps = STEPS.map((step) => {
    const person = step.who || step.ready ? candidates(step)[0] : null;
    const words = step.who
      ? `Be ${/lead/.test(step.who.source) ? 'the lead' : `an ${step.id === 'claim' ? 'L1' : 'L2'} technician`}`
      : person
        ? 'Start here'
        : null;
    return h(
      'li',
      { class: `${done.has(step.id) ? 'done' : ''}${step === current ? ' current' : ''}` },
      h(
        'span',
        { class: 'tick', 'aria-label': done.has(step.id) ? 'Done' : null },
        done.has(step.id) ? icon('check') : null,
      ),
      h(
        'div',
        null,
        h('b', null, step.title),
        h('p', null, step.text),
        person
          ? h(
              'button',
              {
                type: 'button',
                class: `button small ${step === current ? 'primary' : 'secondary'}`,
                title: `${nameOf(person)}${person.job ? `, ${person.job}` : ''}`,
                dataset: { step: step.id },
                on: { click: () => go(step) },
              },
              words,
              icon('right'),
            )
          : null,
      ),
    );
  });
  fill(
    panel,
    h(
      'header',
      null,
      h('h2', null, 'What to try'),
      h(
        'button',
        {
          type: 'button',
          class: 'icon-button',
          'aria-label': 'Close the guide',
          on: { click: () => toggleGuide(false) },
        },
        icon('close'),
      ),
    ),
    h('p', { class: 'lead-in' }, 'One company, one help desk. You play everybody: change who you are on top, or here.'),
    h('ol', { class: 'steps' }, steps),
    current
      ? h('p', { class: 'tail' }, 'Move the clock on top to see deadlines pass.')
      : h(
          'p',
          { class: 'tail' },
          'That is the whole story. ',
          h('button', { type: 'button', class: 'text-button', on: { click: restart } }, 'Untick it'),
        ),
  );
}

function restart() {
  done = new Set();
  sessionStorage.removeItem(DONE);
  render();
}

function tick(id) {
  if (done.has(id)) return;
  done.add(id);
  sessionStorage.setItem(DONE, JSON.stringify([...done]));
  render();
}

on('did', ({ what, label }) => {
  if (what === 'run' && /^\/ask\b/.test(label)) tick('ask');
  if (what === 'run') lastPress = label;
  if (what === 'press') {
    if (/claim/i.test(label)) tick('claim');
    // Continue only takes the form further: what was begun stays what is under way.
    if (!/continue/i.test(label)) lastPress = label;
  }
  if (what === 'submit') {
    if (/ticket/i.test(lastPress) && !/escalat|resolve/i.test(label)) tick('open');
    if (/escalat/i.test(lastPress)) tick('escalate');
    if (/resolve/i.test(lastPress)) tick('resolve');
  }
});
on('place', () => {
  if (done.has('escalate') && /escalation/i.test(placeById(state.place)?.name ?? '')) tick('watch');
});
on('people', () => {
  const fits = STEPS.filter((step) => step.who).every((step) => candidates(step).length > 0);
  if (!fits) {
    panel.hidden = true;
    document.body.classList.remove('with-guide');
    return;
  }
  render();
  if (panel.hidden && localStorage.getItem(CLOSED) !== 'yes') {
    panel.hidden = false;
    document.body.classList.add('with-guide');
  }
});
