// discord.js in the stand-in: log in, register commands, answer interactions, come back after a cut.
// Usage: node discordjs.mjs STANDIN.json
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import {
  ActionRowBuilder, ButtonBuilder, ButtonStyle, ChannelType, Client, ContextMenuCommandBuilder, ApplicationCommandType,
  EmbedBuilder, Events, GatewayIntentBits, MessageFlags, ModalBuilder, SlashCommandBuilder, StringSelectMenuBuilder,
  TextInputBuilder, TextInputStyle,
} from 'discord.js';

const standin = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const limit = setTimeout(() => { console.error('discord.js: took too long'); process.exit(1); }, 60_000);

async function person(who, what, body) {
  const init = body && { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const response = await fetch(`${standin.people_api}/${who}/${what}`, init);
  const answer = await response.json();
  assert.ok(response.ok, `${who} ${what}: ${JSON.stringify(answer)}`);
  return answer;
}

const client = new Client({
  intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMembers, GatewayIntentBits.GuildMessages,
    GatewayIntentBits.MessageContent, GatewayIntentBits.DirectMessages],
  rest: { api: `${standin.rest}/api`, version: '10' },
});
const heard = [];
client.on(Events.Error, (error) => { console.error(error); process.exit(1); });
client.on(Events.MessageCreate, (message) => heard.push(message.content));

const row = (...components) => new ActionRowBuilder().addComponents(...components);
const answers = {
  async hello(interaction) {
    const select = new StringSelectMenuBuilder().setCustomId('pick').setPlaceholder('Pick')
      .addOptions({ label: 'One', value: '1' }, { label: 'Two', value: '2' });
    const response = await interaction.reply({
      content: `Hello ${interaction.user} (${interaction.options.getString('word')})`,
      embeds: [new EmbedBuilder().setTitle('Title').addFields({ name: 'a', value: 'b' })],
      components: [row(new ButtonBuilder().setCustomId('go').setLabel('Go').setStyle(ButtonStyle.Primary)), row(select)],
      flags: MessageFlags.Ephemeral,
      withResponse: true,
    });
    assert.ok(response.resource.message.flags.has(MessageFlags.Ephemeral));
  },
  async slow(interaction) {
    await interaction.deferReply();
    const edited = await interaction.editReply('done');
    assert.equal(edited.content, 'done');
    await interaction.followUp({ content: 'and more', flags: MessageFlags.Ephemeral });
  },
  async form(interaction) {
    const input = new TextInputBuilder().setCustomId('words').setLabel('Words').setStyle(TextInputStyle.Paragraph);
    await interaction.showModal(new ModalBuilder().setCustomId('f').setTitle('Form').addComponents(row(input)));
  },
  async thread(interaction) {
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    const thread = await interaction.channel.threads.create({
      name: 'T-0001', type: ChannelType.PrivateThread, invitable: false, reason: 'ticket T-0001',
    });
    await thread.members.add(interaction.user.id);
    await thread.send({ content: 'in the thread', allowedMentions: { parse: [] } });
    const role = await interaction.guild.roles.create({ name: 'L1' });
    await interaction.member.roles.add(role);
    const members = await interaction.guild.members.fetch();
    await interaction.editReply(`${thread} with ${members.size} members`);
  },
  async 'Look at it'(interaction) {
    await interaction.reply({ content: interaction.targetMessage.content, flags: MessageFlags.Ephemeral });
  },
};
client.on(Events.InteractionCreate, async (interaction) => {
  try {
    if (interaction.isAutocomplete()) await interaction.respond([{ name: `${interaction.options.getFocused()}!`, value: 'v' }]);
    else if (interaction.isCommand()) await answers[interaction.commandName](interaction);
    else if (interaction.isButton()) await interaction.update({ content: 'pressed', embeds: [], components: [] });
    else if (interaction.isStringSelectMenu()) await interaction.reply({ content: interaction.values.join(), flags: MessageFlags.Ephemeral });
    else if (interaction.isModalSubmit()) await interaction.reply(interaction.fields.getTextInputValue('words'));
  } catch (error) {
    console.error(error);
    process.exit(1);
  }
});

const ready = new Promise((resolve) => client.once(Events.ClientReady, resolve));
await client.login(standin.token);
await ready;
assert.equal(client.guilds.cache.size, 1);
const commands = [
  new SlashCommandBuilder().setName('hello').setDescription('Says hello')
    .addStringOption((option) => option.setName('word').setDescription('A word').setAutocomplete(true)),
  ...['slow', 'form', 'thread'].map((name) => new SlashCommandBuilder().setName(name).setDescription(name)),
  new ContextMenuCommandBuilder().setName('Look at it').setType(ApplicationCommandType.Message),
];
await client.application.commands.set(commands, standin.guild_id);

async function story() {
  const completed = await person('mia', 'complete', { channel: 'general', command: 'hello', focused: 'word', options: { word: 'w' } });
  assert.deepEqual(completed.choices, [{ name: 'w!', value: 'v' }]);
  const hello = await person('mia', 'run?wait_ms=5000', { channel: 'general', line: '/hello word:x' });
  assert.equal(hello.message.ephemeral, true);
  const picked = await person('mia', 'choose?wait_ms=5000', { message: hello.message.id, select: 'Pick', values: ['Two'] });
  assert.equal(picked.message.content, '2');
  const pressed = await person('mia', 'press?wait_ms=5000', { message: hello.message.id, button: 'Go' });
  assert.equal(pressed.message.content, 'pressed');
  const slow = await person('mia', 'run?wait_ms=5000', { channel: 'general', line: '/slow' });
  assert.equal(slow.message.content, 'done');
  const form = await person('mia', 'run?wait_ms=5000', { channel: 'general', line: '/form' });
  const sent = await person('mia', 'submit?wait_ms=5000', { form: form.form.interaction, fields: { Words: 'many words' } });
  assert.equal(sent.message.content, 'many words');
  const said = await person('tom', 'say', { channel: 'general', content: 'look here' });
  const looked = await person('mia', 'run?wait_ms=5000', { channel: 'general', command: 'Look at it', target: said.id });
  assert.equal(looked.message.content, 'look here');
}
await story();
const thread = await person('mia', 'run?wait_ms=5000', { channel: 'general', line: '/thread' });
assert.match(thread.message.content, /with 17 members/);
const inside = await person('mia', 'channels/T-0001/messages');
assert.ok(inside.some((message) => message.content === 'in the thread'));

const resumed = new Promise((resolve) => client.once(Events.ShardResume, resolve));
await fetch(`${standin.rest}/faults`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"gateway":"drop"}' });
await person('tom', 'say', { channel: 'general', content: 'while you were away' });
await resumed;
await story();
assert.ok(heard.includes('while you were away'), 'the resume brings what was missed');
await client.destroy();
clearTimeout(limit);
console.log('discord.js: all of it works');
