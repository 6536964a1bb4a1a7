// socket.js - a WebSocket to the node that comes back by itself.
// SPDX-License-Identifier: MIT

const FIRST_WAIT = 500; // milliseconds; doubled up to LONGEST_WAIT
const LONGEST_WAIT = 10000;

/** Events: "open", "message" (MessageEvent) and "close" (detail: what the node says about it, or ""). */
export class Line extends EventTarget {
    constructor(path) {
        super();
        this.address = `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}${path}`;
        this.wait = FIRST_WAIT;
        addEventListener("online", () => this.hurry());
        document.addEventListener("visibilitychange", () => document.hidden || this.hurry());
    }

    get isOpen() {
        return this.socket?.readyState === WebSocket.OPEN;
    }

    start() {
        if (this.socket) return;
        this.timer = clearTimeout(this.timer);
        this.wanted = true;
        const socket = new WebSocket(this.address);
        this.socket = socket;
        socket.addEventListener("open", () => this.dispatchEvent(new Event("open")));
        socket.addEventListener("message", (event) => {
            this.wait = FIRST_WAIT;
            this.dispatchEvent(new MessageEvent("message", { data: event.data }));
        });
        socket.addEventListener("close", (event) => this.socket === socket && this.lost(event.reason));
    }

    lost(reason) {
        this.socket = null;
        this.timer = setTimeout(() => this.start(), this.wait * (0.75 + Math.random() / 2));
        this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
        this.dispatchEvent(new CustomEvent("close", { detail: reason }));
    }

    /** Tries at once, where it is waiting to. */
    hurry() {
        if (this.wanted && !this.socket) {
            this.wait = FIRST_WAIT;
            this.start();
        }
    }

    stop() {
        this.wanted = false;
        this.timer = clearTimeout(this.timer);
        this.socket?.close();
        this.socket = null;
    }

    /** Sends text; false where the line is not open. */
    send(text) {
        if (!this.isOpen) return false;
        this.socket.send(text);
        return true;
    }
}
