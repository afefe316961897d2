import type { Command } from 'commander';
import { connectControl } from '../control/client.ts';
import type { ControlClient } from '../control/api.ts';
import { type Environment, readEnvironment } from '../environment.ts';
import { exitCodes } from '../terminal/exitCodes.ts';
import { createOutput, type Output, reportError } from '../terminal/output.ts';

/** What every command gets. */
export interface CommandContext {
  readonly environment: Environment;
  readonly output: Output;
  readonly control: ControlClient;
}

/** A command's work; what it returns is the exit code. */
export type CommandAction = (context: CommandContext, args: readonly string[], options: Readonly<Record<string, unknown>>) => Promise<number>;

/** Ends a command's help with examples. */
export function examples(command: Command, ...lines: readonly string[]): Command {
  return command.addHelpText('after', `\nExamples:\n${lines.map((line) => `  $ podscope ${line}`).join('\n')}`);
}

/** The exit code of a command line that is wrong: of `podscope diff`, `indices` and `manifests`, where 2 says that there are changes, it is 1. */
export function usageExitCode(group: string | undefined): number {
  return group === 'diff' || group === 'indices' || group === 'manifests' ? exitCodes.failed : exitCodes.usage;
}

function groupOf(command: Command): string {
  const { parent } = command;
  return parent === null || parent.parent === null ? command.name() : groupOf(parent);
}

/**
 * Gives a command `--json` and its work. The work is loaded when it runs, so that `--help` and the small verbs stay
 * quick. An error ends in one clear message and its exit code.
 */
export function action(command: Command, load: () => Promise<CommandAction>): Command {
  command.option('--json', 'print one JSON document instead of text');
  // Commander passes every argument, then the options, then the command itself.
  return command.action(async (...received: unknown[]) => {
    const options = command.opts<Record<string, unknown>>();
    const json = options['json'] === true;
    const args = received.slice(0, -2).flatMap((each) => (Array.isArray(each) ? each.map(String) : each === undefined ? [] : [String(each)]));
    try {
      const environment = readEnvironment();
      const work = await load();
      process.exitCode = await work({ environment, output: createOutput(json), control: connectControl(environment.runDir) }, args, options);
    } catch (error) {
      const code = reportError(error, json);
      process.exitCode = code === exitCodes.usage ? usageExitCode(groupOf(command)) : code;
    }
  });
}
