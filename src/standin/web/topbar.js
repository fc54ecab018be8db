// On top: what this is, who you are, the desk's clock, light or dark, the guide.
import { avatar, rolePills } from './avatars.js';
import { clockButton, renderClock } from './deskclock.js';
import { h, icon } from './dom.js';
import { toggleGuide } from './guide.js';
import { showShortcuts } from './keyboard.js';
import { showPersonSwitcher } from './people.js';
import { toggleDrawer } from './sidebar.js';
import { emit, nameOf, on, state } from './store.js';

const who = h('button', {
  type: 'button',
  class: 'who',
  'aria-haspopup': 'dialog',
  'aria-keyshortcuts': 'Control+J',
  on: { click: () => openSwitcher() },
});
const themeButton = h('button', { type: 'button', class: 'icon-button', on: { click: switchTheme } });

document.getElementById('topbar').append(
  h(
    'button',
    {
      type: 'button',
      class: 'icon-button drawer-button',
      'aria-label': 'Channels',
      on: { click: () => toggleDrawer() },
    },
    icon('menu'),
  ),
  h(
    'span',
    { class: 'brand' },
    h('img', { src: '/web/icon.svg', alt: '', width: '24', height: '24' }),
    h('b', null, 'Deskhand'),
    h('small', null, 'stand-in'),
  ),
  who,
  h(
    'span',
    { class: 'tools' },
    clockButton,
    h(
      'button',
      {
        type: 'button',
        class: 'icon-button shortcuts-button',
        'aria-label': 'Keyboard shortcuts',
        title: 'Keyboard shortcuts (Ctrl+/)',
        on: { click: showShortcuts },
      },
      icon('keyboard'),
    ),
    themeButton,
    h(
      'button',
      {
        type: 'button',
        class: 'icon-button',
        'aria-label': 'What to try',
        title: 'What to try',
        on: { click: () => toggleGuide() },
      },
      icon('help'),
    ),
  ),
);

/** Opens the list of people to be. */
export function openSwitcher() {
  showPersonSwitcher((name) => emit('become', { name }));
}

function render() {
  const { world } = state;
  if (!world) return;
  who.replaceChildren(
    avatar(world.me),
    h(
      'span',
      { class: 'words' },
      h('small', null, 'You are'),
      h('b', null, h('bdi', null, nameOf(world.me))),
      h('span', { class: 'job' }, world.me.job ?? ''),
    ),
    h('span', { class: 'pills' }, rolePills(world.me)),
    h('span', { class: 'switch' }, icon('swap'), h('kbd', null, 'Ctrl J')),
  );
  who.setAttribute(
    'aria-label',
    `You are ${nameOf(world.me)}${world.me.job ? `, ${world.me.job}` : ''}. Press to be somebody else.`,
  );
  renderClock();
}

const isDark = () => {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
};

function renderTheme() {
  themeButton.replaceChildren(icon(isDark() ? 'sun' : 'moon'));
  themeButton.setAttribute('aria-label', isDark() ? 'Switch to light' : 'Switch to dark');
  themeButton.title = isDark() ? 'Light' : 'Dark';
}

function switchTheme() {
  const wanted = isDark() ? 'light' : 'dark';
  document.documentElement.dataset.theme = wanted;
  localStorage.setItem('deskhand.theme', wanted);
  renderTheme();
}

matchMedia('(prefers-color-scheme: dark)').addEventListener('change', renderTheme);
on('world', render);
on('place', render);
renderTheme();
