// Walks the story of the help desk through the page, as a person would, and counts what the person has to do.
//
//   node walk.mjs ADDRESS SCREENSHOTS
//
// An employee asks, gets an answer and opens a ticket; an L1 technician claims it and hands it over; an L2 technician
// accepts and resolves it; the lead reads of it in #escalations. A click, a filled field and a key-chord are one input
// each; no ticket number is ever typed. Fails when a step is missing, above 25 inputs, at an error on the console, and
// at a request to anywhere else. `BROWSER_TOOLS` names the folder that holds playwright-core, `CHROMIUM` the browser.
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const [address, shots] = process.argv.slice(2);
if (!address || !shots) throw new Error('Give the address of the page and a folder for screenshots.');
const { chromium } = createRequire(path.join(process.env.BROWSER_TOOLS ?? process.cwd(), 'package.json'))(
  'playwright-core',
);

const MOST = 25;
const PATIENCE = 20_000;
const QUESTION = 'my VPN drops every few minutes';
const SUMMARY = 'Mia in accounts loses the VPN every few minutes since Monday, on cable and on Wi-Fi.';
const REMEDY = 'The gateway had run out of addresses; the pool is larger now and the connection stays.';

const base = new URL(address).origin;
const complaints = [];
let inputs = 0;
let pictures = 0;
let page = null;

function count(what) {
  inputs += 1;
  console.log(`${String(inputs).padStart(4)}  ${what}`);
}
async function click(target, what) {
  await target.click();
  count(`press ${what}`);
}
async function write(target, text, what) {
  await target.fill(text);
  count(`fill ${what}`);
}
async function key(chord) {
  await page.keyboard.press(chord);
  count(`key ${chord}`);
}
async function picture(name) {
  pictures += 1;
  await page.screenshot({
    path: path.join(shots, `${String(pictures).padStart(2, '0')}-${name}.png`),
    animations: 'disabled',
  });
}
function must(holds, sentence) {
  if (!holds) throw new Error(sentence);
}

const message = (filter) => page.locator('.message', filter).last();
const inPlace = () => page.locator('#channel-head h2');
const dialog = () => page.getByRole('dialog');
const control = (name) => ({ has: page.getByRole('button', { name, exact: true }) });

/** Waits until the guide has ticked a line of the story. */
const ticked = (line) => page.locator(`#guide li:nth-child(${line}).done`).waitFor();

/** Chooses in every select of a message that has no choice yet: the option that fits, or the first. */
async function chooseAll(inside, wanted) {
  const selects = inside.locator('button.select');
  for (let at = 0; at < (await selects.count()); at += 1) {
    const select = selects.nth(at);
    if (!(await select.evaluate((node) => node.classList.contains('empty')))) continue;
    const label = await select.innerText();
    await click(select, `the choice “${label.trim()}”`);
    const options = page.getByRole('option');
    await options.first().waitFor();
    const texts = await options.allInnerTexts();
    const found = texts.findIndex((text) => wanted.some((pattern) => pattern.test(text)));
    await click(options.nth(Math.max(found, 0)), `“${texts[Math.max(found, 0)].split('\n')[0]}”`);
    await page.waitForFunction((index) => {
      const all = [...document.querySelectorAll('.message')].filter((m) => m.querySelector('button.select')).at(-1);
      const one = all?.querySelectorAll('button.select')[index];
      return one && !one.classList.contains('empty') && !one.classList.contains('busy');
    }, at);
  }
}

/** Fills every required field of the open form that is still empty, then sends it. */
async function fillForm(texts) {
  await dialog().waitFor();
  const fields = dialog().locator('.field');
  for (let at = 0; at < (await fields.count()); at += 1) {
    const input = fields.nth(at).locator('input, textarea');
    const label = (await fields.nth(at).locator('label').innerText()).replace(/[ *]+$/, '');
    const required = (await input.getAttribute('aria-required')) === 'true';
    if (!required || (await input.inputValue())) continue;
    const found = texts.find(([pattern]) => pattern.test(label));
    must(found, `The form asks for “${label}”, which the story does not know.`);
    await write(input, found[1], `“${label}”`);
  }
  await picture('form');
  await click(dialog().getByRole('button', { name: 'Submit' }), 'Submit');
  await dialog().waitFor({ state: 'detached' });
}

