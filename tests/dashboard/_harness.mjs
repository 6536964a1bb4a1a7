// _harness.mjs - a node that runs tests/dashboard/_demo.py, Chromium, and what the browser tests ask of both.
// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { chromium } from "playwright-core";

const FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const PATIENCE = 20000; // milliseconds; a busy machine takes its time

/** A node with a folder of its own. address: of the page; tokens: {operator, viewer}. */
export class Node {
    constructor(krait) {
        this.krait = krait;
        this.folder = mkdtempSync(join(tmpdir(), "krait-dashboard-"));
        this.port = 0;
        this.tokens = {};
    }

    /** Starts it; after stop(), at the same port. */
    async start() {
        const child = spawn(this.krait, ["--board", "sim", join(import.meta.dirname, "_demo.py"), String(this.port), this.folder], { stdio: ["ignore", "pipe", "pipe"] });
        let complaints = "";
        child.stderr.on("data", (data) => (complaints = (complaints + data).slice(-4000)));
        this.process = child;
        this.ended = new Promise((resolve) => child.once("exit", resolve));
        for await (const line of createInterface({ input: child.stdout })) {
            const [, role, address, token] = line.match(/^Dashboard(?:, for the (\w+))?: (\S+?\/)(?:#token=(\S+))?$/) ?? [];
            if (role) this.tokens[role] = token;
            if (!address) continue;
            this.address = address;
            this.port = Number(new URL(address).port);
            if (this.tokens.viewer) return;
        }
        throw new Error(`the node ended before it printed its addresses: ${complaints}`);
    }

    async stop() {
        this.process.kill("SIGTERM");
        await this.ended;
    }

    async remove() {
        this.process.kill("SIGKILL");
        await this.ended;
        rmSync(this.folder, { recursive: true, force: true });
    }
}

/** Chromium with a profile of its own, where another site's name leads to this machine (DNS rebinding). */
export function launch() {
    const names = "--host-resolver-rules=MAP rebound.example 127.0.0.1";
    return chromium.launch({ executablePath: process.env.KR_CHROMIUM ?? "/usr/bin/chromium", args: [...FLAGS, names] });
}

/** A page with cookies of its own. What it must never do is noted in `faults`. */
export async function open(browser, faults, options = {}) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: "en-GB", ...options });
    context.setDefaultTimeout(PATIENCE);
    const page = await context.newPage();
    page.on("pageerror", (error) => faults.push(`error: ${error.stack}`));
    page.on("console", (message) => /Content Security Policy|Uncaught/.test(message.text()) && faults.push(message.text()));
    page.on("request", (request) => {
        const { hostname, protocol } = new URL(request.url());
        if (hostname !== "127.0.0.1" && protocol !== "data:") faults.push(`a request to ${request.url()}`);
    });
    return page;
}

/** Opens the page with the address that the node printed for a role. */
export async function enter(page, node, role) {
    await page.goto(`${node.address}#token=${node.tokens[role]}`);
    await page.locator(".state.live").waitFor();
}

/** Waits until check() gives something true, and gives it. */
export async function until(what, check) {
    const end = Date.now() + PATIENCE;
    for (;;) {
        const found = await check();
        if (found) return found;
        if (Date.now() > end) assert.fail(`${what}: not within ${PATIENCE / 1000} s`);
        await new Promise((resolve) => setTimeout(resolve, 100));
    }
}

/** What the node says to a page that has just connected, with the page's cookies: its message of a type. */
export function told(page, type) {
    return page.evaluate(
        (wanted) =>
            new Promise((resolve, reject) => {
                const socket = new WebSocket(`ws://${location.host}/api/live`);
                socket.onmessage = (event) => {
                    const message = JSON.parse(event.data);
                    if (message.type !== wanted) return;
                    socket.close();
                    resolve(message);
                };
                socket.onerror = () => reject(new Error("no connection"));
            }),
        type,
    );
}

/** Sends one message over a connection of its own and gives the node's result. */
export function send(page, message) {
    return page.evaluate(
        (sent) =>
            new Promise((resolve) => {
                const socket = new WebSocket(`ws://${location.host}/api/live`);
                socket.onopen = () => socket.send(JSON.stringify({ ...sent, id: 7 }));
                socket.onmessage = (event) => {
                    const answer = JSON.parse(event.data);
                    if (answer.type !== "result") return;
                    socket.close();
                    resolve(answer);
                };
            }),
        message,
    );
}

/** "open" or "refused": what becomes of a WebSocket that a page opens. */
export function socketOf(page, address) {
    return page.evaluate(
        (url) =>
            new Promise((resolve) => {
                const socket = new WebSocket(url);
                socket.onopen = () => resolve("open");
                socket.onerror = () => resolve("refused");
            }),
        address,
    );
}

/** How many points of a chart's lines there are: canvas points in one of the colours of series. */
export function drawn(page, title) {
    return page.getByRole("region", { name: title, exact: true }).locator("canvas").evaluate((canvas) => {
        const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
        let count = 0;
        let sum = 0;
        for (let i = 0; i < data.length; i += 4) {
            const [red, green, blue, alpha] = data.subarray(i, i + 4);
            if (alpha > 200 && Math.max(red, green, blue) - Math.min(red, green, blue) > 60) {
                count++;
                sum = (sum * 31 + i) % 1000000007;
            }
        }
        return { count, sum };
    });
}
