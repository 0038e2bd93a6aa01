"""A small client of a live session, written from docs/live-protocol.md alone.

It joins, asks for things, keeps what was not answered and sends it again under the same id, and resumes where it was.
"""

import asyncio
import hashlib
import json
import os
import time
import urllib.request
import uuid

import websockets

SUBPROTOCOL = "tinklaveika.v1"
# The library's own name for them changed with its version 14.
HEADERS = "additional_headers" if int(websockets.__version__.split(".")[0]) >= 14 else "extra_headers"


def uuid7() -> str:
    """RFC 9562, section 5.7: milliseconds, then chance."""
    value = (int(time.time() * 1000) << 80) | int.from_bytes(os.urandom(10), "big")
    value = (value & ~(0xF << 76)) | (0x7 << 76)
    value = (value & ~(0x3 << 62)) | (0x2 << 62)
    return str(uuid.UUID(int=value))


def id_of(person: str, command: str) -> str:
    """The id of what a command of this person makes: UUID version 5 of both."""
    hash = hashlib.sha1(uuid.UUID(person).bytes + uuid.UUID(command).bytes).digest()
    return str(uuid.UUID(bytes=hash[:16], version=5))


def sign_in(site: str, email: str, password: str) -> str:
    """The cookie that signs in."""
    body = json.dumps({"email": email, "password": password}).encode()
    request = urllib.request.Request(
        f"{site}/api/v1/sign-in", body, {"content-type": "application/json", "origin": site}
    )
    with urllib.request.urlopen(request) as answer:
        return answer.headers["set-cookie"].split(";")[0]


class Refused(Exception):
    """The server did not do it; the code tells why."""


class Room:
    """One device in a session."""

    def __init__(self, site: str, session: str, cookie: str):
        self.site, self.session, self.cookie = site, session, cookie
        self.you = None
        self.room = None
        self.last = None
        self.events = []
        self.pending = {}
        self.answers = {}
        self.socket = None

    async def join(self):
        """Opens the socket, and resumes when something is known already."""
        address = self.site.replace("http", "ws", 1) + f"/api/v1/sessions/{self.session}/live"
        self.socket = await websockets.connect(
            address, subprotocols=[SUBPROTOCOL], origin=self.site, **{HEADERS: {"cookie": self.cookie}}
        )
        hello = {"protocol": 1, "session": self.session}
        if self.last:
            hello["last"] = self.last
        self.you = None
        await self._send({"hello": hello})
        await self.until(lambda: self.you)
        for command_id, command in self.pending.items():
            await self._send({"do": {"id": command_id, "command": command}})

    async def drop(self):
        """As if the network were gone: without a word."""
        self.socket.transport.abort()

    async def do(self, command: dict) -> str:
        """Asks for it and waits until it is on disk; the id of the command."""
        command_id = uuid7()
        self.pending[command_id] = command
        await self._send({"do": {"id": command_id, "command": command}})
        return await self.answered(command_id)

    async def leave_unsent(self, command: dict) -> str:
        """What is asked while there is no network: it is sent with the next `join`."""
        command_id = uuid7()
        self.pending[command_id] = command
        return command_id

    async def again(self, command_id: str, command: dict) -> int:
        """Sends a command once more, as a client does that lost the answer; the number it has."""
        self.answers.pop(command_id)
        await self._send({"do": {"id": command_id, "command": command}})
        await self.answered(command_id)
        return self.answers[command_id]["seq"]

    async def answered(self, command_id: str) -> str:
        await self.until(lambda: command_id in self.answers)
        refusal = self.answers[command_id].get("refusal")
        if refusal:
            raise Refused(refusal["code"])
        return command_id

    async def until(self, holds, seconds: float = 20):
        """Reads frames until it holds."""

        async def read():
            while not holds():
                self._read(json.loads(await self.socket.recv()))

        await asyncio.wait_for(read(), seconds)

    async def _send(self, frame: dict):
        await self.socket.send(json.dumps(frame))

    def _read(self, frame: dict):
        ((kind, said),) = frame.items()
        if kind == "welcome":
            self.you = said["you"]
            if "room" in said:
                # Begins anew from here; without a room what follows is the whole gap.
                self.room, self.last = said["room"], {"epoch": said["epoch"], "seq": said["seq"]}
        elif kind == "happened":
            expected = self.last["seq"] + 1
            if said["seq"] != expected:
                raise AssertionError(f"number {said['seq']} came where {expected} was next")
            self.last["seq"] = said["seq"]
            # Without an event it was nothing that this person may see.
            if "event" in said:
                self.events.append(said["event"])
        elif kind == "done":
            self.pending.pop(said["id"], None)
            self.answers[said["id"]] = said
        elif kind == "refused":
            self.pending.pop(said.get("id"), None)
            self.answers[said.get("id")] = said

    def said(self) -> list:
        """The texts that came as events, in order."""
        return [event["said"].get("text") for event in self.events if "said" in event]
