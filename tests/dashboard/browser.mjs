// browser.mjs KRAIT FOLDER [--short] - the dashboard's page in Chromium: what it shows, what it changes, and what it may not. Pictures go to FOLDER.
// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { Timeline } from "../../tools/dashboard/src/timeline.js";
import { drawn, enter, launch, Node, open, send, socketOf, told, until } from "./_harness.mjs";

const [krait, folder, mode] = process.argv.slice(2);
const node = new Node(krait);
const LIGHT = "rgb(243, 246, 247)"; // --ground of page.css
const DARK = "rgb(13, 19, 21)";
const faults = []; // errors of the page, what the Content-Security-Policy forbids, requests to other hosts
const browser = await launch();
let page; // the operator's

const tab = (name, of = page) => of.getByRole("tab", { name });
const picture = (name, of = page, options = {}) => of.screenshot({ path: join(folder, `${name}.png`), ...options });
const actuator = async (name) => (await told(page, "hello")).actuators.find((each) => each.name === name).value;
const terminalHas = (pattern) => until(`the terminal shows ${pattern}`, async () => pattern.test(await page.locator(".xterm-rows").innerText()));

/** Presses a button that chooses a range of the charts, and gives the node's answer. */
async function range(name) {
    const answered = page.waitForResponse(/api\/history.*points=600/);
    await page.getByRole("button", { name, exact: true }).click();
    return answered;
}

async function test_wrong_token() {
    await page.goto(node.address);
    await page.getByLabel("Token").fill("wrong");
    await page.getByRole("button", { name: "Log in" }).click();
    await page.getByText(/token is wrong/).waitFor();
    assert.equal(await page.locator(".frame").isHidden(), true);
    assert.equal(await page.evaluate(async () => (await fetch("/api/history?names=air")).status), 401);
    await picture("login");
}

async function test_token_of_address() {
    await enter(page, node, "operator");
    assert.equal(new URL(page.url()).hash, "#overview");
    assert.equal(await page.evaluate(() => document.cookie), "", "the page's programs cannot read the cookie");
    await page.reload();
    await page.locator(".state.live").waitFor();
    assert.equal(await page.locator(".role").innerText(), "operator");
}

async function test_values() {
    const air = page.locator('[data-value="air"] .figure');
    const before = await air.innerText();
    assert.match(before, /^\d+\.\d$/);
    await until("the value changes", async () => (await air.innerText()) !== before);
    assert.match(await page.locator('[data-value="air"] .spark path').getAttribute("d"), /^M[\d. ]+L/);
}

async function test_charts_draw_and_move() {
    const before = await until("the chart is drawn", async () => {
        const now = await drawn(page, "Climate");
        return now.count > 500 && now;
    });
    await until("the chart moves", async () => (await drawn(page, "Climate")).sum !== before.sum);
}

async function test_gaps() {
    const now = 6000;
    const line = new Timeline({ now }, 600, 600);
    line.clear(["often", "seldom"]);
    for (let t = now - 600; t < now; t++) {
        const values = {};
        if (t < now - 300 || t > now - 250) values.often = t; // silent for 50 s
        if (t % 60 === 0) values.seldom = t;
        line.add(t, values);
    }
    const [times, often, seldom] = line.drawn(["often", "seldom"]);
    const kindAt = (column, t) => {
        const drawn = column[times.findIndex((each) => each >= t)];
        return drawn === null ? "gap" : drawn === undefined ? "bridged" : "value";
    };
    assert.deepEqual([now - 400, now - 280, now - 100].map((t) => kindAt(often, t)), ["value", "gap", "value"]);
    assert.deepEqual([now - 300, now - 280, now - 240].map((t) => kindAt(seldom, t)), ["value", "bridged", "value"], "a value each minute is a line");
}

async function test_crosshair() {
    const chart = page.getByRole("region", { name: "Climate", exact: true });
    const box = await chart.locator(".u-over").boundingBox();
    await page.mouse.move(box.x + box.width / 3, box.y + box.height / 2);
    await until("time below the crosshair", async () => /\d\d:\d\d:\d\d/.test(await chart.locator(".when").innerText()));
    assert.match(await page.getByRole("region", { name: "Light", exact: true }).locator(".when").innerText(), /\d\d:\d\d:\d\d/, "charts share the crosshair");
    await chart.locator(".plot").focus();
    const before = await chart.locator(".when").innerText();
    await page.keyboard.press("ArrowLeft");
    assert.notEqual(await chart.locator(".when").innerText(), before);
}

