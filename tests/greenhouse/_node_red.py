"""_node_red.py KRAIT FOLDER - Node-RED gets the greenhouse's readings over MQTT, and switches its pump; npm's ws is a viewer of the dashboard. FOLDER: where npm has installed them."""
# SPDX-License-Identifier: MIT
import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time

from _program import PATIENCE, Program, states

WATERS = """
// The first readings that come: water. Later ones: say so once the pump runs.
const state = msg.payload;
if (!context.get("asked")) { context.set("asked", true); return [{ payload: "ON" }, null]; }
return [null, state.pump ? { payload: JSON.stringify(state) } : null];
"""
VIEWER = """
const [url, token] = process.argv.slice(1);
const origin = url.replace(/\\/$/, "");
const WebSocket = require("ws");
(async () => {
    const answer = await fetch(url + "api/login", { method: "POST", headers: { "content-type": "application/json", origin }, body: JSON.stringify({ token }) });
    const socket = new WebSocket(url.replace("http", "ws") + "api/live", { headers: { origin, cookie: answer.headers.get("set-cookie").split(";")[0] } });
    const seen = {};
    socket.on("message", (data) => {
        const message = JSON.parse(data);
        if (message.type === "hello") socket.send(JSON.stringify({ type: "set", id: 7, name: "fan", value: 42 }));
        if (message.type === "values" && "air" in message.v) seen.values = message.v;
        if (message.type === "result") seen.result = message;
        if (seen.values && seen.result) { console.log(JSON.stringify(seen)); process.exit(0); }
    });
    socket.on("error", (error) => { console.error(error.message); process.exit(1); });
})();
"""


def flow(port: int, out: str) -> list[dict]:
    """MQTT in -> function -> MQTT out, and a file for what the readings say when the pump runs."""
    return [
        {"id": "t", "type": "tab", "label": "greenhouse"},
        {"id": "b", "type": "mqtt-broker", "name": "", "broker": "127.0.0.1", "port": str(port), "protocolVersion": "5", "keepalive": "60", "cleansession": True, "autoConnect": True},
        {"id": "in", "type": "mqtt in", "z": "t", "topic": "greenhouse/state", "qos": "1", "datatype": "json", "broker": "b", "wires": [["f"]]},
        {"id": "f", "type": "function", "z": "t", "func": WATERS, "outputs": 2, "wires": [["out"], ["written"]]},
        {"id": "out", "type": "mqtt out", "z": "t", "topic": "greenhouse/pump/set", "qos": "1", "retain": "false", "broker": "b", "wires": []},
        {"id": "written", "type": "file", "z": "t", "filename": out, "filenameType": "str", "appendNewline": True, "overwriteFile": "true", "encoding": "none", "wires": [[]]},
    ]


def node_red(node: Program, packages: str, work: str) -> dict:
    """What Node-RED has read when the pump runs that it has switched."""
    out = os.path.join(work, "pump.json")
    with open(os.path.join(work, "flows.json"), "w", encoding="utf-8") as file:
        json.dump(flow(node.broker()[1], out), file)
    with open(os.path.join(work, "settings.js"), "w", encoding="utf-8") as file:
        file.write('module.exports = { uiPort: 0, uiHost: "127.0.0.1", httpAdminRoot: false, flowFile: "flows.json", credentialSecret: false, telemetry: { enabled: false } };')
    red = os.path.join(packages, "node_modules", "node-red", "red.js")
    with open(os.path.join(work, "log"), "wb") as log:
        process = subprocess.Popen(["node", red, "--userDir", work, "--settings", os.path.join(work, "settings.js")], stdout=log, stderr=log, stdin=subprocess.DEVNULL)
    try:
        end = time.monotonic() + 4 * PATIENCE
        while not os.path.exists(out) or not os.path.getsize(out):
            with open(os.path.join(work, "log"), encoding="utf-8") as file:
                assert time.monotonic() < end and process.poll() is None, file.read()[-2000:]
            time.sleep(0.1)
        time.sleep(0.2)
        with open(out, encoding="utf-8") as file:
            return json.loads(file.readline())
    finally:
        process.terminate()
        process.wait(10)


with tempfile.TemporaryDirectory() as work, Program("period=0.1", "mqtt.every=0.2") as node:
    asyncio.run(states(node.broker(), lambda state: state["pump"] == 0, say=[("greenhouse/pump/set", "OFF")]))
    read = node_red(node, sys.argv[2], work)
    assert read["pump"] == 1 and isinstance(read["air"], float), read
    print(f"node-red: has read air {read['air']} and switched the pump on")
    url, token = node.wait_for(r"operator: (\S+)#token=(\S+)").groups()
    done = subprocess.run(["node", "-e", VIEWER, "--", url, token], cwd=sys.argv[2], capture_output=True, text=True, timeout=PATIENCE)
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout)
    assert seen["result"] == {"type": "result", "id": 7, "ok": True}, seen
    assert asyncio.run(states(node.broker(), lambda state: state["fan"] == 42))
    print(f"ws: has seen {len(seen['values'])} values and set the fan")
