/** What the command's exit code means. */
export const exitCodes = {
  ok: 0,
  /** Something went wrong; the error says what. */
  failed: 1,
  /** The command line itself was wrong. */
  usage: 2,
  /** Nothing runs here. */
  notRunning: 3,
  /** A hunt was submitted and is not solved yet, or a rehearsal's part failed. */
  unsolved: 4,
  /** Ctrl-C. */
  interrupted: 130,
} as const;
