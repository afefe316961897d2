// The lanes of tools/lanes.json and which of them a command line asks for. Plain JavaScript: it runs on the system's Node
// before anything is installed.
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * One lane of tools/lanes.json.
 * @typedef {object} Lane
 * @property {string} name part of its tests' file names
 * @property {readonly ('java17' | 'java21' | 'mvn' | 'redis-server' | 'chromium' | 'go' | 'kube-apiserver' | 'cluster')[]} needs what the machine must have
 * @property {number} least fewer tests than this ran: the lane fails
 * @property {number} minutes when it takes longer, it is ended and fails
 * @property {string} [prepare] a program that is run before the tests and outside of their minutes: it builds what they start
 * @property {boolean} [beside] it may run beside another one: its tests take ports that are free, and look at no process but their own
 * @property {boolean} [soak] only in the long series
 * @property {boolean} [onlyByName] in no series: it works on what is not this machine
 * @property {string} what
 */

/** @returns {Promise<readonly Lane[]>} every lane */
export async function readLanes() {
  return JSON.parse(await readFile(join(dirname(fileURLToPath(import.meta.url)), '..', 'lanes.json'), 'utf8'));
}

/**
 * The lanes that are asked for: those named, else all of the short or the long series. A wrong command line is an `error`.
 * @param {readonly Lane[]} lanes
 * @param {readonly string[]} args
 * @returns {{ chosen: readonly Lane[], error?: string }}
 */
export function chooseLanes(lanes, args) {
  const options = args.filter((arg) => arg.startsWith('-'));
  const named = args.filter((arg) => !arg.startsWith('-'));
  const strange = options.filter((option) => option !== '--soak');
  if (strange.length > 0) return { chosen: [], error: `There is no option ${strange.join(', ')}. Try: npm test -- --help` };
  const unknown = named.filter((name) => !lanes.some((lane) => lane.name === name));
  if (unknown.length > 0) return { chosen: [], error: `There is no lane ${unknown.join(', ')}. Lanes: ${lanes.map((lane) => lane.name).join(', ')}.` };
  const soak = options.includes('--soak');
  return { chosen: lanes.filter((lane) => (named.length > 0 ? named.includes(lane.name) : (lane.soak ?? false) === soak && lane.onlyByName !== true)) };
}

/**
 * What `npm test -- --help` prints.
 * @param {readonly Lane[]} lanes
 */
export function helpText(lanes) {
  const lines = lanes.map(({ name, what, needs }) => `  ${name.padEnd(12)} ${what}${needs.length > 0 ? ` (needs ${needs.join(', ')})` : ''}`);
  return `Usage: npm test [-- <lane>…]
       npm run test:soak
       npm run test:cluster

Makes everything ready, runs the lanes (two at a time where they don't disturb each other), and ends with the line "N passed, N failed, N skipped".
Without a name, every lane but the long series (soak) and the one on a cluster of yours (cluster) runs. Exit codes: 0 passed, 1 failed, 2 wrong command line, 130 interrupted.

Lanes:
${lines.join('\n')}

Environment:
  PODSCOPE_CORPUS        a folder with real saved objects and templates to test against, too
  PODSCOPE_TEST_CONTEXT  the context of the cluster that the lane cluster works on

Examples:
  npm test -- unit policy
  npm test -- system
`;
}
