#!/usr/bin/python3
"""A client of the Internet of Agents Protocol 1.0 in Python, written from docs/protocol.md alone.

  ioap_client.py vectors DIR    checks the test vectors of DIR
  ioap_client.py chat URL       lets two agents register at the gateway at URL (ws://host:port/ws) and talk

Prints one JSON line and exits with 0, or 1 when something was not as the protocol says it.
Needs Debian's python3-cryptography, and python3-websockets for chat.
"""

import asyncio
import base64
import binascii
import datetime
import json
import math
import os
import re
import struct
import sys
import uuid
from urllib.parse import urlsplit

try:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
except ImportError:
    sys.exit("ioap_client.py needs the package python3-cryptography: apt-get install python3-cryptography")

ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
INTEGER_MAX = 2**53 - 1
DEPTH = 32
FREE_NUMBERS = ("args", "params", "result")
ID = re.compile(r"[A-Za-z0-9._:-]{1,64}")
TIMESTAMP = re.compile(r"(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(\.\d+)?([Zz]|[+-]\d\d:\d\d)", re.ASCII)


class Refused(Exception):
    """A message that breaks a rule, with the code of the ERROR that answers it."""

    def __init__(self, code, why):
        super().__init__(why)
        self.code = code


def malformed(why):
    return Refused("MALFORMED_MESSAGE", why)


# --- Section 3: identity ---------------------------------------------------------------------------------------------

def base58(data):
    number, text = int.from_bytes(data, "big"), ""
    while number:
        number, digit = divmod(number, 58)
        text = ALPHABET[digit] + text
    return "1" * (len(data) - len(data.lstrip(b"\0"))) + text


