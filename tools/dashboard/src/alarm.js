// alarm.js - what asks for attention. Severity is said by a word and a shape, colour only repeats it.
// SPDX-License-Identifier: MIT
import { duration, h, icon, moment } from "./dom.js";

const ORDER = { raised: 0, acknowledged: 1, cleared: 2 };
const SEVERITIES = ["critical", "warning", "info"];

/** Raised before acknowledged before over; the most severe first, then the newest. */
function compare(a, b) {
    const rank = (alarm) => ORDER[alarm.state] ?? 0;
    return rank(a) - rank(b) || SEVERITIES.indexOf(severity(a)) - SEVERITIES.indexOf(severity(b)) || b.since - a.since;
}

function severity(alarm) {
    return SEVERITIES.includes(alarm.severity) ? alarm.severity : "warning";
}

export class AlarmList {
    constructor(node) {
        this.node = node;
        this.items = h("ul", { class: "alarms" });
        this.spoken = h("p", { class: "spoken", role: "alert" });
        this.element = h("section", { id: "alarms", class: "alarm-box", "aria-label": "Alarms" }, this.spoken, this.items);
        this.known = new Set();
        node.addEventListener("alarms", () => this.show());
        node.addEventListener("hello", () => this.show());
        node.addEventListener("state", () => this.show());
        this.show();
    }

    show() {
        const alarms = [...this.node.alarms].sort(compare);
        const focused = document.activeElement?.dataset?.alarm;
        this.items.replaceChildren(...alarms.map((alarm) => this.item(alarm)));
        this.element.hidden = alarms.length === 0;
        if (focused) this.items.querySelector(`[data-alarm="${CSS.escape(focused)}"]`)?.focus();
        this.speak(alarms.filter((alarm) => alarm.state === "raised"));
        this.age();
    }

    /** Says new alarms to those who do not see them. */
    speak(raised) {
        const fresh = raised.filter((alarm) => !this.known.has(`${alarm.id} ${alarm.since}`));
        this.known = new Set(raised.map((alarm) => `${alarm.id} ${alarm.since}`));
        if (fresh.length) this.spoken.textContent = fresh.map((alarm) => `${severity(alarm)}: ${alarm.text || alarm.name}`).join(". ");
    }

    item(alarm) {
        const error = h("span", { class: "error", role: "alert" });
        const able = this.node.operator && this.node.state === "live";
        const button = h("button", { type: "button", "data-alarm": alarm.id, disabled: !able, title: able ? null : "Operators can acknowledge" }, "Acknowledge");
        button.addEventListener("click", async () => {
            button.disabled = true;
            try {
                await this.node.ask({ type: "ack", alarm: alarm.id });
            } catch (problem) {
                error.textContent = problem.message;
                button.disabled = false;
            }
        });
        const since = h("time", { "data-since": alarm.since, title: moment(alarm.since) });
        const state = h("p", {}, h("b", {}, severity(alarm)), ` · ${alarm.state} · ${alarm.name} · `, since);
        return h(
            "li",
            { class: `alarm ${severity(alarm)} ${alarm.state}` },
            icon(alarm.state === "cleared" ? "done" : severity(alarm)),
            h("div", {}, h("strong", {}, alarm.text || alarm.name), state, error),
            alarm.state === "acknowledged" || alarm.seen ? null : button,
        );
    }

    /** How long they have been so. */
    age() {
        for (const time of this.items.querySelectorAll("time")) time.textContent = `${duration(this.node.now - Number(time.dataset.since))}\u00a0ago`;
    }
}
