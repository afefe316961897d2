import { isPodscopeError, PodscopeError, redact, redactText } from '@podscope/core';
import { exitCodes } from './exitCodes.ts';
import { sanitize } from './sanitize.ts';

/** Errors that mean that the command line was wrong. */
const usageCodes: ReadonlySet<string> = new Set(['CLI_USAGE', 'CLI_UNKNOWN_COMMAND']);

/** Where a command writes: data to stdout, progress and errors to stderr. */
export interface Output {
  readonly json: boolean;
  /** Prints a command's result: `data` as one JSON document with `--json`, otherwise the lines. */
  result(data: unknown, lines: () => readonly string[]): void;
  /** As {@link result}, for a text that is safe already and may have colours; it ends in a line feed. */
  painted(data: unknown, text: () => string): void;
  /** One line for the person, not for a program: on stderr, and not with `--json`. */
  note(line: string): void;
}

/** The output of one command. */
export function createOutput(json: boolean): Output {
  return {
    json,
    result(data, lines) {
      if (json) process.stdout.write(`${JSON.stringify(data, null, 2)}\n`);
      else for (const line of lines()) process.stdout.write(`${sanitize(line)}\n`);
    },
    painted(data, text) {
      process.stdout.write(json ? `${JSON.stringify(data, null, 2)}\n` : text());
    },
    note(line) {
      if (!json) process.stderr.write(`${sanitize(line)}\n`);
    },
  };
}

/** Prints an error the way the output asks for, and gives the exit code. Secrets are masked. */
export function reportError(error: unknown, json: boolean): number {
  const known = isPodscopeError(error)
    ? error
    : new PodscopeError('UNEXPECTED', error instanceof Error ? error.message : String(error), {
        hint: 'This is a defect of Podscope; please report it with the lines below.',
        details: error instanceof Error && error.stack ? error.stack.split('\n').slice(1, 6) : [],
        cause: error,
      });
  if (json) process.stdout.write(`${JSON.stringify({ error: redact(known.toJSON()) }, null, 2)}\n`);
  else {
    const lines = [
      `podscope: error: ${known.message}`,
      ...(known.hint === undefined ? [] : [`  ${known.hint}`]),
      ...known.details.map((detail) => `  | ${detail}`),
      `  More: docs/${known.docsPath}`,
    ];
    process.stderr.write(`${lines.map((line) => sanitize(redactText(line))).join('\n')}\n`);
  }
  if (known.code === 'NOT_RUNNING') return exitCodes.notRunning;
  if (known.code === 'INTERRUPTED' || known.code === 'INDEX_INTERRUPTED') return exitCodes.interrupted;
  return usageCodes.has(known.code) ? exitCodes.usage : exitCodes.failed;
}
