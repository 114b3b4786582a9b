"""Carries Ethernet frames between two TAP devices in two network namespaces, each frame so many milliseconds late.

Usage: delay_wire.py NAMESPACE DEVICE OTHER_NAMESPACE OTHER_DEVICE DELAY_MS; prints "ready".
"""
import collections
import ctypes
import fcntl
import os
import select
import struct
import sys
import time

TUNSETIFF = 0x400454CA
IFF_TAP_NO_PI = 0x0002 | 0x1000
CLONE_NEWNET = 0x40000000
QUEUE_MAX = 10_000

libc = ctypes.CDLL(None, use_errno=True)


def tap(namespace, device):
    with open(f"/run/netns/{namespace}") as handle:
        if libc.setns(handle.fileno(), CLONE_NEWNET) != 0:
            raise OSError(ctypes.get_errno(), "setns " + namespace)
    end = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(end, TUNSETIFF, struct.pack("16sH", device.encode(), IFF_TAP_NO_PI))
    return end


def main():
    ends = [tap(sys.argv[1], sys.argv[2]), tap(sys.argv[3], sys.argv[4])]
    delay = int(sys.argv[5]) / 1000
    late = collections.deque()
    print("ready", flush=True)
    while True:
        wait = max(0, late[0][0] - time.monotonic()) if late else None
        readable, _, _ = select.select(ends, [], [], wait)
        for end in readable:
            try:
                frame = os.read(end, 65536)
            except OSError:
                continue  # the device is down
            if len(late) < QUEUE_MAX:
                late.append((time.monotonic() + delay, ends[1 - ends.index(end)], frame))
        while late and late[0][0] <= time.monotonic():
            _, end, frame = late.popleft()
            try:
                os.write(end, frame)
            except OSError:
                pass  # the device is down, or its queue is full: a wire loses the frame then


main()