def unbase58(text):
    number = 0
    for character in text:
        digit = ALPHABET.find(character)
        if digit < 0:
            raise ValueError("not Base58: " + repr(character))
        number = number * 58 + digit
    ones = len(text) - len(text.lstrip("1"))
    return b"\0" * ones + number.to_bytes((number.bit_length() + 7) // 8, "big")


def did_of(public_key):
    return "did:key:z" + base58(b"\xed\x01" + public_key)


def public_key_of(did):
    if not did.startswith("did:key:z") or len(did) > 64:
        raise ValueError("not a did:key")
    data = unbase58(did[len("did:key:z"):])
    if len(data) != 34 or data[:2] != b"\xed\x01":
        raise ValueError("not the key of Ed25519")
    return data[2:]


class Key:
    """A private key and its DID."""

    def __init__(self, seed):
        self.private = Ed25519PrivateKey.from_private_bytes(seed)
        self.public = self.private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        self.did = did_of(self.public)

    def sign(self, data):
        return self.private.sign(data)


# --- Section 5: canonical JSON and signatures -----------------------------------------------------------------------

def number(value):
    """A number as ECMAScript writes it, from the shortest digits that Python's repr has found."""
    value = float(value)
    if not math.isfinite(value):
        raise ValueError("not a finite number")
    if value == 0:
        return "0"
    sign, digits, exponent = "", *shortest(abs(value))
    if value < 0:
        sign = "-"
    point = len(digits) + exponent
    if 0 < point <= 21:
        text = digits.ljust(point, "0") if exponent >= 0 else digits[:point] + "." + digits[point:]
    elif -6 < point <= 0:
        text = "0." + "0" * -point + digits
    else:
        text = digits[0] + ("." + digits[1:] if len(digits) > 1 else "") + "e%+d" % (point - 1)
    return sign + text


def shortest(value):
    mantissa, _, exponent = repr(value).partition("e")
    whole, _, fraction = mantissa.partition(".")
    digits = (whole + fraction).lstrip("0")
    power = int(exponent or 0) - len(fraction)
    return digits.rstrip("0"), power + len(digits) - len(digits.rstrip("0"))


def canonical(value):
    if isinstance(value, dict):
        names = sorted(value, key=lambda name: name.encode("utf-16-be"))
        return "{" + ",".join(canonical(name) + ":" + canonical(value[name]) for name in names) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return number(value)
    text = json.dumps(value, ensure_ascii=False)
    text.encode("utf-8")
    return text


def canonical_bytes(message):
    return canonical({name: value for name, value in message.items() if name != "signature"}).encode("utf-8")


def signed(message, key):
    signature = base64.b64encode(key.sign(canonical_bytes(message))).decode()
    return json.dumps({**message, "signature": signature}, ensure_ascii=False)


def verify(message):
    text = message.get("signature")
    try:
        signature = base64.b64decode(text, validate=True)
        if base64.b64encode(signature).decode() != text:
            raise ValueError("another form of Base64")
        Ed25519PublicKey.from_public_bytes(public_key_of(message["from"])).verify(signature, canonical_bytes(message))
    except (TypeError, ValueError, InvalidSignature) as reason:
        raise Refused("INVALID_SIGNATURE", "the signature does not verify") from reason


# --- Section 2: envelope --------------------------------------------------------------------------------------------

def strict(text):
    """JSON without the liberties that Python's parser takes."""
    def unique(pairs):
        if len({name for name, _ in pairs}) < len(pairs):
            raise ValueError("a duplicate field")
        return dict(pairs)

    def constant(name):
        raise ValueError(name + " is no JSON number")

    try:
        return json.loads(text, object_pairs_hook=unique, parse_constant=constant)
    except (ValueError, RecursionError) as reason:
        raise malformed(str(reason)) from reason


def check_values(value, free, level):
    if isinstance(value, (dict, list)):
        if level > DEPTH:
            raise malformed("nested too deep")
        for name, inner in value.items() if isinstance(value, dict) else enumerate(value):
            check_values(inner, free or (level == 2 and free is None and name in FREE_NUMBERS), level + 1)
    elif isinstance(value, float) and (not free or not math.isfinite(value)):
        raise malformed("a number that is no integer")
    elif isinstance(value, int) and not isinstance(value, bool) and not free and abs(value) > INTEGER_MAX:
        raise malformed("an integer beyond 2^53-1")


def check_timestamp(text):
    match = TIMESTAMP.fullmatch(text)
    if not match:
        raise malformed("timestamp")
    year, month, day, hour, minute, second = map(int, match.groups()[:6])
    zone = match[8]
    offset = 0 if zone in "Zz" else int(zone[0] + "1") * (int(zone[1:3]) * 60 + int(zone[4:]))
    try:
        utc = datetime.datetime(max(year, 1), month, day, hour, minute, min(second, 59))
    except ValueError as reason:
        raise malformed("timestamp") from reason
    if zone not in "Zz" and (int(zone[1:3]) > 23 or int(zone[4:]) > 59) or second > 60:
        raise malformed("timestamp")
    if second == 60 and (utc.hour * 60 + utc.minute - offset) % 1440 != 1439:
        raise malformed("timestamp: no leap second then")


def read(text):
    """Reads a message and checks its envelope."""
    message = strict(text)
    if not isinstance(message, dict):
        raise malformed("not an object")
    for name, value in message.items():
        check_values(value, None if name == "payload" else False, 2)
    for name in ("id", "timestamp", "from", "to", "type", "version"):
        if not isinstance(message.get(name), str):
            raise malformed(name + " must be a string")
    if not isinstance(message.get("payload"), dict):
        raise malformed("payload must be an object")
    if "signature" in message and not isinstance(message["signature"], str):
        raise malformed("signature must be a string")
    for name in ("id", "correlation_id"):
        value = message.get(name)
        if value is not None and not (isinstance(value, str) and ID.fullmatch(value)):
            raise malformed(name)
    if not re.fullmatch(r"[0-9]{1,4}\.[0-9]{1,4}", message["version"]):
        raise malformed("version")
    if not message["version"].startswith("1."):
        raise Refused("UNSUPPORTED_VERSION", message["version"])
    if message["type"] not in PAYLOADS:
        raise malformed("type")
    check_timestamp(message["timestamp"])
    nobody = message["to"] == "" and message["type"] in ("CHALLENGE", "ERROR")
    for name in ("from",) if nobody else ("from", "to"):
        try:
            public_key_of(message[name])
        except ValueError as reason:
            raise malformed(name) from reason
    return message


# --- Section 4: payloads --------------------------------------------------------------------------------------------

def text(low, high, form=r"(?s).*"):
    """A string of that many UTF-16 code units."""
    def rule(value):
        return isinstance(value, str) and low <= len(value.encode("utf-16-le", "surrogatepass")) // 2 <= high \
            and re.fullmatch(form, value) is not None
    return rule


def integer(low, high=INTEGER_MAX):
    return lambda value: isinstance(value, int) and not isinstance(value, bool) and low <= value <= high


def is_base64(value):
    try:
        return isinstance(value, str) and base64.b64encode(base64.b64decode(value, validate=True)).decode() == value
    except (binascii.Error, ValueError):
        return False


def is_a(kind):
    return lambda value: isinstance(value, kind)


def names(value):
    return isinstance(value, list) and len(value) <= 64 and all(map(text(1, 128), value))


IDENTIFIER = text(1, 64, ID.pattern)
TOKEN = text(1, 256)
SDP = {"connection_id": IDENTIFIER, "sdp": text(1, 65536)}
# For each type: its required fields, and its optional ones (absent or null).
PAYLOADS = {
    "CHALLENGE": ({"nonce": text(22, 256, r"[A-Za-z0-9_-]+"), "expires_ms": integer(0)}, {}),
    "REGISTER": ({"nonce": TOKEN, "audience": TOKEN, "public_key": text(1, 44)},
                 {"capabilities": names, "resume": text(0, 256)}),
    "REGISTERED": ({"session_id": TOKEN, "node_id": TOKEN, "resume_token": TOKEN, "resume_window_ms": integer(0),
                    "resumed": is_a(bool), "ice_servers": is_a(list), "heartbeat_ms": integer(1),
                    "limits": is_a(dict)}, {}),
    "UNREGISTER": ({}, {"reason": text(0, 256)}),
    "OFFER": (SDP, {}),
    "ANSWER": (SDP, {}),
    "ICE_CANDIDATE": ({"connection_id": IDENTIFIER, "candidate": text(0, 1024)},
                      {"sdp_mid": text(0, 64), "sdp_mline_index": integer(0, 1023), "username_fragment": text(0, 256)}),
    "BYE": ({"connection_id": IDENTIFIER}, {"reason": text(0, 256)}),
    "INTENT": ({}, {"query": is_a(str), "task": is_a(str), "status": is_a(str)}),
    "EXEC_REQUEST": ({"capability": text(1, 128), "args": is_a(dict)},
                     {"timeout_ms": integer(1, 3600000), "stream": is_a(bool)}),
    "EXEC_RESPONSE": ({"status": lambda value: value in ("success", "error"), "execution_time_ms": integer(0)},
                      {"error": is_a(dict)}),
    "RELAY": ({"connection_id": IDENTIFIER, "channel": text(0, 128), "seq": integer(0)},
              {"text": is_a(str), "data": is_base64}),
    "ERROR": ({"code": IDENTIFIER, "message": is_a(str)},
              {"retryable": is_a(bool), "retry_after_ms": integer(0), "details": is_a(dict)}),
    "PING": ({}, {"sequence": integer(-INTEGER_MAX)}),
    "PONG": ({}, {"sequence": integer(-INTEGER_MAX)}),
}


def check_payload(message):
    kind, payload = message["type"], message["payload"]
    required, optional = PAYLOADS[kind]
    for name, rule in required.items():
        if payload.get(name) is None or not rule(payload[name]):
            raise malformed("payload." + name)
    for name, rule in optional.items():
        if payload.get(name) is not None and not rule(payload[name]):
            raise malformed("payload." + name)
    present = {name for name, value in payload.items() if value is not None}
    if kind == "INTENT" and not present & {"query", "task", "status"}:
        raise malformed("an INTENT without query, task or status")
    if kind == "RELAY" and len(present & {"text", "data"}) != 1:
        raise malformed("either text or data")
    done = kind == "EXEC_RESPONSE" and payload["status"] == "success"
    if kind == "EXEC_RESPONSE" and ("result" not in payload if done else "error" not in present):
        raise malformed("neither result nor error")
    if kind in ("EXEC_RESPONSE", "PONG") and message.get("correlation_id") is None:
        raise malformed("correlation_id")


# --- vectors --------------------------------------------------------------------------------------------------------

class Checks:
    """Counts what was checked and keeps what failed."""

    def __init__(self):
        self.count = 0
        self.failures = []

    def that(self, holds, what):
        self.count += 1
        if not holds:
            self.failures.append(what)

    def refused(self, action, what):
        try:
            action()
        except (ValueError, Refused):
            self.that(True, what)
        else:
            self.that(False, "not refused: " + what)


def vectors(directory):
    def load(name):
        with open(os.path.join(directory, name), encoding="utf-8") as file:
            return json.load(file)

    checks = Checks()
    check_dids(checks, load("did-key.json"))
    check_keys(checks, load("ed25519.json"))
    check_canonical(checks, load("jcs.json"))
    check_messages(checks, load("messages.json"))
    return {"ok": not checks.failures, "checks": checks.count, "failures": checks.failures}


def check_dids(checks, file):
    for one in file["valid"]:
        key = bytes.fromhex(one["public_key_hex"])
        checks.that(public_key_of(one["did"]) == key and did_of(key) == one["did"], one["did"])
        checks.that(base58(key) == one["public_key_base58"], one["public_key_base58"])
    for one in file["malformed"]:
        checks.refused(lambda: public_key_of(one["did"]), one["reason"])


def check_keys(checks, file):
    for one in file["vectors"]:
        key = Key(bytes.fromhex(one["seed"]))
        signature = key.sign(bytes.fromhex(one["message"])).hex()
        checks.that(key.did == one["did"] and key.public.hex() == one["public_key"], "key: " + one["name"])
        checks.that(signature == one["signature"], "signature: " + one["name"])


def check_canonical(checks, file):
    for one in file["numbers"]:
        value, = struct.unpack(">d", bytes.fromhex(one["ieee754"]))
        checks.that(number(value) == one["json"], one["json"])
    for one in file["texts"]:
        checks.that(canonical(strict(one["input"])) == one["canonical"], one["name"])
    for one in file["refused"]:
        checks.refused(lambda: canonical(strict(one["input"])), one["reason"])


def check_messages(checks, file):
    keys = {key.did: key for key in (Key(bytes.fromhex(one["seed"])) for one in file["keys"].values())}
    for one in file["keys"].values():
        checks.that(one["did"] in keys, one["did"])
    for one in file["good"]:
        try:
            message = read(one["text"])
            check_payload(message)
            checks.that(canonical_bytes(message).decode() == one["canonical"], "canonical form: " + one["name"])
            if one["signature"] is not None:
                verify(message)
                mine = base64.b64encode(keys[message["from"]].sign(one["canonical"].encode())).decode()
                checks.that(mine == one["signature"] == message["signature"], "signature: " + one["name"])
        except Refused as reason:
            checks.that(False, one["name"] + ": " + str(reason))
    for one in file["bad"]:
        checks.that(refusal(one["text"]) == (one["stage"], one["code"]), one["name"])


def refusal(text):
    stage = "envelope"
    try:
        message = read(text)
        stage = "signature"
        verify(message)
        stage = "payload"
        check_payload(message)
    except Refused as reason:
        return stage, reason.code
    return None


# --- chat -----------------------------------------------------------------------------------------------------------

class Agent:
    """One agent with its session at the gateway; section 1 and 8."""

    def __init__(self, name, url):
        self.name = name
        self.url = url
        self.key = Key(os.urandom(32))
        self.did = self.key.did

    async def __aenter__(self):
        from websockets import client
        self.socket = await client.connect(self.url, subprotocols=["ioap.v1"], max_size=2**20, open_timeout=10)
        self.challenge = await self.next("CHALLENGE")
        self.gateway = self.challenge["from"]
        return self

    async def __aexit__(self, *error):
        await self.socket.close()

    async def register(self, audience, **more):
        await self.send(self.gateway, "REGISTER", {"nonce": self.challenge["payload"]["nonce"], "audience": audience,
                                                   "public_key": base58(self.key.public), **more})

    async def send(self, to, kind, payload, correlation_id=None, **more):
        now = datetime.datetime.now(datetime.timezone.utc).isoformat()
        message = {"id": str(uuid.uuid4()), "timestamp": now, "from": self.did, "to": to,
                   "type": kind, "payload": payload, "version": "1.0", **more}
        if correlation_id is not None:
            message["correlation_id"] = correlation_id
        await self.socket.send(signed(message, self.key))
        return message["id"]

    async def next(self, kind, about=None):
        """The next message, which must be of that kind; messages of agents must verify."""
        message = read(await asyncio.wait_for(self.socket.recv(), 10))
        check_payload(message)
        if "signature" in message or getattr(self, "gateway", message["from"]) != message["from"]:
            verify(message)
        if message["type"] != kind:
            raise AssertionError("%s expected %s, got %s" % (self.name, kind, json.dumps(message)))
        if about is not None and message.get("correlation_id") != about:
            raise AssertionError("%s: %s does not answer %s: %s" % (self.name, kind, about, json.dumps(message)))
        return message


async def chat(url):
    from websockets import exceptions
    checks = Checks()
    audience = urlsplit(url).netloc
    async with Agent("ann", url) as ann, Agent("bob", url) as bob:
        checks.that(ann.socket.subprotocol == "ioap.v1", "the gateway selects ioap.v1")
        await ann.register(audience, capabilities=["sum"])
        await bob.register(audience, capabilities=["echo"])
        for agent in (ann, bob):
            welcome = await agent.next("REGISTERED")
            checks.that(welcome["to"] == agent.did and welcome["payload"]["resumed"] is False, "a fresh session")
        await talk(checks, ann, bob)
        await provoke(checks, ann, bob)
        await ann.send(ann.gateway, "UNREGISTER", {"reason": "done"})
        try:
            await asyncio.wait_for(ann.socket.recv(), 10)
            checks.that(False, "UNREGISTER closes the session")
        except exceptions.ConnectionClosed:
            checks.that(ann.socket.close_code == 1000, "UNREGISTER closes with 1000, not %s" % ann.socket.close_code)
        sent = await bob.send(ann.did, "INTENT", {"query": "still there?"})
        fault = (await bob.next("ERROR", sent))["payload"]
        checks.that(fault["code"] == "UNKNOWN_AGENT" and fault["retryable"] is True, "who left is unknown")
    await impostor(checks, url, audience)
    return {"ok": not checks.failures, "checks": checks.count, "failures": checks.failures}


async def talk(checks, ann, bob):
    query = {"query": "Wie sp\u00e4t ist es in Z\u00fcrich?", "context": {"lang": "de"}}
    intent = await ann.send(bob.did, "INTENT", query)
    heard = await bob.next("INTENT")
    checks.that(heard["id"] == intent and heard["from"] == ann.did, "an intent arrives as it was sent")
    await bob.send(ann.did, "INTENT", {"status": "accepted", "cost": 0}, intent)
    checks.that((await ann.next("INTENT", intent))["payload"]["status"] == "accepted", "an intent is answered")
    request = await ann.send(bob.did, "EXEC_REQUEST",
                             {"capability": "echo", "args": {"text": "hello"}, "timeout_ms": 5000})
    args = (await bob.next("EXEC_REQUEST"))["payload"]["args"]
    await bob.send(ann.did, "EXEC_RESPONSE", {"status": "success", "result": args, "execution_time_ms": 1}, request)
    result = (await ann.next("EXEC_RESPONSE", request))["payload"]["result"]
    checks.that(result == {"text": "hello"}, "a request is answered")
    ping = await ann.send(ann.gateway, "PING", {"sequence": 7})
    checks.that((await ann.next("PONG", ping))["payload"].get("sequence") == 7, "the gateway answers a ping")
    ping = await ann.send(bob.did, "PING", {"sequence": 8}, hop=1)
    checks.that((await bob.next("PING")).get("hop") == 1, "a forwarder keeps unknown fields")
    await bob.send(ann.did, "PONG", {"sequence": 8}, ping)
    checks.that((await ann.next("PONG", ping))["payload"].get("sequence") == 8, "an agent answers a ping")


async def provoke(checks, ann, bob):
    await ann.socket.send("not JSON")
    checks.that((await ann.next("ERROR"))["payload"]["code"] == "MALFORMED_MESSAGE", "what is no JSON is malformed")
    sent = await ann.send(bob.did, "HELLO", {})
    fault = (await ann.next("ERROR", sent))["payload"]
    checks.that(fault["code"] == "MALFORMED_MESSAGE", "an unknown type is malformed")
    sent = await ann.send(bob.did, "PING", {}, version="2.0")
    fault = (await ann.next("ERROR", sent))["payload"]
    checks.that(fault["code"] == "UNSUPPORTED_VERSION", "version 2 is unsupported")
    sent = await ann.send(Key(os.urandom(32)).did, "INTENT", {"query": "anybody?"})
    checks.that((await ann.next("ERROR", sent))["payload"]["code"] == "UNKNOWN_AGENT", "a stranger is unknown")
    sent = await ann.send(bob.did, "INTENT", {"query": "I am bob"}, **{"from": bob.did})
    checks.that((await ann.next("ERROR", sent))["payload"]["code"] == "FORBIDDEN", "nobody speaks for another")


async def impostor(checks, url, audience):
    """A registration that another key signed, one for another gateway, and a session that does not register."""
    async with Agent("mallory", url) as mallory:
        ann = Key(os.urandom(32))
        mallory.did = ann.did
        await mallory.register(audience, public_key=base58(ann.public))
        await closed_after(checks, mallory, "INVALID_SIGNATURE", "another key signed")
    async with Agent("mallory", url) as mallory:
        await mallory.register("elsewhere.example.org")
        await closed_after(checks, mallory, "INVALID_SIGNATURE", "another audience")
    async with Agent("mallory", url) as mallory:
        await mallory.send(mallory.gateway, "PING", {})
        await closed_after(checks, mallory, "NOT_REGISTERED", "no registration")


async def closed_after(checks, agent, code, what):
    from websockets import exceptions
    checks.that((await agent.next("ERROR"))["payload"]["code"] == code, what + ": " + code)
    try:
        await asyncio.wait_for(agent.socket.recv(), 10)
        checks.that(False, what + ": not closed")
    except exceptions.ConnectionClosed:
        checks.that(agent.socket.close_code == 4500, what + ": closed with %s" % agent.socket.close_code)


def main(arguments):
    if len(arguments) != 2 or arguments[0] not in ("vectors", "chat"):
        sys.exit(__doc__)
    if arguments[0] == "vectors":
        result = vectors(arguments[1])
    else:
        try:
            import websockets
        except ImportError:
            sys.exit("ioap_client.py chat needs the package python3-websockets: apt-get install python3-websockets")
        try:
            result = asyncio.run(asyncio.wait_for(chat(arguments[1]), 60))
        except (AssertionError, Refused, OSError, asyncio.TimeoutError,
                websockets.exceptions.WebSocketException) as reason:
            result = {"ok": False, "failures": [type(reason).__name__ + ": " + str(reason)]}
    print(json.dumps(result))
    return 0 if result["ok"] else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
