"""The protocol as a stranger implements it: against the built server, on the demo.

    SERVER=target/debug/tinklaveika python3 tests/python/test_client.py
"""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.request

from client import Refused, Room, id_of, sign_in

PASSWORD = "graži diena prie ežero"
SERVER = os.environ.get("SERVER", os.path.join(os.path.dirname(__file__), "../../target/debug/tinklaveika"))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class LiveSession(unittest.IsolatedAsyncioTestCase):
    def setUp(self):
        self.data = tempfile.mkdtemp(prefix="tinklaveika-python-")
        self.port = free_port()
        self.site = f"http://127.0.0.1:{self.port}"
        self.log = open(os.path.join(self.data, "log"), "wb")
        self.start()
        self.jonas = sign_in(self.site, "jonas@tinklaveika.example", PASSWORD)
        self.rasa = sign_in(self.site, "rasa@tinklaveika.example", PASSWORD)
        self.session = self.open_session()

    def tearDown(self):
        self.server.kill()
        self.server.wait()
        self.log.close()
        shutil.rmtree(self.data)

    def start(self):
        command = [SERVER, "serve", "--data", self.data, "--listen", f"127.0.0.1:{self.port}", "--demo"]
        self.server = subprocess.Popen(command, stdout=self.log, stderr=self.log)
        for _ in range(1200):
            try:
                urllib.request.urlopen(f"{self.site}/readyz")
                return
            except OSError:
                self.assertIsNone(self.server.poll(), "the server stopped while starting")
                time.sleep(0.1)
        self.fail("the server is not ready")

    def open_session(self) -> str:
        """A session of a space of Jonas' network, planned over the API."""
        spaces = self.call(self.jonas, "/spaces")
        space = next(space["id"] for space in spaces if space["name"] == "Įtraukiojo ugdymo dirbtuvė")
        plan = {
            "title": "Sesija kita kalba",
            "starts_at": time.strftime("%Y-%m-%dT%H:%M", time.localtime(time.time() + 86_400)),
            "steps": [{"title": "Pokalbis", "minutes": 30}],
        }
        return self.call(self.jonas, f"/spaces/{space}/sessions", plan)["card"]["id"]

    def call(self, cookie: str, path: str, body=None):
        headers = {"cookie": cookie, "origin": self.site, "content-type": "application/json"}
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.site}/api/v1{path}", data, headers)
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)

    async def test_a_stranger_joins_writes_votes_and_resumes(self):
        jonas, rasa = Room(self.site, self.session, self.jonas), Room(self.site, self.session, self.rasa)
        await jonas.join()
        await rasa.join()
        self.assertEqual((jonas.you["role"], rasa.you["role"]), ("facilitator", "participant"))
        with self.assertRaisesRegex(Refused, "session.state"):
            await rasa.do({"say": {"text": "Dar neatidaryta."}})
        await jonas.do({"open": {}})

        # Written, and known again by the id that both sides reckon.
        say = {"say": {"text": "Labas iš kitos kalbos."}}
        command = await rasa.do(say)
        mine = next(event["said"] for event in rasa.events if "said" in event)
        self.assertEqual(mine["id"], id_of(rasa.you["id"], command))
        seq = rasa.answers[command]["seq"]
        self.assertEqual(await rasa.again(command, say), seq, "a repeat gets the first answer")

        # A vote in a sealed poll: the voter alone is told the choice before it closes.
        ask = {"question": "Ar tęsiame?", "kind": "single", "options": ["Taip", "Ne"], "sealed": True}
        poll = id_of(jonas.you["id"], await jonas.do({"poll": {"ask": ask}}))
        await rasa.until(lambda: any("opened" in event.get("poll", {}) for event in rasa.events))
        await rasa.do({"poll": {"vote": {"poll": poll, "picks": [0]}}})
        with self.assertRaisesRegex(Refused, "forbidden"):
            await rasa.do({"poll": {"close": {"poll": poll}}})
        await jonas.do({"poll": {"close": {"poll": poll}}})
        voted = [event["poll"]["voted"] for event in jonas.events if "voted" in event.get("poll", {})]
        self.assertEqual(len(voted), 1)
        self.assertFalse({"picks", "choice", "text"} & voted[0].keys(), "of a sealed poll others hear only who took part")
        closed = next(event["poll"]["closed"] for event in jonas.events if "closed" in event.get("poll", {}))
        self.assertIn("1", json.dumps(closed))

        # Cut off without a word: what was asked meanwhile is done once, and the gap comes whole.
        await rasa.drop()
        unsent = await rasa.leave_unsent({"say": {"text": "Rašyta be tinklo."}})
        for number in range(50):
            await jonas.do({"say": {"text": f"Mintis {number}"}})
        rasa.room = None
        await rasa.join()
        await rasa.answered(unsent)
        self.assertIsNone(rasa.room, "a gap of fifty is told as events, not as a fresh room")
        await jonas.do({"say": {"text": "Pabaiga."}})
        await rasa.until(lambda: rasa.said()[-1:] == ["Pabaiga."])
        await jonas.until(lambda: jonas.said()[-1:] == ["Pabaiga."])
        self.assertEqual(rasa.said(), jonas.said())
        self.assertEqual(rasa.said().count("Rašyta be tinklo."), 1)

    async def test_a_killed_server_loses_nothing_that_it_acknowledged(self):
        jonas = Room(self.site, self.session, self.jonas)
        await jonas.join()
        await jonas.do({"open": {}})
        for number in range(20):
            await jonas.do({"say": {"text": f"Mintis {number}"}})
        self.server.kill()
        self.server.wait()
        self.start()
        late = await jonas.leave_unsent({"say": {"text": "Po gedimo."}})
        await jonas.join()
        await jonas.answered(late)
        fresh = Room(self.site, self.session, self.rasa)
        await fresh.join()
        texts = [message.get("text") for message in fresh.room["messages"]]
        self.assertEqual(texts, [f"Mintis {number}" for number in range(20)] + ["Po gedimo."])

    async def test_what_is_not_of_the_protocol_is_refused_and_the_third_time_ends_the_socket(self):
        rasa = Room(self.site, self.session, self.rasa)
        await rasa.join()
        for _ in range(2):
            await rasa.socket.send('{"dance":{}}')
            await rasa.until(lambda: None in rasa.answers)
            self.assertEqual(rasa.answers.pop(None)["refusal"]["code"], "malformed")
        await rasa.socket.send('{"dance":{}}')
        with self.assertRaises(Exception) as closed:
            await rasa.until(lambda: False)
        self.assertEqual(getattr(closed.exception, "code", None), 1008)



if __name__ == "__main__":
    unittest.main(testRunner=unittest.TextTestRunner(stream=sys.stdout, verbosity=2))
