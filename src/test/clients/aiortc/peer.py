"""Makes aiortc do what a test says: a line of JSON in, lines of JSON out (../README.md); the end of input is the end."""
import asyncio
import base64
import json
import sys

import aiortc
from aiortc.sdp import candidate_from_sdp

LONGEST_LINE = 1 << 24


def say(**words):
    sys.stdout.write(json.dumps(words) + "\n")
    sys.stdout.flush()


class Driver:
    def __init__(self):
        self.connections = {}
        self.channels = {}

    async def open(self, connection, **_):
        made = aiortc.RTCPeerConnection()
        self.connections[connection] = made
        theirs = iter(range(1, 1 << 16))

        @made.on("connectionstatechange")
        def _():
            say(event="state", connection=connection, state=made.connectionState)

        @made.on("datachannel")
        def _(channel):
            self.attach(connection, f"there-{next(theirs)}", channel, True)

    def attach(self, connection, name, channel, announce):
        about = {"connection": connection, "channel": name}
        self.channels[connection, name] = channel

        @channel.on("open")
        def opened():
            say(event="open", stream=channel.id, **about)

        @channel.on("message")
        def _(data):
            binary = isinstance(data, bytes)
            encoded = data if binary else data.encode()
            say(event="message", binary=binary, data=base64.b64encode(encoded).decode(), **about)

        @channel.on("close")
        def _():
            say(event="close", **about)

        if announce:
            say(event="channel", label=channel.label, protocol=channel.protocol, ordered=channel.ordered,
                maxRetransmits=channel.maxRetransmits, maxPacketLifeTime=channel.maxPacketLifeTime, **about)
        if channel.readyState == "open":
            opened()

    async def create(self, connection, channel, label, options, **_):
        known = {key: value for key, value in options.items() if value is not None}
        self.attach(connection, channel, self.connections[connection].createDataChannel(label, **known), False)

    async def restart(self, **_):
        raise NotImplementedError("aiortc has no ICE restart")

    async def describe(self, connection, **_):
        made = self.connections[connection]
        answering = made.signalingState == "have-remote-offer"
        await made.setLocalDescription(await (made.createAnswer() if answering else made.createOffer()))
        return {"type": made.localDescription.type, "sdp": made.localDescription.sdp}

    async def accept(self, connection, type, sdp, **_):
        await self.connections[connection].setRemoteDescription(aiortc.RTCSessionDescription(sdp, type))

    async def candidate(self, connection, candidate, mid, index, **_):
        if candidate:  # aiortc 1.4 cannot be told of the last one
            found = candidate_from_sdp(candidate.split(":", 1)[1])
            found.sdpMid = mid
            found.sdpMLineIndex = index
            await self.connections[connection].addIceCandidate(found)

    async def send(self, connection, channel, binary, data, **_):
        encoded = base64.b64decode(data)
        self.channels[connection, channel].send(encoded if binary else encoded.decode())

    async def shut(self, connection, channel, **_):
        self.channels[connection, channel].close()

    async def close(self, connection, **_):
        await self.connections.pop(connection).close()


async def main():
    driver = Driver()
    lines = asyncio.StreamReader(limit=LONGEST_LINE)
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    say(event="ready", version=aiortc.__version__)
    while line := await lines.readline():
        command = json.loads(line)
        try:
            say(answer=command["number"], result=await getattr(driver, command["do"])(**command))
        except Exception as error:  # whatever went wrong is the test's to judge
            say(answer=command["number"], error=f"{type(error).__name__}: {error}")


asyncio.run(main())