async function story() {
  await page.goto(`${base}/`);
  await page.locator('#message-box').waitFor();
  await page.waitForFunction(() => document.querySelector('#message-box').placeholder.includes('commands'));
  must(/^help/.test(await inPlace().innerText()), 'The page does not open in the help channel.');
  must(/Be an L1 technician/.test(await page.locator('#guide').innerText()), 'The page does not say what to try.');
  const employee = (await page.evaluate(() => location.hash)).split('/')[2];
  await picture('first-sight');

  console.log('An employee asks and opens a ticket.');
  await write(page.locator('#message-box'), `/ask ${QUESTION}`, 'the question');
  await key('Enter');
  await message(control('Open a ticket')).waitFor();
  await picture('answer');
  const article = (await message(control('Open a ticket')).locator('.embed-title').innerText()).trim();
  await click(
    message(control('Open a ticket')).getByRole('button', { name: 'Open a ticket', exact: true }),
    'Open a ticket',
  );
  await Promise.race([message(control('Continue')).waitFor(), dialog().waitFor()]);
  if (!(await dialog().count())) {
    await chooseAll(message(control('Continue')), [/VPN/, /^One person/, /workaround/]);
    await picture('draft');
    await click(message(control('Continue')).getByRole('button', { name: 'Continue', exact: true }), 'Continue');
  }
  await fillForm([
    [/one line/, 'My VPN drops every few minutes'],
    [/happens/, 'Since Monday the VPN drops every few minutes, on cable and on Wi-Fi.'],
  ]);
  const thread = page.locator('.thread .place-link').last();
  await thread.waitFor();
  const number = /T-\d+/.exec(await thread.innerText())?.[0];
  must(number, 'The ticket’s thread bears no number.');
  await picture('ticket-open');

  console.log('An L1 technician claims it and hands it over.');
  await click(page.locator('[data-step=claim]'), 'Be an L1 technician');
  const card = () => page.locator('.message', { hasText: number, has: page.locator('.embed') }).last();
  await card().getByRole('button', { name: 'Claim', exact: true }).waitFor();
  await picture('queue');
  await click(card().getByRole('button', { name: 'Claim', exact: true }), 'Claim');
  const escalate = page.locator('.message', { hasText: number, ...control('Escalate') }).last();
  await escalate.waitFor();
  await picture('claimed');
  await click(escalate.getByRole('button', { name: 'Escalate', exact: true }), 'Escalate');
  await fillForm([
    [/summary/i, SUMMARY],
    [/tried/i, 'The article on the VPN, another cable, a restart.'],
    [/finding/i, 'Both lines drop at the same second, so it is not the line.'],
    [/ask|next tier/i, 'Please look at the log of the gateway.'],
    [/requester|user|told/i, 'That a specialist takes over today.'],
  ]);
  await ticked(4);
  await picture('handed-over');

  console.log('An L2 technician accepts and resolves it.');
  await called(number);
  await click(page.locator('[data-step=resolve]'), 'Be an L2 technician');
  const accept = page.locator('.message', control('Accept')).last();
  await accept.waitFor();
  await picture('offered');
  await click(accept.getByRole('button', { name: 'Accept', exact: true }), 'Accept');
  await page
    .getByText(/you accepted|progress/i)
    .last()
    .waitFor();
  await picture('accepted');
  await write(page.locator('#message-box'), `/work resolve code:fixed article:${article}`, 'the command /work resolve');
  await key('Enter');
  await fillForm([[/what was done/i, REMEDY]]);
  await ticked(5);
  await picture('resolved');

  console.log('The lead reads of it.');
  await click(page.locator('[data-step=watch]'), 'Be the lead');
  await page.waitForFunction(() => /escalations/.test(document.querySelector('#channel-head h2')?.textContent ?? ''));
  await message({ hasText: number }).waitFor();
  const line = await message({ hasText: number }).innerText();
  must(/L1/.test(line) && /L2/.test(line), `The line in #escalations does not say from where to where: ${line}`);
  await picture('escalations');
  must((await page.locator('#guide li.done').count()) === 6, 'The guide did not tick every line of the story.');

  // The requester reads what was done: asked of the people API, so that nobody has to walk there.
  const world = await (await fetch(`${base}/people/${employee}/world`)).json();
  const own = world.threads.find((one) => one.name.includes(number));
  must(own, 'The requester does not see the ticket’s thread.');
  const until = Date.now() + PATIENCE;
  let read = '';
  while (!read.includes(REMEDY) && Date.now() < until) {
    read = await (await fetch(`${base}/people/${employee}/channels/${own.id}/transcript`)).text();
    await new Promise((wake) => setTimeout(wake, 200));
  }
  must(read.includes(REMEDY), `The requester cannot read what was done:\n${read}`);
  must(!read.includes(SUMMARY), 'The hand-over shows in the requester’s thread.');
}

