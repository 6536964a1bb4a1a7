// main.js - the page: its head, its tabs, and who is let in.
// SPDX-License-Identifier: MIT
import "@xterm/xterm/css/xterm.css";
import "uplot/dist/uPlot.min.css";
import "./page.css";
import { logout } from "./api.js";
import { Board } from "./board.js";
import { h, iconButton, moment } from "./dom.js";
import { Log } from "./log.js";
import { Login, tokenOfAddress } from "./login.js";
import { Node } from "./node.js";
import { Overview } from "./overview.js";
import { themeButton } from "./theme.js";

const STATES = { connecting: "Connecting …", live: "Live", offline: "Offline", out: "" };

class Page {
    constructor() {
        this.node = new Node();
        this.login = new Login(() => this.node.restart());
        this.parts = { overview: new Overview(this.node), board: new Board(this.node), log: new Log(this.node) };
        this.tabs = {};
        this.panels = {};
        this.heading = h("h1", {}, "Krait");
        this.state = h("p", { class: "state", role: "status" });
        this.raised = h("button", { type: "button", class: "count", hidden: true, onclick: () => this.showAlarms() });
        this.role = h("span", { class: "role" });
        this.leave = iconButton("leave", "Log out", () => this.logout());
        this.nav = h("nav", { role: "tablist", "aria-label": "Views", onkeydown: (event) => this.steer(event) });
        this.banner = h("p", { class: "banner", role: "status", hidden: true });
        this.content = h("main", {}, this.banner);
        for (const [name, label] of [["overview", "Overview"], ["board", "Board"], ["log", "Log"], ["console", "Console"], ["scripts", "Scripts"]]) this.addTab(name, label);
        this.frame = h("div", { class: "frame" }, this.nav, this.content);
        const head = h("header", { class: "head" }, this.heading, this.state, this.raised, h("span", { class: "room" }), this.role, themeButton(), this.leave);
        document.getElementById("app").append(head, this.login.element, this.frame);
        this.listen();
    }

    addTab(name, label) {
        const props = { type: "button", role: "tab", id: `tab-${name}`, "aria-controls": `panel-${name}`, onclick: () => this.show(name) };
        this.tabs[name] = h("button", props, label);
        this.panels[name] = h("div", { id: `panel-${name}`, class: "panel", role: "tabpanel", "aria-labelledby": `tab-${name}`, hidden: true });
        if (this.parts[name]) this.panels[name].append(this.parts[name].element);
        this.nav.append(this.tabs[name]);
        this.content.append(this.panels[name]);
    }

    listen() {
        this.node.addEventListener("state", () => this.showState());
        this.node.addEventListener("hello", () => this.showState());
        this.node.addEventListener("alarms", () => this.showCount());
        addEventListener("hashchange", () => this.follow());
        setInterval(() => this.showBanner(), 5000);
    }

    async start() {
        this.showState();
        if (!(await this.enterByAddress())) await this.node.start();
    }

    /** True if the address had a token, and the node accepts it. */
    async enterByAddress() {
        const token = tokenOfAddress();
        return token !== null && this.login.enter(token);
    }

    /** The address has changed: another tab, or a token. */
    async follow() {
        if (!(await this.enterByAddress()) && this.node.hello) await this.show(location.hash.slice(1));
    }

    /** The tabs that there are for this role now. */
    get open() {
        const console = this.node.hello?.console;
        return Object.keys(this.tabs).filter((name) => console || (name !== "console" && name !== "scripts"));
    }

    showState() {
        const { state, hello } = this.node;
        this.heading.textContent = hello?.title ?? "Krait";
        this.state.textContent = STATES[state];
        this.state.className = `state ${state}`;
        this.role.textContent = hello && state !== "out" ? hello.role : "";
        this.leave.hidden = state === "out";
        this.leave.title = `Log out ${this.role.textContent}`.trim();
        this.login.show(state === "out");
        this.frame.hidden = state === "out" || !hello;
        for (const [name, tab] of Object.entries(this.tabs)) tab.hidden = !this.open.includes(name);
        if (state === "out") this.closeParts();
        else if (hello) this.show(location.hash.slice(1));
        this.showBanner();
        this.showCount();
    }

    /** Says that what is shown is old. */
    showBanner() {
        const { state, hello, latest, reason } = this.node;
        const last = Math.max(0, ...Object.values(latest).map((each) => each.t));
        const from = last ? ` Shown are the last values, of ${moment(last)}.` : "";
        this.banner.hidden = state !== "offline" && state !== "connecting";
        this.banner.textContent = state === "offline" ? `Offline: the node does not answer; the page keeps trying.${from}` : `Connecting to ${hello?.title ?? "the node"} …${reason ? ` It says: ${reason}.` : ""}${from}`;
        if (state === "offline" && !hello) this.state.textContent = "Offline: the node does not answer, and there are no values from before";
    }

    showCount() {
        const count = this.node.alarms.filter((alarm) => alarm.state === "raised").length;
        this.raised.hidden = count === 0 || this.node.state === "out";
        this.raised.textContent = `${count} alarm${count === 1 ? "" : "s"}`;
        document.title = `${count ? `(${count}) ` : ""}${this.heading.textContent}`;
    }

    showAlarms() {
        this.show("overview");
        this.parts.overview.alarms.element.scrollIntoView({ block: "center" });
    }

    /** Opens a tab; the first where there is none of that name. */
    async show(name) {
        if (!this.open.includes(name)) name = "overview";
        const before = this.shown;
        this.shown = name;
        for (const each of Object.keys(this.tabs)) {
            this.panels[each].hidden = each !== name;
            this.tabs[each].setAttribute("aria-selected", String(each === name));
            this.tabs[each].tabIndex = each === name ? 0 : -1;
        }
        if (location.hash.slice(1) !== name) history.replaceState(null, "", `#${name}`);
        if (name === "log") this.parts.log.scroll();
        if (name === "console" || name === "scripts") await this.showTools(name);
        if (before !== name && name === "console") this.parts.console.terminal.focus();
    }

    /** Console and editor are fetched when they are first looked at. */
    async showTools(name) {
        if (!this.parts.console) {
            const { Console, Scripts } = await (this.tools ??= import("./tools.js"));
            this.parts.console ??= new Console();
            if (!this.parts.scripts) {
                this.parts.scripts = new Scripts(this.node);
                this.panels.scripts.append(this.parts.scripts.element);
            }
        }
        if (this.shown === name) this.parts.console.show(name === "console" ? this.panels.console : this.parts.scripts.output);
    }

    closeParts() {
        this.parts.console?.stop();
        this.shown = null;
    }

    /** Arrow keys, Home and End go through the tabs. */
    steer(event) {
        const names = this.open;
        const at = names.indexOf(this.shown);
        const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: names.length - 1 }[event.key];
        if (to === undefined) return;
        event.preventDefault();
        const name = names[(to + names.length) % names.length];
        this.show(name);
        this.tabs[name].focus();
    }

    async logout() {
        try {
            await logout();
        } catch {
            // the session ends with the node, or after its hours
        }
        this.node.stop(true);
    }
}

new Page().start();
navigator.serviceWorker?.register("/sw.js").catch(() => {}); // without it the page needs the node to open
