// _peer.js URL VERSION [JSON] - npm's mqtt as a client of the broker: subscribes to peer/#, says "ready", publishes with QoS 0, 1 and 2, prints a line per
// message until "end" comes. JSON: more of its options; ca, cert and key are files, filters is what it subscribes to, quiet: it publishes nothing.
// SPDX-License-Identifier: MIT
const fs = require("fs");
const path = require("path");
const mqtt = require(path.join(__dirname, "../../build/peers/node_modules/mqtt"));
const options = JSON.parse(process.argv[4] || "{}");
for (const name of ["ca", "cert", "key"]) if (options[name]) options[name] = fs.readFileSync(options[name]);
const version = Number(process.argv[3]);
const { filters = "peer/#", quiet = false } = options;
let connections = 0;
const client = mqtt.connect(process.argv[2], { protocolVersion: version, reconnectPeriod: 0, ...options });

client.on("error", (e) => { if (!options.reconnectPeriod) { console.log(`error ${e.message}`); process.exit(1); } });
client.on("close", () => { if (options.reconnectPeriod) console.log(`lost ${Date.now()}`); });
client.on("message", (topic, payload, packet) => {
    const properties = (packet.properties || {}).userProperties;
    console.log(`${topic} ${payload} ${packet.qos} ${packet.retain}${properties ? " " + JSON.stringify(properties) : ""}`);
    if (payload.toString() === "end") client.end(false, () => process.exit(0));
});
client.on("connect", () => connections++ || client.subscribe(filters, { qos: 2 }, (error, granted) => {
    console.log(`ready ${granted.map((g) => g.qos)}`);
    if (quiet) return;
    const properties = version === 5 ? { properties: { userProperties: { from: "npm" } } } : {};
    client.publish("own/0", "0", { qos: 0, ...properties }, () =>
        client.publish("own/1", "1", { qos: 1, ...properties }, () =>
            client.publish("own/2", "2", { qos: 2, retain: true, ...properties }, () => console.log("published"))));
}));
