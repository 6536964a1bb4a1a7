// actuator.js - switches and sliders: what the node says counts; until it has answered, what is wanted is shown as such.
// SPDX-License-Identifier: MIT
import { h, number } from "./dom.js";

/** What both have in common: `control` is the part one touches, wanted the value that was asked for, null when it has been answered. */
class Actuator {
    constructor(node, name) {
        this.node = node;
        this.name = name;
        this.wanted = null;
        this.error = h("p", { class: "error", role: "alert" });
        this.now = h("span", { class: "now" });
    }

    get told() {
        return this.node.hello?.actuators.find((each) => each.name === this.name) ?? {};
    }

    card(control) {
        const head = h("div", { class: "line" }, h("span", { class: "name", id: `actuator-${this.name}` }, this.told.label), this.now, control);
        this.element = h("div", { class: "card actuator", "data-actuator": this.name }, head, this.error);
    }

    able(yes) {
        this.control.disabled = !yes;
        this.element.title = yes ? "" : this.node.state !== "live" ? "No connection" : "Viewers can watch, operators can switch";
    }

    async want(value) {
        this.wanted = value;
        this.error.textContent = "";
        this.show();
        try {
            await this.node.ask({ type: "set", name: this.name, value });
        } catch (error) {
            if (this.wanted === value) this.error.textContent = `${this.told.label}: ${error.message}`;
        }
        if (this.wanted === value) this.wanted = null;
        this.show();
    }

    show() {
        this.element.classList.toggle("pending", this.wanted !== null);
        this.control.setAttribute("aria-busy", String(this.wanted !== null));
        this.display(this.wanted ?? this.told.value);
    }
}

export class Switch extends Actuator {
    constructor(node, name) {
        super(node, name);
        this.control = h("button", { type: "button", role: "switch", class: "switch", "aria-labelledby": `actuator-${name}`, onclick: () => this.want(!(this.wanted ?? this.told.value)) }, h("i", {}));
        this.card(this.control);
    }

    display(value) {
        this.control.setAttribute("aria-checked", String(Boolean(value)));
        this.now.textContent = this.wanted !== null ? `turning ${value ? "on" : "off"} …` : value == null ? "unknown" : value ? "on" : "off";
    }
}

export class Slider extends Actuator {
    constructor(node, name) {
        super(node, name);
        const { min, max } = this.told;
        const step = max - min > 20 ? 1 : (max - min) / 100;
        this.control = h("input", { type: "range", min, max, step, "aria-labelledby": `actuator-${name}` });
        this.control.addEventListener("input", () => {
            this.held = true;
            this.write(this.control.valueAsNumber, "");
        });
        this.control.addEventListener("change", () => {
            this.held = false;
            this.want(this.control.valueAsNumber);
        });
        this.card(this.control);
        this.element.classList.add("slider");
    }

    write(value, more) {
        const { min, max, unit } = this.told;
        this.now.textContent = `${value == null ? "unknown" : number(value, max - min > 20 ? 0 : 2)} ${unit ?? ""}${more}`.trim();
        this.control.setAttribute("aria-valuetext", this.now.textContent);
    }

    display(value) {
        if (this.held) return;
        this.control.value = value ?? this.told.min;
        this.write(value, this.wanted === null ? "" : " …");
    }
}
