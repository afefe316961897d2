// Plain JavaScript: the bootstrap reads it on the system's Node.

/** The names that distributions give the command of Chromium or Chrome. */
export const chromiumCommands = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];
