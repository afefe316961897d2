// Runs one TypeScript program of tools/ after making everything ready: `node tools/bootstrap/script.mjs <file> [args]`.
import { ensureConsole, ensureDependencies, ensureSystem, runProgram } from './prepare.mjs';

const [file = '', ...args] = process.argv.slice(2);
const runsTheSystem = /bench|screenshot/.test(file);
if (runsTheSystem) await ensureSystem(['redis-server', 'mvn', ...(file.includes('screenshot') ? ['chromium'] : [])]);
// It starts servers of its own unless one is named.
else if (file.includes('conformance/index-manager') && !args.some((arg) => arg === '--help' || arg.startsWith('--server'))) await ensureSystem(['mvn']);
await ensureDependencies();
if (runsTheSystem) await ensureConsole();
await runProgram(file, args);
