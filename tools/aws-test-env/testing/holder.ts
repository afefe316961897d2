import { startAws } from '../start.ts';

/** Holds an AWS until it is killed; says which process is moto's, and where its log is. */
const { pid, logFile } = await startAws();
process.stdout.write(`${JSON.stringify({ pid, logFile })}\n`);
setInterval(() => undefined, 60_000);
