// chart.js - the values that share a chart, drawn by uPlot: one scale for each unit, a legend with the values below the crosshair.
// SPDX-License-Identifier: MIT
import uPlot from "uplot";
import { exportAddress } from "./api.js";
import { colour, h, icon, moment, number } from "./dom.js";

const SERIES_COLOURS = 6; // --series-1 to --series-6 of the style sheet
const HOUR = 3600;
const DAY = 24 * HOUR;
const FONT = "12px system-ui, sans-serif";

const format = (options) => new Intl.DateTimeFormat(undefined, { hourCycle: "h23", ...options });
const SECONDS = format({ hour: "2-digit", minute: "2-digit", second: "2-digit" });
const MINUTES = format({ hour: "2-digit", minute: "2-digit" });
const DATE = format({ day: "numeric", month: "short" });

/** Labels of the time axis, local: the day stands where it begins. */
function timeLabels(u, splits, axis, space, increment) {
    return splits.map((split) => {
        const date = new Date(split * 1000);
        const midnight = date.getHours() === 0 && date.getMinutes() === 0 && date.getSeconds() === 0;
        if (increment >= DAY || midnight) return DATE.format(date);
        return (increment >= 60 ? MINUTES : SECONDS).format(date);
    });
}

/** Width of an axis of values: its longest label, and the unit. */
function widthOf(u, labels, axis) {
    if (!labels) return 46;
    u.ctx.font = u.axes[axis].font[0];
    return Math.ceil(Math.max(...labels.map((label) => u.ctx.measureText(label ?? "").width)) / devicePixelRatio) + 12;
}

/** A range of values with some air, and never so small that noise looks like a mountain. */
function airy(u, low, high) {
    if (low === null) return [0, 1];
    const middle = (low + high) / 2;
    const half = Math.max((high - low) * 0.58, Math.abs(middle) * 0.005, 0.05);
    return [middle - half, middle + half];
}

/** Rows of points with a gap on both sides, which no line shows. */
function lonely(u, series) {
    const column = u.data[series];
    const rows = column.map((v, i) => (v != null && (column[i - 1] === null || i === 0) && (column[i + 1] === null || i === column.length - 1) ? i : -1));
    return rows.filter((i) => i >= 0);
}

export class Chart {
    /** values: those of the node's hello that share the chart. */
    constructor(timeline, title, values, node) {
        this.timeline = timeline;
        this.values = values;
        this.node = node;
        this.names = values.map((value) => value.name);
        this.units = [...new Set(values.map((value) => value.unit ?? ""))];
        this.hidden = new Set();
        this.place = h("div", { class: "plot", tabindex: "0", role: "img", onkeydown: (event) => this.steer(event) });
        this.when = h("span", { class: "when" });
        this.keys = values.map((value, i) => this.key(value, i));
        this.element = h(
            "section",
            { class: "card chart", "aria-label": title },
            h("header", {}, h("h3", {}, title), this.when, this.exports()),
            h("div", { class: "legend" }, ...this.keys.map((key) => key.button)),
            this.place,
        );
        this.observer = new ResizeObserver(() => this.resize());
        this.observer.observe(this.place);
    }

    /** A series in the legend: it hides and shows the line. */
    key(value, i) {
        const text = h("b", {});
        const button = h("button", { type: "button", class: `key series-${(i % SERIES_COLOURS) + 1}`, "aria-pressed": "true" }, h("i", {}), `${value.label} `, text);
        button.addEventListener("click", () => {
            const shown = this.hidden.delete(value.name);
            if (!shown) this.hidden.add(value.name);
            button.setAttribute("aria-pressed", String(shown));
            this.plot?.setSeries(i + 1, { show: shown });
        });
        return { button, text };
    }

    /** Links that fetch what the window shows as CSV; their addresses are made when the list is opened. */
    exports() {
        const links = this.values.map((value) => h("a", { download: `${value.name}.csv`, href: "#" }, value.label));
        const list = h("details", { class: "menu" }, h("summary", { class: "icon-button", "aria-label": "Export as CSV", title: "Export as CSV" }, icon("table")), h("div", {}, "CSV", ...links));
        list.addEventListener("toggle", () => this.names.forEach((name, i) => (links[i].href = exportAddress(name, ...this.timeline.window))));
        list.addEventListener("focusout", (event) => list.contains(event.relatedTarget) || (list.open = false));
        return list;
    }

