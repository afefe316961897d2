/** The names that distributions give the command of Chromium or Chrome. */
export declare const chromiumCommands: readonly string[];
