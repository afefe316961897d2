// `npm test`: makes everything ready, then runs every lane of tools/lanes.json that this machine can run.
import { chooseLanes, helpText, readLanes } from '../lanes/chooseLanes.mjs';
import { ensureConsole, ensureDependencies, ensureSystem, runProgram } from './prepare.mjs';

const args = process.argv.slice(2);
const lanes = await readLanes();
const { chosen, error } = chooseLanes(lanes, args);
if (args.includes('--help') || args.includes('-h')) {
  process.stdout.write(helpText(lanes));
} else if (error !== undefined) {
  process.stderr.write(`podscope: error: ${error}\n`);
  process.exitCode = 2;
} else {
  // Only what the chosen lanes need: the unit tests want no browser. Java is the one thing that is not installed here.
  const needed = new Set(chosen.flatMap((lane) => lane.needs));
  await ensureSystem(['redis-server', 'mvn', 'chromium'].filter((command) => needed.has(command)));
  await ensureDependencies();
  await ensureConsole();
  await runProgram('tools/lanes/main.ts', args);
}