    /** Draws from nothing: at the beginning, and when the colours are others. */
    build() {
        const cursor = this.plot?.cursor.idx ?? null;
        this.plot?.destroy();
        this.plot = new uPlot(this.options(), this.timeline.drawn(this.names), this.place);
        this.read(cursor);
    }

    options() {
        const line = { stroke: colour("--line"), width: 1 };
        const axis = { stroke: colour("--quiet"), font: FONT, grid: line, ticks: { ...line, size: 4 } };
        const scales = { x: { time: true, range: () => this.timeline.window } };
        for (const unit of this.units) scales[`y${unit}`] = { range: airy };
        const label = (unit) => (unit ? { label: unit, labelSize: 16, labelFont: FONT, labelGap: 0 } : {});
        const sides = this.units.slice(0, 2).map((unit, i) => ({ ...axis, ...label(unit), scale: `y${unit}`, side: i ? 1 : 3, size: widthOf, gap: 6, grid: { ...line, show: i === 0 } }));
        return {
            ...this.size(),
            scales,
            padding: [8, this.units.length > 1 ? 0 : 14, 0, 0],
            legend: { show: false },
            cursor: {
                drag: { x: true, y: false, setScale: false },
                sync: { key: "krait", filters: { pub: (kind) => kind === "mousemove" || kind === "mouseleave" } },
                points: { size: 7 },
                bind: { dblclick: () => () => this.timeline.follow() },
            },
            axes: [{ ...axis, values: timeLabels, space: 64, gap: 6, size: 32 }, ...sides],
            series: [{}, ...this.values.map((value, i) => this.line(value, i))],
            hooks: {
                setSelect: [(u) => this.zoom(u, u.select)],
                setCursor: [(u) => this.read(u.cursor.idx)],
            },
        };
    }

    /** Makes what was selected with the pointer the window. */
    zoom(u, { left, width }) {
        if (width === 0) return;
        u.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
        if (width > 4) this.timeline.zoom(u.posToVal(left, "x"), u.posToVal(left + width, "x"));
    }

    line(value, i) {
        const name = `--series-${(i % SERIES_COLOURS) + 1}`;
        const alone = this.values.length === 1;
        const dash = i >= SERIES_COLOURS ? [6, 4] : undefined;
        const points = { show: true, size: 5, fill: colour(name), filter: lonely };
        return { scale: `y${value.unit ?? ""}`, stroke: colour(name), fill: alone ? colour(name, 0.1) : undefined, width: 1.75, dash, show: !this.hidden.has(value.name), points };
    }

    size() {
        const width = Math.max(this.place.clientWidth, 120);
        return { width, height: width < 480 ? 190 : 230 };
    }

    resize() {
        if (this.place.clientWidth && this.plot) this.plot.setSize(this.size());
        else if (this.place.clientWidth) this.build();
    }

    /** Shows new points, and the window as it is now. */
    draw() {
        if (!this.plot) return;
        this.plot.setData(this.timeline.drawn(this.names));
        this.read(this.plot.cursor.idx);
    }

    /** Puts the values of a row (null: the last) into the legend. */
    read(row) {
        const under = row != null && this.timeline.times[row] !== undefined;
        this.when.textContent = under ? moment(this.timeline.times[row]) : "";
        const texts = this.values.map((value, i) => {
            const v = under ? this.timeline.valueAt(value.name, row) : this.node.latest[value.name]?.v;
            const text = `${number(v, value.decimals)} ${value.unit ?? ""}`.trim();
            this.keys[i].text.textContent = text;
            return `${value.label} ${text}`;
        });
        this.place.setAttribute("aria-label", `${this.when.textContent} ${texts.join(", ")}. Arrow keys move the crosshair.`.trim());
    }

    /** Moves the crosshair by keys. */
    steer(event) {
        const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
        if (!step || !this.plot) return;
        event.preventDefault();
        const last = this.timeline.times.length - 1;
        const row = Math.min(Math.max((this.plot.cursor.idx ?? last) + step * (event.shiftKey ? 20 : 1), 0), last);
        this.plot.setCursor({ left: this.plot.valToPos(this.timeline.times[row], "x"), top: this.plot.over.clientHeight / 2 });
    }

    remove() {
        this.observer.disconnect();
        this.plot?.destroy();
    }
}