async function test_zoom_and_ranges() {
    const box = await page.getByRole("region", { name: "Climate", exact: true }).locator(".u-over").boundingBox();
    const answered = page.waitForResponse(/api\/history.*points=600/);
    await page.mouse.move(box.x + box.width * 0.4, box.y + 60);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.6, box.y + 70, { steps: 4 });
    await page.mouse.up();
    const query = new URL((await answered).url()).searchParams;
    const width = query.get("to") - query.get("from");
    assert.ok(width > 600 && width < 840, `a fifth of an hour, not ${width} s`);
    await range("Back to now");
    for (const [name, hours] of [["24 h", 24], ["7 d", 168], ["30 d", 720], ["1 h", 1]]) {
        const answer = await range(name);
        const { searchParams } = new URL(answer.url());
        assert.equal(Math.round((searchParams.get("to") - searchParams.get("from")) / 3600), hours);
        const history = await answer.json();
        assert.ok(history.t.length > 5 && history.t.length <= 601, `${history.t.length} points`);
        await until("the chart is drawn", async () => (await drawn(page, "Climate")).count > 200);
    }
}

async function test_export() {
    const chart = page.getByRole("region", { name: "Climate", exact: true });
    await chart.locator("summary").click();
    const fetched = page.waitForEvent("download");
    await chart.getByRole("link", { name: "Humidity" }).click();
    const file = await fetched;
    assert.equal(file.suggestedFilename(), "humidity.csv");
    const [head, ...rows] = readFileSync(await file.path(), "utf8").trim().split(/\r?\n/);
    assert.equal(head, "time,value");
    assert.ok(rows.length > 50, `${rows.length} points of the last hour`);
    await chart.locator("summary").click();
}

async function test_switch() {
    const pump = page.getByRole("switch", { name: "Pump" });
    assert.equal(await actuator("pump"), false);
    await pump.click();
    await until("the pump is on at the node", () => actuator("pump"));
    await until("the switch is on", async () => (await pump.getAttribute("aria-checked")) === "true");
    const { pins } = await told(page, "board");
    assert.equal(pins.find((pin) => pin.role === "Pump").level, 1, "the simulated pin is high");
    await tab("Board").click();
    await page.getByRole("row", { name: /17 Pump out high/ }).waitFor();
    await tab("Overview").click();
}

async function test_slider() {
    const fan = page.getByRole("slider", { name: "Fan" });
    await fan.focus();
    await page.keyboard.press("ArrowRight");
    await until("the fan follows", async () => (await actuator("fan")) === 31);
    assert.match(await page.locator('[data-actuator="fan"] .now').innerText(), /^31 %/);
}

async function test_alarm() {
    const item = page.locator(".alarm", { hasText: "heat wave" });
    await item.waitFor();
    assert.match(await item.innerText(), /critical/i);
    assert.match(await page.title(), /^\(1\) Greenhouse$/);
    assert.equal((await told(page, "alarms")).alarms.find((alarm) => alarm.name === "heat wave").state, "raised");
    if (mode !== "--short") {
        await range("24 h");
        await page.locator("body").click({ position: { x: 1, y: 1 } });
        await picture("light");
        await range("1 h");
    }
    await item.getByRole("button", { name: "Acknowledge" }).click();
    await page.locator(".alarm.acknowledged").waitFor();
    assert.equal((await told(page, "alarms")).alarms.find((alarm) => alarm.name === "heat wave").state, "acknowledged");
    assert.equal(await page.title(), "Greenhouse");
}

async function test_log() {
    await tab("Log").click();
    await page.locator(".lines li", { hasText: "air" }).first().waitFor();
    await page.getByLabel("From level").selectOption("error");
    await page.getByText("No lines.").waitFor();
    await page.getByLabel("From level").selectOption("info");
    await page.getByLabel("Text").fill("pump was");
    await page.locator(".lines li", { hasText: "Pump was set to True" }).waitFor();
    await page.getByLabel("Text").fill("");
}

