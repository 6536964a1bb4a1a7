// api.js - requests to the node; docs/dashboard.md describes them.
// SPDX-License-Identifier: MIT

/** What the node said no to: the status and its text; `wait` is in seconds, after too many wrong tokens. */
export class Refused extends Error {
    constructor(status, text, wait = 0) {
        super(text);
        this.status = status;
        this.wait = wait;
    }
}

/** Resolves to the response; error Refused: the node said no; TypeError: it does not answer. */
async function ask(path, options = {}) {
    const response = await fetch(path, { credentials: "same-origin", cache: "no-store", signal: AbortSignal.timeout(15000), ...options });
    if (response.ok) return response;
    const text = await response.text();
    let answer = {};
    try {
        answer = JSON.parse(text);
    } catch {
        answer.error = text.slice(0, 200);
    }
    throw new Refused(response.status, answer.error || `the node answered ${response.status}`, answer.wait);
}

export function login(token) {
    return ask("/api/login", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ token }) });
}

export function logout() {
    return ask("/api/logout", { method: "POST" });
}

/** "in", "out" (nobody is logged in) or "away" (no answer). */
export async function session() {
    try {
        await ask("/api/session");
        return "in";
    } catch (error) {
        if (!(error instanceof Refused)) return "away";
        return error.status === 401 ? "out" : "in";
    }
}

/** {t: [seconds], series: {name: [values, null]}, step: seconds}, from and to in seconds since 1970. */
export async function history(names, from, to, points) {
    const query = new URLSearchParams({ names: names.join(","), from: Math.floor(from), to: Math.ceil(to), points });
    return (await ask(`/api/history?${query}`)).json();
}

export function exportAddress(name, from, to) {
    return `/api/export?${new URLSearchParams({ name, from: Math.floor(from), to: Math.ceil(to) })}`;
}

function script(name) {
    return `/api/script/${encodeURIComponent(name)}`;
}

export async function readScript(name) {
    return (await ask(script(name))).text();
}

export function saveScript(name, text) {
    return ask(script(name), { method: "PUT", headers: { "Content-Type": "text/plain; charset=utf-8" }, body: text });
}

/** what: "run" or "stop". */
export function controlScript(name, what) {
    return ask(`${script(name)}/${what}`, { method: "POST" });
}
