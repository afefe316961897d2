import { awsClients } from '../../targets/aws/clients.ts';
import { awsParts } from '../../targets/aws/compose.ts';
import type { TargetOptions } from '../../targets/kubernetes/options.ts';
import type { AwsPlace } from '../../targets/aws/request.ts';
import type { CommandContext } from '../command.ts';
import { findConfig } from '../findConfig.ts';
import { wholeNumber } from '../usageError.ts';
import { PAUSES } from '../../targets/aws/parts.ts';
import type { WantedEvent } from './wanted.ts';

/** A command's connection with AWS. */
export interface OpenedPlace extends Disposable {
  readonly place: AwsPlace;
}

/** Makes the clients and the rooms of a command; nothing is asked of AWS. @throws PodscopeError CLI_USAGE */
export async function openPlace({ environment, output }: CommandContext, { event, region }: WantedEvent, options: Readonly<Record<string, unknown>>, signal: AbortSignal): Promise<OpenedPlace> {
  const config = await findConfig(options['config']);
  const text = (name: string): string | undefined => (options[name] === undefined ? undefined : String(options[name]));
  const parts = awsParts({
    config, environment: environment.kubernetes, profile: environment.awsProfile, note: (line) => output.note(line),
    pattern: (text('pattern') ?? 'workshop') as TargetOptions['pattern'], guestbook: (text('guestbook') ?? 'podscope') as TargetOptions['guestbook'], guestbookImage: text('guestbookImage'), imageMirror: text('imageMirror'),
  });
  const pauses = options['timeout'] === undefined ? PAUSES : { ...PAUSES, timeoutMs: wholeNumber(options['timeout'], 'The time to wait', 1, 24 * 60) * 60_000 };
  const clients = awsClients({ region, profile: environment.awsProfile });
  return { place: { clients, event, runDir: environment.runDir, parts, signal, pauses }, [Symbol.dispose]: () => clients[Symbol.dispose]() };
}
