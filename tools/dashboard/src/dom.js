// dom.js - elements, and what their texts have in common.
// SPDX-License-Identifier: MIT

const SVG = "http://www.w3.org/2000/svg";

/** What the Content-Security-Policy allows: attributes and listeners, never style or markup in text. */
function fill(element, props, children) {
    for (const [name, value] of Object.entries(props)) {
        if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
        else if (value === true) element.setAttribute(name, "");
        else if (value !== false && value != null) element.setAttribute(name, value);
    }
    element.append(...children.filter((child) => child != null));
    return element;
}

/** An element: h("button", {class: "quiet", onclick: save}, "Save"). Properties that begin with "on" are listeners, the others attributes; false and null leave one out. */
export function h(tag, props = {}, ...children) {
    return fill(document.createElement(tag), props, children);
}

/** The same for SVG. */
export function svg(tag, props = {}, ...children) {
    return fill(document.createElementNS(SVG, tag), props, children);
}

const ICONS = {
    critical: "M8 2h8l6 6v8l-6 6H8l-6-6V8zM12 7v6M12 16.5v.5", // an octagon
    warning: "M12 3 22 20H2zM12 9v5M12 17v.5", // a triangle
    info: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 11v5M12 7.5v.5", // a circle
    done: "M5 13l4 4L19 7",
    light: "M12 7a5 5 0 1 0 0 10 5 5 0 0 0 0-10zM12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.4 1.4M17.6 17.6 19 19M5 19l1.4-1.4M17.6 6.4 19 5",
    dark: "M20 14.5A8.5 8.5 0 1 1 9.5 4 7 7 0 0 0 20 14.5z",
    auto: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 3v18M12 8h6.5M12 12h9M12 16h7",
    leave: "M10 4H5v16h5M14 8l4 4-4 4M18 12H9",
    earlier: "M15 5l-7 7 7 7",
    later: "M9 5l7 7-7 7",
    closer: "M12 5v14M5 12h14",
    wider: "M5 12h14",
    save: "M5 4h11l4 4v12H5zM8 4v5h7V4M8 20v-6h8v6",
    run: "M7 4l13 8-13 8z",
    stop: "M6 6h12v12H6z",
    table: "M12 4v11M7 11l5 5 5-5M4 20h16",
};

/** A drawing of 24 units that follows the text's colour; names as in ICONS. */
export function icon(name) {
    return svg("svg", { class: "icon", viewBox: "0 0 24 24", "aria-hidden": "true" }, svg("path", { d: ICONS[name] }));
}

/** A button with a drawing, and its name for those who do not see it. */
export function iconButton(name, label, onclick, props = {}) {
    return h("button", { type: "button", class: "icon-button", "aria-label": label, title: label, onclick, ...props }, icon(name));
}

/** A value with its decimals (2 if nobody says); "–" where there is none. */
export function number(value, decimals = 2) {
    if (typeof value !== "number" || !Number.isFinite(value)) return "–";
    return value.toLocaleString(undefined, { minimumFractionDigits: decimals ?? 0, maximumFractionDigits: decimals ?? 2 });
}

const CLOCK = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });
const DAY = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });

/** Local time of seconds since 1970: the clock, with the day where it is not today. */
export function moment(seconds) {
    const date = new Date(seconds * 1000);
    return (date.toDateString() === new Date().toDateString() ? CLOCK : DAY).format(date);
}

/** "12 s", "5 min", "3 h", "2 d": about how long some seconds are. */
export function duration(seconds) {
    for (const [unit, size] of [["d", 86400], ["h", 3600], ["min", 60]]) {
        if (seconds >= size) return `${Math.floor(seconds / size)}\u00a0${unit}`;
    }
    return `${Math.max(0, Math.floor(seconds))}\u00a0s`;
}

/** A colour of the style sheet as it is now, for what is drawn: colour("--series-1", 0.1). */
export function colour(name, opacity = 1) {
    const probe = h("i", {});
    probe.style.color = `var(${name})`;
    document.body.append(probe);
    const parts = getComputedStyle(probe).color.match(/[\d.]+/g).slice(0, 3);
    probe.remove();
    return opacity === 1 ? `#${parts.map((part) => Number(part).toString(16).padStart(2, "0")).join("")}` : `rgba(${parts}, ${opacity})`;
}