async function test_console() {
    await tab("Console").click();
    await terminalHas(/>>>/);
    await page.keyboard.type("1+1\n");
    await terminalHas(/\n\s*2\s*\n/);
    await page.keyboard.type("pump.value()\n");
    await terminalHas(/\n\s*1\s*\n/);
    if (mode !== "--short") await picture("console");
}

async function test_script() {
    await tab("Scripts").click();
    const text = page.locator(".cm-content");
    await page.locator(".cm-line", { hasText: "import time" }).waitFor();
    await text.click();
    await page.keyboard.press("Control+End");
    await page.keyboard.type('print("edited", 6 * 7)\n');
    await page.getByText("not saved").waitFor();
    await page.keyboard.press("Control+s");
    await page.getByText("blink.py is saved.").waitFor();
    assert.equal(await page.getByText("not saved").count(), 0);
    assert.match(readFileSync(join(node.folder, "blink.py"), "utf8"), /edited/);
    await page.getByRole("button", { name: "Run" }).click();
    await terminalHas(/blink 1[^]*edited 42/);
    if (mode !== "--short") await picture("scripts");
    await page.getByRole("button", { name: "Run" }).click();
    await page.getByText("blink.py was started.").waitFor();
    await page.getByRole("button", { name: "Stop" }).click();
    await page.getByText("blink.py was stopped.").waitFor();
}

async function test_viewer() {
    const viewer = await open(browser, faults);
    await enter(viewer, node, "viewer");
    const before = await actuator("pump");
    assert.equal(await viewer.getByRole("switch", { name: "Pump" }).isDisabled(), true);
    assert.equal(await viewer.getByRole("slider", { name: "Fan" }).isDisabled(), true);
    assert.deepEqual(await viewer.getByRole("tab").allInnerTexts(), ["Overview", "Board", "Log"]);
    await viewer.getByRole("switch", { name: "Pump" }).evaluate((button) => {
        button.disabled = false;
        button.click();
    });
    await viewer.locator('[data-actuator="pump"] .error').getByText(/operator/).waitFor();
    assert.match((await send(viewer, { type: "set", name: "pump", value: !before })).error, /viewer/);
    assert.match((await send(viewer, { type: "ack", alarm: "heat wave" })).error, /viewer/);
    assert.equal(await socketOf(viewer, `ws://127.0.0.1:${node.port}/api/console`), "refused");
    assert.equal(await viewer.evaluate(async () => (await fetch("/api/script/blink.py", { method: "PUT", body: "" })).status), 403);
    assert.equal(await actuator("pump"), before);
    await viewer.context().close();
}

async function test_other_sites() {
    const site = createServer((request, response) => response.end("another site")).listen(0, "127.0.0.1");
    const other = await open(browser, []);
    try {
        await other.goto(`http://127.0.0.1:${site.address().port}/`);
        assert.equal(await socketOf(other, `ws://127.0.0.1:${node.port}/api/live`), "refused");
        assert.equal((await other.goto(`http://rebound.example:${node.port}/`)).status(), 421);
    } finally {
        await other.context().close();
        site.close();
    }
}

async function test_keys_and_names() {
    await tab("Overview").click();
    await tab("Overview").press("ArrowRight");
    assert.equal(await page.evaluate(() => document.activeElement.id), "tab-board");
    await page.keyboard.press("Home");
    const unnamed = await page.locator("button, input, select, summary, a").evaluateAll((all) =>
        all.filter((one) => !(one.ariaLabel || one.innerText?.trim() || one.getAttribute("aria-labelledby") || one.labels?.length || one.textContent.trim())).map((one) => one.outerHTML));
    assert.deepEqual(unnamed, []);
    const reached = new Set();
    await page.locator("body").press("Tab");
    for (let i = 0; i < 60; i++) {
        reached.add(await page.evaluate(() => document.activeElement.closest("[data-actuator]")?.dataset.actuator ?? document.activeElement.innerText));
        await page.keyboard.press("Tab");
    }
    for (const name of ["pump", "fan", "24 h", "Overview"]) assert.ok(reached.has(name), `${name} is reached by Tab: ${[...reached]}`);
}