/** Waits until somebody is called in the ticket's staff thread: the guide leads to whoever that is, and where. */
async function called(number) {
  const get = async (path) => (await fetch(`${base}/people${path}`)).json();
  const until = Date.now() + PATIENCE;
  while (Date.now() < until) {
    const people = (await get('')).filter((person) => !person.bot);
    const worlds = await Promise.all(people.map((person) => get(`/${person.id}/world`)));
    const threads = worlds.flatMap((world) => world.threads);
    if (threads.some((one) => one.name.includes(`${number} staff`) && one.mentions > 0)) return;
    await new Promise((wake) => setTimeout(wake, 200));
  }
  must(false, 'Nobody is called in the staff thread.');
}

/** The page without a mouse: another person, another channel, a command, a message's controls, a form left again. */
async function byKeyboard(browser) {
  const context = await browser.newContext({ viewport: { width: 1360, height: 860 }, locale: 'en-GB' });
  page = await context.newPage();
  watch(page);
  await page.goto(`${base}/`);
  await page.locator('#message-box').waitFor();
  const press = (...chords) =>
    chords.reduce((before, chord) => before.then(() => page.keyboard.press(chord)), Promise.resolve());
  const focused = (selector) => page.waitForFunction((wanted) => document.activeElement?.matches(wanted), selector);
  await focused('#message-box');

  await press('Control+j');
  const offered = (text) => page.getByRole('option', { name: text }).first().waitFor();
  await page.keyboard.type('L1 tech');
  await offered(/L1 technician/);
  await press('Enter');
  await page.waitForFunction(() => /L1 technician/.test(document.querySelector('.who').textContent));
  // The channels of whom one has just become arrive a moment later.
  await page.locator('#sidebar').getByRole('link', { name: /escalations/ }).waitFor();
  await press('Control+k');
  await page.keyboard.type('escal');
  await offered(/escalations/);
  await press('Enter');
  await page.waitForFunction(() => /escalations/.test(document.querySelector('#channel-head h2').textContent));
  const title = () => page.evaluate(() => document.querySelector('#channel-head h2').textContent);
  const before = await title();
  await press('Alt+ArrowUp');
  await page.waitForFunction((was) => document.querySelector('#channel-head h2').textContent !== was, before);
  await press('Alt+ArrowDown');
  await page.waitForFunction((was) => document.querySelector('#channel-head h2').textContent === was, before);

  await press('Control+k');
  await page.keyboard.type('#help');
  await offered(/help/);
  await press('Enter');
  await page.waitForFunction(() => /^help/.test(document.querySelector('#channel-head h2').textContent));
  await focused('#message-box');
  await page.keyboard.type('/as');
  await page.getByRole('option', { name: /^\/ask/ }).waitFor();
  await press('Tab');
  await focused('[data-option]');
  await page.keyboard.type('how do I print on both sides');
  await press('Enter');
  await message(control('Open a ticket')).waitFor();
  await focused('#message-box');
  await press('ArrowUp');
  await focused('.message');
  await press('Enter');
  await focused('.message button');
  await press('Escape');
  await focused('#message-box');
  await press('Control+/');
  await dialog().waitFor();
  await press('Escape');
  await dialog().waitFor({ state: 'detached' });
  await focused('#message-box');
  await context.close();
}

