import { isPodscopeError, PodscopeError } from '@podscope/core';
import type { KubernetesApi } from '@podscope/fault-injectors/kubernetes';
import { callControl } from '../../control/client.ts';
import { readLedger } from '../../ledger/ledger.ts';
import type { SupervisorStep } from '../../targets/embedded/protocol.ts';
import type { SessionOptions } from '../../targets/kubernetes/session/options.ts';
import { exitCodes } from '../../terminal/exitCodes.ts';
import type { CommandContext } from '../command.ts';
import { findConfig } from '../findConfig.ts';
import { openInBrowser } from '../open/browser.ts';
import { runKept } from '../up/keeper.ts';
import { openSession, requireRecord } from './session.ts';

const titles: Readonly<Partial<Record<SupervisorStep, string>>> = {
  checks: 'Join the cluster',
  guestbook: 'Let visitors in',
  console: 'Start the console',
};

/** Requests in a second of the ordinary visitors, as the embedded target has them. */
const VISITOR_RATE = 8;

/** `podscope open console --target kubernetes`: the session with console, visitors and hunts; one that runs already is opened. */
export async function openConsole(context: CommandContext, port: number, options: Readonly<Record<string, unknown>>): Promise<number> {
  const { environment, output, control } = context;
  const show = async (url: string, more: object): Promise<void> => {
    const { opened, command } = await openInBrowser(environment, url);
    output.result({ page: 'console', url, opened, ...more }, () => [url]);
    if (!opened) output.note(`No browser could be started with ${command}: open the address yourself.`);
  };
  if (readLedger(environment.runDir)?.system === 'session') {
    const state = await control.state().catch((error: unknown) => {
      // Its process was killed: a new one takes its place.
      if (isPodscopeError(error, 'NOT_RUNNING')) return undefined;
      throw error;
    });
    if (state !== undefined) {
      const named = options['context'];
      if (named !== undefined && named !== state.context) throw new PodscopeError('UP_ALREADY_RUNNING', `A session runs already, on the context ${state.context ?? ''}.`, { hint: 'End it with Ctrl-C where it was opened, or take another PODSCOPE_RUN_DIR.' });
      await show(state.urls.console, { context: state.context });
      return exitCodes.ok;
    }
  }
  const settings = await settingsOf(context, port, options);
  const code = await runKept(context, {
    program: 'session',
    options: settings,
    titles,
    command: 'podscope open console --target kubernetes',
    async tell({ urls }) {
      await show(urls.console, { context: settings.context, guestbook: urls.guestbook });
      output.note(settings.detach === true ? `Visitors come by ${urls.guestbook}. "podscope down" ends it, and what is on the cluster with it.` : `Visitors come by ${urls.guestbook}, and "podscope hunt start …" plays on the cluster, until Ctrl-C.`);
    },
  });
  // That is how it is meant to end.
  return code === exitCodes.interrupted ? exitCodes.ok : code;
}

async function settingsOf(context: CommandContext, port: number, options: Readonly<Record<string, unknown>>): Promise<SessionOptions> {
  const { environment } = context;
  using session = await openSession(context, options);
  const { options: target } = requireRecord(session, options);
  const { kubeconfig } = session;
  const config = await findConfig(undefined);
  return {
    runDir: environment.runDir,
    cacheDir: environment.cacheDir,
    context: session.api.context,
    target,
    ports: { console: port, guestbook: 0 },
    seed: 'podscope',
    visitorRate: VISITOR_RATE,
    detach: options['detach'] === true,
    ...(kubeconfig === undefined ? {} : { kubeconfig }),
    ...(config === undefined ? {} : { config }),
  };
}

/** Ends a session that runs on this cluster: it reverts its faults, and leaves the cluster as it is. One on another cluster goes on. */
export async function endSession({ environment, control, output }: CommandContext, { context }: Pick<KubernetesApi, 'context'>): Promise<void> {
  if (readLedger(environment.runDir)?.system !== 'session') return;
  try {
    const state = await control.state();
    if (state.context !== context) return;
    await callControl(environment.runDir, 'POST', '/v1/down', {}, END_LIMIT);
  } catch (error) {
    if (isPodscopeError(error, 'NOT_RUNNING')) return;
    if (!isPodscopeError(error, 'CONTROL_FAILED')) throw error;
    output.note(`The session in ${environment.runDir} does not answer and goes on: ${error.message}`);
  }
}

/** Faults are reverted first; each waits until the cluster is as before. */
const END_LIMIT = 300_000;
