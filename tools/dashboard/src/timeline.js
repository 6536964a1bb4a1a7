// timeline.js - values over a window of time: history from the node, continued with what comes in.
//
// times and columns[name] have one row each per point, oldest first. A null is a missing value.
// SPDX-License-Identifier: MIT
import { history } from "./api.js";

const SHORTEST = 10; // seconds: how far one can zoom in
const GAP = 3.5; // a line is not drawn over this many times the usual distance of its points

/** The distance that most points of a column have. */
function usualDistance(times, column) {
    const distances = [];
    let last = null;
    for (let i = 0; i < times.length; i++) {
        if (column[i] == null) continue;
        if (last !== null) distances.push(times[i] - last);
        last = times[i];
    }
    distances.sort((a, b) => a - b);
    return distances[distances.length >> 1] ?? Infinity;
}

/** The longest distance over which two points belong together, in seconds. */
function reach(times, column, step) {
    return GAP * Math.max(step, usualDistance(times, column));
}

/** The column as uPlot draws it: null breaks the line, undefined does not. */
function withGaps(times, column, step) {
    const longest = reach(times, column, step);
    const drawn = column.slice();
    let last = -1;
    for (let i = 0; i <= times.length; i++) {
        if (i < times.length && column[i] == null) continue;
        const bridged = last >= 0 && i < times.length && times[i] - times[last] <= longest;
        for (let k = last + 1; k < i; k++) drawn[k] = bridged ? undefined : null;
        last = i;
    }
    return drawn;
}

/** Events: "window" (another part of time is wanted), "data" (history has come), "error" (detail: text, or null when it is over). */
export class Timeline extends EventTarget {
    constructor(node, range, points) {
        super();
        this.node = node;
        this.range = range; // seconds, up to now
        this.points = points;
        this.zoomed = null; // [from, to] where it does not end now
        this.clear([]);
    }

    /** Empties it, for series of these names. */
    clear(names) {
        this.names = names;
        this.times = [];
        this.columns = Object.fromEntries(names.map((name) => [name, []]));
        this.step = this.range / this.points;
    }

    get window() {
        return this.zoomed ?? [this.node.now - this.range, this.node.now];
    }

    /** Shows the last `range` seconds, moving. */
    follow(range = this.range) {
        this.range = range;
        this.zoomed = null;
        return this.moved();
    }

    /** Shows a part that stands still. */
    zoom(from, to) {
        const missing = Math.max(0, SHORTEST - (to - from)) / 2;
        this.zoomed = [from - missing, to + missing];
        return this.moved();
    }

    /** Moves by a part of the width, and widens by a factor. */
    shift(part, factor) {
        const [from, to] = this.window;
        const width = Math.min((to - from) * factor, 400 * 86400);
        const end = Math.min((from + to) / 2 + part * (to - from) + width / 2, this.node.now);
        return this.zoom(end - width, end);
    }

    moved() {
        this.dispatchEvent(new Event("window"));
        return this.load();
    }

    /** Fetches history; the answer to an older question than the last is dropped. */
    async load() {
        const asked = (this.asked = {});
        const [from, to] = this.window;
        let found;
        try {
            found = await history(this.names, from, to, this.points);
        } catch (error) {
            if (this.asked === asked) this.dispatchEvent(new CustomEvent("error", { detail: error.status ? `No history: ${error.message}` : "Without the node there is no history." }));
            return;
        }
        if (this.asked !== asked) return;
        this.clear(this.names);
        this.step = found.step || (to - from) / this.points;
        found.t.forEach((t, i) => this.append(t, (name) => found.series[name]?.[i]));
        this.dispatchEvent(new CustomEvent("error", { detail: null }));
        this.dispatchEvent(new Event("data"));
    }

    /** Adds a row; what was missed before it gets one of its own, so that a line can end there. */
    append(t, valueOf) {
        const last = this.times.at(-1);
        const missed = t - last > 2 * this.step;
        if (missed) this.times.push((last + t) / 2);
        this.times.push(t);
        for (const name of this.names) {
            if (missed) this.columns[name].push(null);
            this.columns[name].push(valueOf(name) ?? null);
        }
    }

    /** Takes new values: those of one step replace each other, as history will have it later. */
    add(t, values) {
        if (this.zoomed || !this.names.some((name) => name in values)) return;
        const last = this.times.length - 1;
        if (last < 0 || Math.floor(t / this.step) > Math.floor(this.times[last] / this.step)) this.append(t, (name) => values[name]);
        else for (const name of this.names) this.columns[name][last] = values[name] ?? this.columns[name][last];
        const old = this.times.findIndex((each) => each >= this.window[0] - this.range / 20);
        if (old > 0) {
            this.times.splice(0, old);
            for (const name of this.names) this.columns[name].splice(0, old);
        }
    }

    /** [times, column, ...] for uPlot. */
    drawn(names) {
        return [this.times, ...names.map((name) => withGaps(this.times, this.columns[name], this.step))];
    }

    /** The value of a series at row i, or shortly before it. */
    valueAt(name, i) {
        const column = this.columns[name];
        const longest = reach(this.times, column, this.step);
        for (let k = i; k >= 0 && this.times[i] - this.times[k] <= longest; k--) {
            if (column[k] != null) return column[k];
        }
        return null;
    }
}
