"""discord.py in the stand-in: log in, register commands, answer interactions, come back after a cut.

Usage: python discordpy.py STANDIN.json
"""

import asyncio
import json
import sys

import aiohttp
import discord
import yarl
from discord import app_commands

with open(sys.argv[1], encoding="utf-8") as file:
    STANDIN = json.load(file)
discord.http.Route.BASE = STANDIN["api"]
discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(STANDIN["gateway"])


class Form(discord.ui.Modal, title="Form"):
    words = discord.ui.TextInput(label="Words", style=discord.TextStyle.paragraph)

    async def on_submit(self, interaction: discord.Interaction):
        await interaction.response.send_message(self.words.value)


class Choices(discord.ui.View):
    @discord.ui.button(label="Go", style=discord.ButtonStyle.primary)
    async def go(self, interaction: discord.Interaction, _: discord.ui.Button):
        await interaction.response.edit_message(content="pressed", embed=None, view=None)

    @discord.ui.select(placeholder="Pick", options=[discord.SelectOption(label=one) for one in ("One", "Two")])
    async def pick(self, interaction: discord.Interaction, select: discord.ui.Select):
        await interaction.response.send_message(select.values[0], ephemeral=True)


class Bot(discord.Client):
    def __init__(self):
        intents = discord.Intents.default()
        intents.members = True
        intents.message_content = True
        super().__init__(intents=intents)
        self.tree = app_commands.CommandTree(self)
        self.heard = []
        self.resumed = asyncio.Event()
        self.failure = None

    async def setup_hook(self):
        guild = discord.Object(int(STANDIN["guild_id"]))
        self.tree.clear_commands(guild=guild)
        for command in (hello, slow, form, thread, look):
            self.tree.add_command(command, guild=guild)
        assert len(await self.tree.sync(guild=guild)) == 5

    async def on_message(self, message: discord.Message):
        self.heard.append(message.content)

    async def on_resumed(self):
        self.resumed.set()

    async def on_error(self, *_):
        self.failure = sys.exc_info()[1]


@app_commands.command(description="Says hello")
async def hello(interaction: discord.Interaction, word: str = ""):
    embed = discord.Embed(title="Title").add_field(name="a", value="b")
    answer = f"Hello {interaction.user.mention} ({word})"
    await interaction.response.send_message(answer, embed=embed, view=Choices(), ephemeral=True)


@hello.autocomplete("word")
async def complete(_: discord.Interaction, current: str):
    return [app_commands.Choice(name=f"{current}!", value="v")]


@app_commands.command(description="Takes a while")
async def slow(interaction: discord.Interaction):
    await interaction.response.defer()
    edited = await interaction.edit_original_response(content="done")
    assert edited.content == "done"
    await interaction.followup.send("and more", ephemeral=True)


@app_commands.command(description="Asks for words")
async def form(interaction: discord.Interaction):
    await interaction.response.send_modal(Form())


@app_commands.command(description="Starts a thread")
async def thread(interaction: discord.Interaction):
    await interaction.response.defer(ephemeral=True)
    kind = discord.ChannelType.private_thread
    started = await interaction.channel.create_thread(name="T-0002", type=kind, invitable=False, reason="ticket T-0002")
    await started.add_user(interaction.user)
    await started.send("in the thread", allowed_mentions=discord.AllowedMentions.none())
    role = await interaction.guild.create_role(name="L2")
    await interaction.user.add_roles(role)
    members = [member async for member in interaction.guild.fetch_members()]
    await interaction.followup.send(f"{started.mention} with {len(members)} members")


@app_commands.context_menu(name="Look at it")
async def look(interaction: discord.Interaction, message: discord.Message):
    await interaction.response.send_message(message.content, ephemeral=True)


async def person(http: aiohttp.ClientSession, who: str, what: str, body=None):
    method = "GET" if body is None else "POST"
    async with http.request(method, f"{STANDIN['people_api']}/{who}/{what}", json=body) as response:
        answer = await response.json()
        assert response.status == 200, f"{who} {what}: {answer}"
        return answer


async def story(http: aiohttp.ClientSession):
    general = {"channel": "general"}
    asked = {**general, "command": "hello", "focused": "word", "options": {"word": "w"}}
    completed = await person(http, "mia", "complete", asked)
    assert completed["choices"] == [{"name": "w!", "value": "v"}], completed
    said = await person(http, "mia", "run?wait_ms=5000", {**general, "line": "/hello word:x"})
    message = said["message"]["id"]
    assert said["message"]["ephemeral"]
    picked = await person(http, "mia", "choose?wait_ms=5000", {"message": message, "select": "Pick", "values": ["Two"]})
    assert picked["message"]["content"] == "Two", picked
    pressed = await person(http, "mia", "press?wait_ms=5000", {"message": message, "button": "Go"})
    assert pressed["message"]["content"] == "pressed", pressed
    waited = await person(http, "mia", "run?wait_ms=5000", {**general, "line": "/slow"})
    assert waited["message"]["content"] == "done", waited
    opened = await person(http, "mia", "run?wait_ms=5000", {**general, "line": "/form"})
    fields = {"form": opened["form"]["interaction"], "fields": {"Words": "many words"}}
    sent = await person(http, "mia", "submit?wait_ms=5000", fields)
    assert sent["message"]["content"] == "many words", sent
    target = await person(http, "tom", "say", {**general, "content": "look here"})
    looked = await person(http, "mia", "run?wait_ms=5000", {**general, "command": "Look at it", "target": target["id"]})
    assert looked["message"]["content"] == "look here", looked


async def main():
    bot = Bot()
    async with bot, aiohttp.ClientSession() as http:
        running = asyncio.create_task(bot.start(STANDIN["token"]))
        await bot.wait_until_ready()
        assert len(bot.guilds) == 1 and len(bot.guilds[0].members) == 17, bot.guilds[0].members
        await story(http)
        started = await person(http, "mia", "run?wait_ms=5000", {"channel": "general", "line": "/thread"})
        assert "with 17 members" in started["message"]["content"], started
        inside = await person(http, "mia", "channels/T-0002/messages")
        assert any(message["content"] == "in the thread" for message in inside), inside
        await http.post(f"{STANDIN['rest']}/faults", json={"gateway": "drop"})
        await person(http, "tom", "say", {"channel": "general", "content": "while you were away"})
        await bot.resumed.wait()
        await story(http)
        assert "while you were away" in bot.heard, "the resume brings what was missed"
        if bot.failure:
            raise bot.failure
        await bot.close()
        await running
    print("discord.py: all of it works")


asyncio.run(asyncio.wait_for(main(), 60))
