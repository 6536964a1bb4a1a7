"""Publishes the load and memory of this machine, as a gateway does: telemetry.py [BROKER [COUNT]].

BROKER is a host or a URL (localhost). What the broker has not taken when the connection is lost is sent later; if the program is lost, the broker
says so under machines/NAME/status.
"""
# SPDX-License-Identifier: MIT
import asyncio
import json
import os
import sys

from mqtt import Client, MqttError, Will

NAME = os.uname().nodename
PERIOD = 1.0  # seconds


def reading() -> str:
    with open("/proc/meminfo") as f:
        kilobytes = {line.split(":")[0]: int(line.split()[1]) for line in f}
    return json.dumps({"load": os.getloadavg()[0], "free_mb": kilobytes["MemAvailable"] // 1024})


async def main(broker: str = "localhost", count: str = "1000000") -> None:
    status = f"machines/{NAME}/status"
    async with Client(broker, will=Will(status, "lost", qos=1, retain=True)) as client:
        await client.publish(status, "here", qos=1, retain=True)
        for i in range(int(count)):
            if i:
                await asyncio.sleep(PERIOD)
            await client.publish(f"machines/{NAME}/reading", reading(), qos=1)
        await client.publish(status, "gone", qos=1, retain=True)


if __name__ == "__main__":
    try:
        asyncio.run(main(*sys.argv[1:]))
    except MqttError as e:
        sys.exit(f"telemetry: {e}")
    except KeyboardInterrupt:
        pass
