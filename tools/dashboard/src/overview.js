// overview.js - what one looks at first: alarms, values, switches and charts.
// SPDX-License-Identifier: MIT
import { AlarmList } from "./alarm.js";
import { Slider, Switch } from "./actuator.js";
import { Chart } from "./chart.js";
import { h, iconButton } from "./dom.js";
import { theme } from "./theme.js";
import { Tile } from "./tile.js";
import { Timeline } from "./timeline.js";

const HOUR = 3600;
const RANGES = [["1 h", HOUR], ["24 h", 24 * HOUR], ["7 d", 168 * HOUR], ["30 d", 720 * HOUR]];
const POINTS = 600; // of a chart
const SPARKS = 120; // of a tile

export class Overview {
    constructor(node) {
        this.node = node;
        this.recent = new Timeline(node, HOUR, SPARKS);
        this.timeline = new Timeline(node, HOUR, POINTS);
        this.tiles = new Map();
        this.actuators = new Map();
        this.charts = [];
        this.tileRow = h("div", { class: "tiles" });
        this.controls = h("div", { class: "controls" });
        this.chartList = h("div", { class: "charts" });
        this.trouble = h("p", { class: "trouble", role: "status" });
        this.alarms = new AlarmList(node);
        this.element = h(
            "div",
            { class: "overview" },
            this.alarms.element,
            h("section", { class: "values", "aria-label": "Values" }, this.tileRow),
            h("section", { class: "actuators", "aria-label": "Controls" }, h("h2", {}, "Controls"), this.controls),
            h("section", { class: "history", "aria-label": "Charts" }, this.toolbar(), this.trouble, this.chartList),
        );
        this.listen();
    }

    listen() {
        this.node.addEventListener("hello", () => this.build());
        this.node.addEventListener("state", () => this.showAble());
        this.node.addEventListener("values", (event) => this.add(event.detail));
        this.node.addEventListener("actuator", (event) => this.actuators.get(event.detail)?.show());
        this.recent.addEventListener("data", () => this.drawTiles());
        for (const kind of ["data", "window"]) this.timeline.addEventListener(kind, () => this.draw());
        this.timeline.addEventListener("window", () => this.showRange());
        this.timeline.addEventListener("error", (event) => this.complain(event.detail));
        theme.addEventListener("change", () => this.charts.forEach((chart) => chart.build()));
        setInterval(() => this.tick(), 1000);
    }

    /** The buttons that choose what part of time the charts show. */
    toolbar() {
        const line = this.timeline;
        this.ranges = RANGES.map(([label, range]) => h("button", { type: "button", onclick: () => line.follow(range) }, label));
        this.live = h("button", { type: "button", class: "primary", onclick: () => line.follow() }, "Back to now");
        const moves = [
            iconButton("earlier", "Earlier", () => line.shift(-0.5, 1)),
            iconButton("wider", "Zoom out", () => line.shift(0, 2)),
            iconButton("closer", "Zoom in", () => line.shift(0, 0.5)),
            iconButton("later", "Later", () => line.shift(0.5, 1)),
        ];
        this.tools = h(
            "div",
            { class: "toolbar", role: "toolbar", "aria-label": "Time" },
            h("h2", {}, "History"),
            this.live,
            h("span", { class: "segments", role: "group", "aria-label": "Range" }, ...this.ranges),
            h("span", { class: "segments", role: "group", "aria-label": "Move" }, ...moves),
        );
        this.showRange();
        return this.tools;
    }

    showRange() {
        const { range, zoomed } = this.timeline;
        this.ranges.forEach((button, i) => button.setAttribute("aria-pressed", String(!zoomed && RANGES[i][1] === range)));
        this.live.hidden = !zoomed;
    }

    /** Everything from what the node says of itself; what has not changed since the last time stays. */
    build() {
        const { values, actuators, role } = this.node.hello;
        const shape = JSON.stringify([values, actuators.map(({ value, ...rest }) => rest), role]);
        if (shape !== this.shape) this.rebuild(values, actuators);
        this.shape = shape;
        for (const tile of this.tiles.values()) tile.show(this.node.latest[tile.value.name], this.node.now);
        for (const actuator of this.actuators.values()) actuator.show();
        this.showAble();
        this.load();
    }

    rebuild(values, actuators) {
        this.tiles = new Map(values.map((value) => [value.name, new Tile(this.recent, value)]));
        this.tileRow.replaceChildren(...[...this.tiles.values()].map((tile) => tile.element));
        this.actuators = new Map(actuators.map(({ name, kind }) => [name, new (kind === "switch" ? Switch : Slider)(this.node, name)]));
        this.controls.replaceChildren(...[...this.actuators.values()].map((actuator) => actuator.element));
        this.charts.forEach((chart) => chart.remove());
        const titles = [...new Set(values.map((value) => value.chart).filter(Boolean))];
        const drawn = values.filter((value) => value.chart).map((value) => value.name);
        this.recent.clear(values.map((value) => value.name));
        this.timeline.clear(drawn);
        this.charts = titles.map((title) => new Chart(this.timeline, title, values.filter((value) => value.chart === title), this.node));
        this.chartList.replaceChildren(...this.charts.map((chart) => chart.element));
        this.tools.hidden = drawn.length === 0;
        this.controls.parentElement.hidden = actuators.length === 0;
    }

    load() {
        for (const line of [this.recent, this.timeline]) if (line.names.length) line.load();
    }

    showAble() {
        for (const actuator of this.actuators.values()) actuator.able(this.node.operator && this.node.state === "live");
    }

    complain(text) {
        this.trouble.textContent = text ?? "";
        this.chartList.hidden = text !== null && this.timeline.times.length === 0;
    }

    add({ t, v }) {
        for (const name of Object.keys(v)) this.tiles.get(name)?.show(this.node.latest[name], this.node.now);
        this.recent.add(t, v);
        this.timeline.add(t, v);
    }

    draw() {
        if (this.element.clientWidth) this.charts.forEach((chart) => chart.draw());
    }

    drawTiles() {
        for (const tile of this.tiles.values()) tile.draw();
    }

    /** Once a second, however often values come, and also where none do: time goes on. */
    tick() {
        if (!this.node.hello || document.hidden) return;
        this.drawTiles();
        for (const tile of this.tiles.values()) tile.show(this.node.latest[tile.value.name], this.node.now);
        if (!this.timeline.zoomed) this.draw();
        this.alarms.age();
    }
}
