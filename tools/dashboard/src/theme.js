// theme.js - light, dark, or what the system says.
// SPDX-License-Identifier: MIT
import { iconButton } from "./dom.js";

const CHOICES = ["auto", "light", "dark"];
const NAMES = { auto: "as the system", light: "light", dark: "dark" };
const dark = matchMedia("(prefers-color-scheme: dark)");

/** "change" is sent when colours change. */
export const theme = new EventTarget();

let choice = localStorage.getItem("krait-theme");
if (!CHOICES.includes(choice)) choice = "auto";

function apply() {
    document.documentElement.dataset.theme = choice === "auto" ? (dark.matches ? "dark" : "light") : choice;
    theme.dispatchEvent(new Event("change"));
}

dark.addEventListener("change", apply);
apply();

/** The button that goes from one choice to the next. */
export function themeButton() {
    const make = () => {
        const button = iconButton(choice, `Colours: ${NAMES[choice]}`, () => {
            choice = CHOICES[(CHOICES.indexOf(choice) + 1) % CHOICES.length];
            localStorage.setItem("krait-theme", choice);
            apply();
            const next = make();
            button.replaceWith(next);
            next.focus();
        });
        return button;
    };
    return make();
}
