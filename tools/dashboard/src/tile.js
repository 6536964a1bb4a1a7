// tile.js - one value: the latest, with unit, and what it did in the last hour.
// SPDX-License-Identifier: MIT
import { duration, h, number, svg } from "./dom.js";

const WIDTH = 120;
const HEIGHT = 32;
const STALE = 60; // seconds without a new value, from which on its age is said

/** A path over the points between from and to; lines end where points are missing. */
function path([times, column], from, to) {
    const known = column.filter((v) => v != null);
    const low = Math.min(...known);
    const span = Math.max(...known) - low || 1;
    let pen = "M";
    let text = "";
    times.forEach((t, i) => {
        if (column[i] === undefined || t < from) return;
        if (column[i] === null) {
            pen = "M";
            return;
        }
        const x = ((t - from) / (to - from)) * WIDTH;
        const y = HEIGHT - 2 - ((column[i] - low) / span) * (HEIGHT - 4);
        text += `${pen}${x.toFixed(1)} ${y.toFixed(1)}`;
        pen = "L";
    });
    return text;
}

export class Tile {
    constructor(timeline, value) {
        this.timeline = timeline;
        this.value = value;
        this.figure = h("span", { class: "figure" });
        this.span = h("p", { class: "span" });
        this.line = svg("path", { d: "" });
        const drawing = svg("svg", { class: "spark", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none", "aria-hidden": "true" }, this.line);
        const reading = h("p", { class: "reading" }, this.figure, h("span", { class: "unit" }, value.unit ?? ""));
        this.element = h("article", { class: "card tile", "data-value": value.name }, h("h3", {}, value.label), reading, drawing, this.span);
    }

    /** latest: {t, v} or undefined. */
    show(latest, now) {
        this.figure.textContent = number(latest?.v, this.value.decimals);
        const age = latest ? now - latest.t : 0;
        this.element.classList.toggle("stale", age > STALE);
        this.age = age > STALE ? `${duration(age)} ago` : null;
        this.describe();
    }

    describe() {
        const known = (this.timeline.columns[this.value.name] ?? []).filter((v) => v != null);
        const range = known.length > 1 ? `1 h: ${number(Math.min(...known), this.value.decimals)} to ${number(Math.max(...known), this.value.decimals)}` : "";
        this.span.textContent = this.age ?? range;
    }

    draw() {
        const [times, column] = this.timeline.drawn([this.value.name]);
        this.line.setAttribute("d", path([times, column], ...this.timeline.window));
        this.describe();
    }
}
