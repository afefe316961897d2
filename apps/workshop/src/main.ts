#!/usr/bin/env -S node --max-semi-space-size=16
// What is read of clusters and servers is let go at once: a larger young generation, which V8 takes by itself, would be 100 MB for nothing.
// Checks Node first: everything else may not even parse on an old one, so it is loaded afterwards.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 19)) {
  process.stderr.write(
    `podscope: error: Node ${process.versions.node} is too old; Podscope needs 22.19 or newer.\n` +
      '  Install a newer Node, or run: npx --package node@24 --package @podscope/workshop podscope up\n',
  );
  process.exitCode = 1;
} else {
  // Whoever reads the output may stop reading (`podscope logs web | head`): what is left to print then goes nowhere.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
  const { runProgram } = await import('./program.ts');
  process.exitCode = await runProgram(process.argv.slice(2));
}
