// script.js - the node's scripts: read, changed, saved, run; what they print appears in the console below.
// SPDX-License-Identifier: MIT
import { controlScript, readScript, saveScript } from "./api.js";
import { h, icon } from "./dom.js";
import { Editor } from "./editor.js";

function tool(drawing, label, onclick, props = {}) {
    return h("button", { type: "button", onclick, ...props }, icon(drawing), label);
}

export class Scripts {
    constructor(node) {
        this.node = node;
        this.name = null;
        this.saved = "";
        this.choice = h("select", { "aria-label": "Script", onchange: () => this.open(this.choice.value) });
        this.mark = h("span", { class: "mark" });
        this.said = h("p", { class: "note", role: "status" });
        this.buttons = [
            tool("save", "Save", () => this.save(), { title: "Ctrl-S" }),
            tool("run", "Run", () => this.run(), { class: "primary" }),
            tool("stop", "Stop", () => this.control("stop")),
        ];
        this.place = h("div", { class: "editor card" });
        this.output = h("div", { class: "output" });
        this.element = h("div", { class: "scripts" }, h("div", { class: "toolbar" }, this.choice, this.mark, ...this.buttons), this.said, this.place, this.output);
        this.editor = new Editor(this.place, () => this.save(), () => this.showMark());
        node.addEventListener("hello", () => this.list());
        node.addEventListener("state", () => this.able());
        addEventListener("beforeunload", (event) => this.changed && event.preventDefault());
        this.list();
    }

    get changed() {
        return this.name !== null && this.editor.text !== this.saved;
    }

    list() {
        const names = this.node.hello.scripts.map((script) => script.name ?? script);
        this.choice.replaceChildren(...names.map((name) => h("option", { value: name, selected: name === this.name }, name)));
        if (!names.length) this.say("This node has no scripts.");
        else if (this.name === null) this.open(names[0]);
        this.able();
    }

    able() {
        for (const button of this.buttons) button.disabled = this.node.state !== "live" || this.name === null;
    }

    showMark() {
        this.mark.textContent = this.changed ? "● not saved" : "";
    }

    say(text, wrong = false) {
        this.said.textContent = text;
        this.said.classList.toggle("error", wrong);
    }

    async open(name) {
        if (this.changed && !confirm(`Changes of ${this.name} are not saved. Leave them?`)) {
            this.choice.value = this.name;
            return;
        }
        await this.attempt(async () => {
            const text = await readScript(name);
            this.name = name;
            this.saved = text;
            this.editor.text = text;
            this.say("");
        });
        this.showMark();
        this.able();
    }

    /** Does something and says what went wrong; true if nothing did. */
    async attempt(action) {
        try {
            await action();
            return true;
        } catch (error) {
            this.say(error.message, true);
            return false;
        }
    }

    save() {
        const text = this.editor.text;
        return this.attempt(async () => {
            await saveScript(this.name, text);
            this.saved = text;
            this.showMark();
            this.say(`${this.name} is saved.`);
        });
    }

    async run() {
        if (!this.changed || (await this.save())) await this.control("run");
    }

    control(what) {
        return this.attempt(async () => {
            await controlScript(this.name, what);
            this.say(what === "run" ? `${this.name} was started.` : `${this.name} was stopped.`);
        });
    }
}
