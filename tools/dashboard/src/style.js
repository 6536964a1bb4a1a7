// style.js - style sheets that a library makes, in the form that the Content-Security-Policy allows.
//
// The policy has no 'unsafe-inline', so the text of a <style> element has no effect; that of an adopted sheet has.
// SPDX-License-Identifier: MIT

function adoptedElement(element) {
    const sheet = new CSSStyleSheet();
    document.adoptedStyleSheets.push(sheet);
    Object.defineProperty(element, "textContent", { set: (text) => sheet.replaceSync(text) });
    return element;
}

/** Calls make() and gives what it does: <style> elements that are made meanwhile have the effect that they should, also when their text is set later. */
export function withStyles(make) {
    const plain = document.createElement;
    document.createElement = (name, options) => {
        const element = plain.call(document, name, options);
        return name === "style" ? adoptedElement(element) : element;
    };
    try {
        return make();
    } finally {
        document.createElement = plain;
    }
}
