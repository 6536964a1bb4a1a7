// board.js - the pins in use: what they are for, their modes and levels.
// SPDX-License-Identifier: MIT
import { h } from "./dom.js";

function row(pin) {
    const high = pin.level === true || pin.level === 1;
    const low = pin.level === false || pin.level === 0;
    const level = high ? "high" : low ? "low" : (pin.level ?? "–");
    return h(
        "tr",
        {},
        h("th", { scope: "row" }, String(pin.name)),
        h("td", {}, pin.role ?? ""),
        h("td", {}, h("span", { class: "mode" }, pin.mode ?? "")),
        h("td", {}, h("span", { class: `level ${high ? "high" : low ? "low" : "other"}` }, h("i", {}), String(level))),
    );
}

export class Board {
    constructor(node) {
        this.node = node;
        this.rows = h("tbody", {});
        this.none = h("p", { class: "empty" }, "No pin is in use.");
        this.table = h("table", {}, h("thead", {}, h("tr", {}, ...["Pin", "Use", "Mode", "Level"].map((title) => h("th", { scope: "col" }, title)))), this.rows);
        this.element = h("section", { class: "card board", "aria-label": "Board" }, this.none, this.table);
        node.addEventListener("board", () => this.show());
        this.show();
    }

    show() {
        this.rows.replaceChildren(...this.node.pins.map(row));
        this.table.hidden = !this.node.pins.length;
        this.none.hidden = !this.table.hidden;
    }
}
