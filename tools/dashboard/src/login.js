// login.js - who may see the page: by a token typed in, or by one in the address that the node printed.
// SPDX-License-Identifier: MIT
import { login } from "./api.js";
import { h } from "./dom.js";

/** Takes the token out of the address, so that it stays in no history; null if there is none. */
export function tokenOfAddress() {
    const found = location.hash.match(/^#token=(.+)$/);
    if (!found) return null;
    history.replaceState(null, "", location.pathname);
    return decodeURIComponent(found[1]);
}

/** The form. entered() is called when the node has accepted a token. */
export class Login {
    constructor(entered) {
        this.entered = entered;
        this.error = h("p", { class: "error", role: "alert" });
        this.field = h("input", { id: "token", type: "password", autocomplete: "current-password", required: true, spellcheck: "false" });
        this.button = h("button", { class: "primary" }, "Log in");
        const hint = h("p", { class: "hint" }, "The node printed a token when it was first started, as part of its address.");
        this.element = h("form", { class: "card login", hidden: true }, h("h1", {}, "Log in"), h("label", { for: "token" }, "Token"), this.field, this.button, this.error, hint);
        this.element.addEventListener("submit", (event) => {
            event.preventDefault();
            this.enter(this.field.value.trim());
        });
    }

    show(shown) {
        this.element.hidden = !shown;
        if (shown) this.field.focus();
    }

    /** True if the node accepts the token. */
    async enter(token) {
        this.button.disabled = true;
        this.error.textContent = "";
        try {
            await login(token);
            this.field.value = "";
            this.entered();
            return true;
        } catch (error) {
            this.refuse(error);
            return false;
        } finally {
            this.button.disabled = false;
        }
    }

    refuse(error) {
        const wait = error.wait ? ` Try again in ${Math.ceil(error.wait)} s.` : "";
        this.error.textContent = error.status ? `The node refuses: ${error.message}.${wait}` : "The node does not answer.";
        this.field.select();
    }
}
