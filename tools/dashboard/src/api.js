// api.js - requests to the node; docs/dashboard.md describes them.
// SPDX-License-Identifier: MIT

const MOST_NAMES = 32; // of one question about history

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

/** One table of answers over the same time, whose rows need not be the same. */
function joined(answers) {
    const t = [...new Set(answers.flatMap((answer) => answer.t))].sort((a, b) => a - b);
    const row = new Map(t.map((time, i) => [time, i]));
    const series = {};
    for (const answer of answers) {
        for (const [name, column] of Object.entries(answer.series)) {
            series[name] = t.map(() => null);
            answer.t.forEach((time, i) => (series[name][row.get(time)] = column[i]));
        }
    }
    return { t, series, step: answers[0].step };
}

/** {t: [seconds], series: {name: [values, null]}, step: seconds}, from and to in seconds since 1970. */
export async function history(names, from, to, points) {
    const questions = [];
    for (let at = 0; at < names.length; at += MOST_NAMES) {
        const query = new URLSearchParams({ names: names.slice(at, at + MOST_NAMES).join(","), from: Math.floor(from), to: Math.ceil(to), points });
        questions.push(ask(`/api/history?${query}`).then((response) => response.json()));
    }
    return joined(await Promise.all(questions));
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
