import { isPodscopeError } from '../../../packages/core/src/index.ts';
import { startOpenSearch, type StartedOpenSearch, type StartOptions } from '../../../packages/embedded-opensearch/src/index.ts';

/** A folder of pipelines has more of them than a server compiles in five minutes, as long as nobody tells it otherwise. */
const settings = { 'script.context.template.max_compilations_rate': 'unlimited' };

/** The servers that are tried when none is named. */
export const OWN_SERVERS: readonly { readonly label: string; readonly options: StartOptions }[] = [
  { label: 'opensearch 2.19.6', options: { version: '2.19.6', settings } },
  { label: 'opensearch 3.8.0', options: { version: '3.8.0', settings } },
  { label: 'elasticsearch 7.10.2', options: { distribution: 'elasticsearch-oss', version: '7.10.2', settings } },
];

/** Starts one; a reason where this machine can't run it. The signal breaks the start off; a started one goes on, to be tidied up. */
export async function startOwn(options: StartOptions, signal: AbortSignal): Promise<StartedOpenSearch | string> {
  const starting = new AbortController();
  const breakOff = (): void => starting.abort(signal.reason);
  signal.throwIfAborted();
  signal.addEventListener('abort', breakOff, { once: true });
  try {
    return await startOpenSearch({ ...options, signal: starting.signal });
  } catch (error) {
    if (signal.aborted || !isPodscopeError(error)) throw error;
    return error.message;
  } finally {
    signal.removeEventListener('abort', breakOff);
  }
}
