// style.js - style sheets that a library makes, in the form that the Content-Security-Policy allows.
//
// The policy has no 'unsafe-inline', so <style> elements have no effect; adopted style sheets have.
// SPDX-License-Identifier: MIT

/** Stands for a <style> element: what is set as its text takes effect. */
function substitute(element) {
    const sheet = new CSSStyleSheet();
    document.adoptedStyleSheets.push(sheet);
    Object.defineProperty(element, "textContent", { set: (text) => sheet.replaceSync(text) });
    return element;
}

/** Gives what make() gives. <style> elements that it makes have the effect that they should, also when their text is set later. */
export function withStyles(make) {
    const plain = document.createElement;
    document.createElement = (name, options) => (name === "style" ? substitute(plain.call(document, "template")) : plain.call(document, name, options));
    try {
        return make();
    } finally {
        document.createElement = plain;
    }
}
