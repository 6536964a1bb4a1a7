// editor.js - Python text, edited.
// SPDX-License-Identifier: MIT
import { indentWithTab } from "@codemirror/commands";
import { python } from "@codemirror/lang-python";
import { HighlightStyle, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { EditorState } from "@codemirror/state";
import { keymap } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { basicSetup, EditorView } from "codemirror";
import { withStyles } from "./style.js";

const COLOURS = HighlightStyle.define([
    { tag: [tags.keyword, tags.modifier, tags.operatorKeyword], color: "var(--code-keyword)" },
    { tag: [tags.string, tags.special(tags.string)], color: "var(--code-string)" },
    { tag: [tags.number, tags.bool, tags.null], color: "var(--code-number)" },
    { tag: tags.comment, color: "var(--quiet)", fontStyle: "italic" },
    { tag: [tags.function(tags.variableName), tags.function(tags.propertyName), tags.className], color: "var(--code-name)" },
]);

const LOOK = EditorView.theme({
    "&": { height: "100%", fontSize: "13px", color: "var(--text)", backgroundColor: "var(--card)" },
    ".cm-scroller": { fontFamily: "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace", lineHeight: "1.5" },
    ".cm-gutters": { color: "var(--quiet)", backgroundColor: "var(--card)", border: "0" },
    ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "var(--hover)" },
    ".cm-cursor": { borderLeftColor: "var(--accent)" },
    "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": { backgroundColor: "var(--selection)" },
    "&.cm-focused": { outline: "none" },
    ".cm-matchingBracket, &.cm-focused .cm-matchingBracket": { backgroundColor: "var(--selection)" },
    ".cm-panels, .cm-tooltip": { color: "var(--text)", backgroundColor: "var(--raised)", borderColor: "var(--line)" },
    ".cm-foldPlaceholder": { color: "var(--quiet)", backgroundColor: "var(--hover)", border: "0" },
});

/** An editor in `parent`; save() is called by Ctrl-S, changed() after each change. Tab indents; Escape and then Tab leaves. */
export class Editor {
    constructor(parent, save, changed) {
        this.extensions = [
            basicSetup,
            python(),
            indentUnit.of("    "),
            syntaxHighlighting(COLOURS),
            LOOK,
            keymap.of([{ key: "Mod-s", preventDefault: true, run: () => (save(), true) }, indentWithTab]),
            EditorView.updateListener.of((update) => update.docChanged && changed()),
            EditorView.contentAttributes.of({ "aria-label": "Script" }),
        ];
        this.view = withStyles(() => new EditorView({ parent, state: this.state("") }));
    }

    state(text) {
        return EditorState.create({ doc: text, extensions: this.extensions });
    }

    get text() {
        return this.view.state.doc.toString();
    }

    /** Another text, with an empty history of changes. */
    set text(text) {
        this.view.setState(this.state(text));
    }
}