/** What somebody types stays text, whatever it looks like. */
async function hostileText(browser) {
  const context = await browser.newContext({ viewport: { width: 1360, height: 860 }, locale: 'en-GB' });
  page = await context.newPage();
  watch(page);
  await page.goto(`${base}/`);
  await page
    .locator('#sidebar')
    .getByRole('link', { name: /general/ })
    .click();
  await page.waitForFunction(() => /general/.test(document.querySelector('#channel-head h2').textContent));
  const text = 'one <img src=x onerror=alert(1)> [two](javascript:alert(2)) <script>alert(3)</script> **three**';
  await page.locator('#message-box').fill(text);
  await page.keyboard.press('Enter');
  const said = message({ hasText: 'onerror' });
  await said.waitFor();
  must(
    (await said.locator('.md').innerText()).includes('<script>alert(3)</script>'),
    'Hostile text is not shown as it was typed.',
  );
  must((await said.locator('strong').innerText()) === 'three', 'Bold text is not bold.');
  const made = await page.locator('#conversation').locator('img, script, iframe, a[href^="javascript"]').count();
  must(made === 0, 'Hostile text became part of the page.');
  await context.close();
}

/** The same desk on a phone and in the dark, for the eye; nothing may stick out sideways. */
async function otherLooks(browser) {
  const looks = {
    dark: { colorScheme: 'dark' },
    phone: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
  };
  for (const [name, look] of Object.entries(looks)) {
    const context = await browser.newContext({ viewport: { width: 1360, height: 860 }, locale: 'en-GB', ...look });
    page = await context.newPage();
    watch(page);
    await page.goto(`${base}/`);
    await page.locator('.channel-head h2').waitFor();
    await page.waitForTimeout(400);
    await picture(name);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    must(wide <= 0, `The page is ${wide} pixels too wide (${name}).`);
    await context.close();
  }
}

function watch(one) {
  one.setDefaultTimeout(PATIENCE);
  one.on('console', (entry) => {
    if (entry.type() === 'error' || entry.type() === 'warning')
      complaints.push(`console: ${entry.text()} (${entry.location().url})`);
  });
  one.on('pageerror', (error) => complaints.push(`error: ${error.stack}`));
  one.on('request', (request) => {
    if (new URL(request.url()).origin !== base) complaints.push(`request elsewhere: ${request.url()}`);
  });
}

mkdirSync(shots, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
});
try {
  const context = await browser.newContext({
    viewport: { width: 1360, height: 860 },
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
  });
  page = await context.newPage();
  watch(page);
  await story();
  await byKeyboard(browser);
  await hostileText(browser);
  await otherLooks(browser);
  must(complaints.length === 0, `The page complained:\n${complaints.join('\n')}`);
  must(inputs <= MOST, `The story takes ${inputs} inputs; at most ${MOST} are allowed.`);
  console.log(`The story holds: ${inputs} inputs, at most ${MOST} are allowed. ${pictures} pictures are in ${shots}.`);
} catch (error) {
  await picture('failed').catch(() => {});
  console.error(`The story failed after ${inputs} inputs: ${error.message}`);
  if (complaints.length) console.error(complaints.join('\n'));
  process.exitCode = 1;
} finally {
  await browser.close();
}
