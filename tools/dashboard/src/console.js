// console.js - the node's prompt in a terminal.
// SPDX-License-Identifier: MIT
import { FitAddon } from "@xterm/addon-fit";
import { Terminal } from "@xterm/xterm";
import { colour, h } from "./dom.js";
import { Line } from "./socket.js";
import { withStyles } from "./style.js";
import { theme } from "./theme.js";

const LOOK = { fontFamily: "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace", fontSize: 13, lineHeight: 1.2, cursorBlink: true };
const SIZE = "\x00"; // begins a frame that is not typed: {"cols", "rows"}

function colours() {
    const names = { background: "--terminal", foreground: "--text", cursor: "--accent", cursorAccent: "--terminal", selectionBackground: "--selection" };
    for (const [i, name] of ["red", "green", "yellow", "blue", "magenta", "cyan"].entries()) {
        names[name] = `--ansi-${i + 1}`;
        names[`bright${name[0].toUpperCase()}${name.slice(1)}`] = `--ansi-${i + 1}`;
    }
    Object.assign(names, { black: "--text", white: "--quiet", brightBlack: "--quiet", brightWhite: "--text" });
    return Object.fromEntries(Object.entries(names).map(([name, from]) => [name, colour(from)]));
}

export class Console {
    constructor() {
        this.note = h("p", { class: "note", role: "status" }, "Connecting …");
        this.place = h("div", { class: "screen" });
        this.element = h("section", { class: "card console", "aria-label": "Console" }, this.note, this.place);
        this.terminal = new Terminal({ ...LOOK, theme: colours(), scrollback: 5000, screenReaderMode: true });
        this.fit = new FitAddon();
        this.terminal.loadAddon(this.fit);
        this.line = new Line("/api/console");
        this.listen();
    }

    listen() {
        this.line.addEventListener("open", () => this.opened());
        this.line.addEventListener("message", (event) => this.terminal.write(event.data));
        this.line.addEventListener("close", (event) => this.say(`${event.detail || "Connection lost"}, trying again …`));
        this.terminal.onData((text) => this.line.send(text));
        this.terminal.onResize(() => this.tellSize());
        theme.addEventListener("change", () => (this.terminal.options.theme = colours()));
        new ResizeObserver(() => this.refit()).observe(this.place);
    }

    say(text) {
        this.note.textContent = text;
        this.note.hidden = !text;
    }

    opened() {
        this.say("");
        this.terminal.reset();
        this.tellSize();
    }

    tellSize() {
        this.line.send(SIZE + JSON.stringify({ cols: this.terminal.cols, rows: this.terminal.rows }));
    }

    refit() {
        if (this.place.clientWidth && this.terminal.element) this.fit.fit();
    }

    /** Shows it in an element of the page, which may be another than before. */
    show(parent) {
        if (this.element.parentElement !== parent) parent.append(this.element);
        if (!this.terminal.element) withStyles(() => this.terminal.open(this.place));
        this.refit();
        this.line.start();
    }

    stop() {
        this.line.stop();
    }
}
