// node.js - what is known of the node: the live connection, the last values, and what was kept of them for when it is away.
// SPDX-License-Identifier: MIT
import { session } from "./api.js";
import { Line } from "./socket.js";

const KEPT = "krait-last"; // in localStorage
const KEEP_EVERY = 5000; // milliseconds
const ANSWER_WITHIN = 10000;
const SILENCE = 30000; // after this long without a message the connection is looked at
const MOST_LINES = 500;

/**
 * Events: "state" (live, connecting, offline or out: nobody is logged in), "hello" (all is new), "values" (detail: {t, v}), "actuator" (detail: its name), "alarms", "log" (detail: the new
 * lines), "board". What they are about is in the fields of the same names.
 */
export class Node extends EventTarget {
    constructor() {
        super();
        this.state = "connecting";
        this.hello = null;
        this.latest = {}; // name: {t, v}
        this.alarms = [];
        this.pins = [];
        this.lines = [];
        this.offset = 0; // the node's clock minus ours, in seconds
        this.waiting = new Map(); // id: what to do with the answer
        this.lastId = 0;
        this.heard = 0;
        this.reason = ""; // why the node ended the connection
        this.line = new Line("/api/live");
        this.line.addEventListener("open", () => (this.heard = Date.now()));
        this.line.addEventListener("message", (event) => this.take(JSON.parse(event.data)));
        this.line.addEventListener("close", (event) => this.lost(event.detail));
        addEventListener("offline", () => this.state !== "out" && this.become("offline"));
        setInterval(() => this.watch(), 5000);
    }

    get operator() {
        return this.hello?.role === "operator";
    }

    get now() {
        return Date.now() / 1000 + this.offset;
    }

    become(state) {
        if (state === this.state) return;
        this.state = state;
        this.dispatchEvent(new Event("state"));
    }

    /** Connects, or finds out that nobody is logged in. */
    async start() {
        const found = await session();
        if (found === "out") return this.become("out");
        if (found === "away") this.recall();
        this.become(found === "away" ? "offline" : "connecting");
        this.line.start();
    }

    /** Connects anew, as whoever is logged in now. */
    restart() {
        this.line.stop();
        return this.start();
    }

    /** Ends the connection; forget: nothing of the values stays in the browser. */
    stop(forget) {
        this.line.stop();
        if (forget) localStorage.removeItem(KEPT);
        this.hello = null;
        this.become("out");
    }

    async lost(reason) {
        this.reason = reason;
        for (const answer of this.waiting.values()) answer({ error: "the connection was lost" });
        this.waiting.clear();
        this.keep();
        if (this.state === "live") this.become("connecting");
        const found = await session();
        if (this.line.isOpen) return;
        if (found === "out") this.stop(false);
        else if (found === "away") this.become("offline");
        if (!this.hello && found === "away") this.recall();
    }

    async watch() {
        if (!this.line.isOpen || Date.now() - this.heard < SILENCE) return;
        this.heard = Date.now();
        if ((await session()) === "away") this.line.socket?.close();
    }

    take(message) {
        this.heard = Date.now();
        this[`take_${message.type}`]?.(message);
    }

    take_hello(message) {
        this.hello = message;
        this.offset = message.now - Date.now() / 1000;
        this.latest = {};
        for (const [name, v] of Object.entries(message.latest)) this.latest[name] = { t: message.latest_at, v };
        this.lines = [];
        this.keep();
        this.dispatchEvent(new Event("hello"));
        this.become("live");
    }

    take_values(message) {
        for (const [name, v] of Object.entries(message.v)) this.latest[name] = { t: message.t, v };
        if (Date.now() - (this.kept ?? 0) > KEEP_EVERY) this.keep();
        this.dispatchEvent(new CustomEvent("values", { detail: message }));
    }

    take_actuator(message) {
        const actuator = this.hello?.actuators.find((each) => each.name === message.name);
        if (!actuator) return;
        actuator.value = message.value;
        this.dispatchEvent(new CustomEvent("actuator", { detail: message.name }));
    }

    take_alarms(message) {
        this.alarms = message.alarms;
        this.dispatchEvent(new Event("alarms"));
    }

    take_log(message) {
        this.lines = [...this.lines, ...message.lines].slice(-MOST_LINES);
        this.dispatchEvent(new CustomEvent("log", { detail: message.lines }));
    }

    take_board(message) {
        this.pins = message.pins;
        this.dispatchEvent(new Event("board"));
    }

    take_result(message) {
        const answer = this.waiting.get(message.id);
        this.waiting.delete(message.id);
        answer?.(message);
    }

    /** Asks for a change and resolves when it is done; the error's text says what the node had against it. */
    ask(message) {
        return new Promise((resolve, reject) => {
            const id = ++this.lastId;
            const timer = setTimeout(() => answer({ error: "the node did not answer within 10 s" }), ANSWER_WITHIN);
            const answer = (result) => {
                clearTimeout(timer);
                this.waiting.delete(id);
                if (result.error) reject(new Error(result.error));
                else resolve();
            };
            this.waiting.set(id, answer);
            if (!this.line.send(JSON.stringify({ ...message, id }))) answer({ error: "no connection" });
        });
    }

    keep() {
        if (!this.hello) return;
        this.kept = Date.now();
        const { title, role, values, actuators } = this.hello;
        try {
            localStorage.setItem(KEPT, JSON.stringify({ hello: { title, role, values, actuators }, latest: this.latest, alarms: this.alarms }));
        } catch {
            // no room, or not allowed to keep anything: then there are no last values
        }
    }

    /** Takes up what was kept. */
    recall() {
        if (this.hello) return;
        let kept;
        try {
            kept = JSON.parse(localStorage.getItem(KEPT));
        } catch {
            kept = null;
        }
        if (!kept?.hello) return;
        this.hello = { ...kept.hello, console: false, scripts: [] };
        this.latest = kept.latest;
        this.alarms = kept.alarms;
        this.dispatchEvent(new Event("hello"));
    }
}
