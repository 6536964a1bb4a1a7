// log.js - the node's last lines, by level and by text.
// SPDX-License-Identifier: MIT
import { h, moment } from "./dom.js";

const LEVELS = ["debug", "info", "warning", "error", "critical"];
const MOST = 500; // rows shown

function row(line) {
    return h("li", { class: `level-${line.level}` }, h("time", {}, moment(line.t)), h("b", {}, line.level), h("span", {}, line.text));
}

export class Log {
    constructor(node) {
        this.node = node;
        this.level = h("select", { id: "log-level", onchange: () => this.show() }, ...LEVELS.map((level) => h("option", { value: level, selected: level === "info" }, level)));
        this.text = h("input", { id: "log-text", type: "search", placeholder: "contains …", "aria-label": "Text", oninput: () => this.show() });
        this.follow = h("input", { type: "checkbox", checked: true, onchange: () => this.scroll() });
        this.items = h("ol", { class: "lines", tabindex: "0", "aria-label": "Log" });
        const tools = h("div", { class: "toolbar" }, h("label", { for: "log-level" }, "From level"), this.level, this.text, h("label", {}, this.follow, " follow"));
        this.none = h("p", { class: "empty" }, "No lines.");
        this.element = h("section", { class: "log" }, tools, this.items, this.none);
        node.addEventListener("hello", () => this.show());
        node.addEventListener("log", (event) => this.add(event.detail));
        this.show();
    }

    /** Does it pass the filter? */
    fits(line) {
        return LEVELS.indexOf(line.level) >= LEVELS.indexOf(this.level.value) && line.text.toLowerCase().includes(this.text.value.toLowerCase());
    }

    show() {
        this.items.replaceChildren();
        this.add(this.node.lines);
    }

    add(lines) {
        this.items.append(...lines.filter((line) => this.fits(line)).map(row));
        while (this.items.childElementCount > MOST) this.items.firstElementChild.remove();
        this.none.hidden = this.items.childElementCount > 0;
        this.scroll();
    }

    scroll() {
        if (this.follow.checked) this.items.scrollTop = this.items.scrollHeight;
    }
}
