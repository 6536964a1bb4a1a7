// tools.js - what operators get with the console: one bundle, fetched when it is needed.
// SPDX-License-Identifier: MIT
export { Console } from "./console.js";
export { Scripts } from "./script.js";
