// `npm start` and `npm run podscope`: makes everything ready, then runs the command `podscope` from source.
import { ensureConsole, ensureDependencies, ensureSystem, runProgram } from './prepare.mjs';

const args = process.argv.slice(2);
const asks = args.includes('--help') || args.includes('-h');
if (args[0] === 'up' && !asks) {
  await ensureSystem(['redis-server', 'mvn']);
}
await ensureDependencies();
if (args[0] === 'up' && !asks) await ensureConsole();
await runProgram('apps/workshop/src/main.ts', args);
