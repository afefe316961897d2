import { forwardService } from '@podscope/fault-injectors/kubernetes';
import { DASHBOARDS, OPENSEARCH, signedBy } from '../../targets/kubernetes/options.ts';
import { DASHBOARDS_PORT } from '../../targets/kubernetes/run/savedObjects.ts';
import { exitCodes } from '../../terminal/exitCodes.ts';
import type { CommandAction, CommandContext } from '../command.ts';
import { listenForInterrupts } from '../indices/interrupts.ts';
import { openInBrowser } from '../open/browser.ts';
import { usageError, wholeNumber } from '../usageError.ts';
import { openConsole } from './console.ts';
import { openSession, requireRecord, type Session } from './session.ts';
import { passwordLines } from './shown.ts';

const PAGES = ['console', 'guestbook', 'dashboards', 'opensearch'] as const;
type Page = (typeof PAGES)[number];

/** `podscope open [page] --target kubernetes`: forwards a port of the loopback address until Ctrl-C. */
export const run: CommandAction = async (context, [name = 'console'], options) => {
  const { output } = context;
  const page = PAGES.find((each) => each === name);
  if (page === undefined) throw usageError(`There is no page "${name}".`, `Pages are ${PAGES.join(', ')}.`);
  const port = wholeNumber(options['port'] ?? '0', 'The port', 0, 65_535);
  if (page === 'console') return openConsole(context, port, options);
  if (options['detach'] === true) throw usageError('Only the console can be detached.', 'Leave --detach out, or name no page.');
  using session = await openSession(context, options);
  const { options: target } = requireRecord(session, options);
  using interrupts = listenForInterrupts(() => output.note('\nEnding …'));
  await using opened = await openPage(session, context, page, port, options);
  const browser = await openInBrowser(context.environment, opened.url);
  output.result({ page, url: opened.url, opened: browser.opened, context: session.api.context }, () => [
    opened.url,
    ...(page === 'dashboards' || page === 'opensearch' ? passwordLines(target) : []),
  ]);
  if (!browser.opened) output.note(`No browser could be started with ${browser.command}: open the address yourself.`);
  output.note('It leads there until Ctrl-C.');
  if (!interrupts.isWanted) await new Promise<void>((resolve) => interrupts.signal.addEventListener('abort', () => resolve(), { once: true }));
  return exitCodes.ok;
};

interface OpenedPage extends AsyncDisposable {
  readonly url: string;
}

async function openPage(session: Session, context: CommandContext, page: Exclude<Page, 'console'>, port: number, options: Readonly<Record<string, unknown>>): Promise<OpenedPage> {
  const { api } = session;
  const { options: target } = requireRecord(session, options);
  const { output } = context;
  const { namespaces, opensearch } = target;
  const signed = signedBy(opensearch);
  const onError = (error: unknown): void => output.note(`A connection came to nothing: ${error instanceof Error ? error.message : String(error)}`);
  if (page === 'guestbook' && target.guestbook === 'none') throw usageError('The guestbook was left out of this target.', 'Put it there: podscope up --target kubernetes --guestbook podscope');
  if (page === 'dashboards' && !target.dashboards) throw usageError('OpenSearch Dashboards was left out of this target.', 'Put it there: podscope up --target kubernetes, without --no-dashboards');
  // A domain of AWS: asked for here, so that nothing of the SDK is loaded for the others.
  if (signed !== undefined && page !== 'guestbook') return (await import('../aws/openedDomain.ts')).openDomainPage(api, context, target, signed, page, port);
  if (page === 'opensearch' && opensearch.how === 'url') return { url: opensearch.urlFromHere ?? opensearch.url, [Symbol.asyncDispose]: async () => undefined };
  const to = {
    guestbook: { namespace: namespaces.guestbook, name: 'frontend', port: 80, scheme: 'http' },
    dashboards: { namespace: namespaces.opensearch, name: DASHBOARDS, port: DASHBOARDS_PORT, scheme: 'http' },
    opensearch: { namespace: namespaces.opensearch, name: OPENSEARCH, port: 9200, scheme: 'https' },
  }[page];
  const forward = await forwardService(api, to, to.port, { localPort: port, onError });
  return { url: `${to.scheme}://127.0.0.1:${forward.port}`, [Symbol.asyncDispose]: () => forward.close() };
}