async function test_colours() {
    const ground = (colour) => until(`the ground is ${colour}`, async () => (await page.evaluate(() => getComputedStyle(document.body).backgroundColor)) === colour);
    const next = () => page.getByRole("button", { name: /^Colours/ }).click();
    await page.emulateMedia({ colorScheme: "light" });
    await ground(LIGHT);
    await page.emulateMedia({ colorScheme: "dark" });
    await ground(DARK);
    if (mode !== "--short") await picture("dark");
    await next(); // light
    await ground(LIGHT);
    await next(); // dark
    await page.emulateMedia({ colorScheme: "light" });
    await ground(DARK);
    await next(); // as the system
    await ground(LIGHT);
}

async function test_phone() {
    const phone = await open(browser, faults, { viewport: { width: 360, height: 780 }, deviceScaleFactor: 2, hasTouch: true });
    await enter(phone, node, "operator");
    await until("the chart is drawn", async () => (await drawn(phone, "Climate")).count > 200);
    await picture("phone", phone, { fullPage: true });
    for (const name of ["Overview", "Board", "Log", "Console", "Scripts"]) {
        await tab(name, phone).click();
        await phone.waitForTimeout(200);
        assert.ok((await phone.evaluate(() => document.documentElement.scrollWidth)) <= 360, `${name} is no wider than the phone`);
        await picture(`phone-${name.toLowerCase()}`, phone);
    }
    await phone.context().close();
}

async function test_node_away() {
    await tab("Overview").click();
    await page.evaluate(() => navigator.serviceWorker.ready);
    const air = await page.locator('[data-value="air"] .figure').innerText();
    await node.stop();
    await page.locator(".state.offline").waitFor();
    await page.getByText(/^Offline: .*last values, of \d\d:\d\d:\d\d/).waitFor();
    assert.equal(await page.getByRole("switch", { name: "Pump" }).isDisabled(), true);
    await page.reload();
    await page.locator(".state.offline").waitFor();
    await page.getByText("Without the node there is no history.").waitFor();
    assert.match(await page.locator('[data-value="air"] .figure').innerText(), /^\d+\.\d$/, `a value is shown, as ${air} was`);
    await picture("offline");
    await node.start();
    await page.getByLabel("Token").waitFor();
    await page.getByLabel("Token").fill(node.tokens.operator);
    await page.getByRole("button", { name: "Log in" }).click();
    await page.locator(".state.live").waitFor();
}

async function test_logout() {
    await page.getByRole("button", { name: "Log out" }).click();
    await page.getByLabel("Token").waitFor();
    assert.equal(await page.evaluate(() => localStorage.getItem("krait-last")), null);
    assert.equal(await page.evaluate(async () => (await fetch("/api/session")).status), 401);
}

async function test_no_faults() {
    assert.deepEqual(faults, []);
}

const SHORT = [test_wrong_token, test_token_of_address, test_charts_draw_and_move, test_switch, test_alarm, test_console, test_script, test_viewer, test_other_sites, test_no_faults];
const ALL = [
    test_wrong_token, test_token_of_address, test_values, test_charts_draw_and_move, test_gaps, test_crosshair, test_zoom_and_ranges, test_export, test_switch, test_slider, test_alarm, test_log,
    test_console, test_script, test_viewer, test_other_sites, test_keys_and_names, test_colours, test_phone, test_node_away, test_logout, test_no_faults,
];

mkdirSync(folder, { recursive: true });
let passed = 0;
let failed = 0;
const tests = mode === "--short" ? SHORT : ALL;
try {
    await node.start();
    page = await open(browser, faults);
    for (const test of tests) {
        try {
            await test();
            passed++;
        } catch (error) {
            failed++;
            console.log(`FAIL dashboard/browser ${test.name}: ${error.stack}`);
            await picture(`failed-${test.name}`).catch(() => {});
            if (test === test_token_of_address) break; // nothing else could pass
        }
    }
} finally {
    await browser.close();
    await node.remove();
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
