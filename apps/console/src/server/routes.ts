import { PodscopeError } from '@podscope/core';
import type { ConsoleControl } from './control.ts';
import type { OpenSearchReader } from './opensearch.ts';
import { readOverview } from './overview.ts';
import { checkVisualization, type ConsoleSavedObject, patternsOf } from './savedObjects.ts';
import { rebuildSearches } from './search/search.ts';
import { listOfTexts, memberOf, textOf, textsByName, wholeNumberOf } from './http/members.ts';

/** What the routes work with. */
export interface RouteContext {
  readonly control: ConsoleControl;
  readonly opensearch: OpenSearchReader;
  readonly savedObjects: () => readonly ConsoleSavedObject[];
  readonly saveObject: (object: ConsoleSavedObject) => Promise<void>;
}

/** An answer: a value, or JSON text that is passed on as it is. */
export type Answer = { readonly value: unknown } | { readonly json: string };

const MOST_LINES = 2_000;
const DEFAULT_LINES = 200;

/** Answers a GET under `/api/`. @throws PodscopeError CONSOLE_NOT_FOUND for others, and what the parts throw. */
export async function answerGet({ pathname, searchParams }: URL, context: RouteContext): Promise<Answer> {
  switch (pathname) {
    case '/api/overview':
      return { value: await readOverview(context.control, context.opensearch) };
    case '/api/saved-objects':
      return { value: { objects: context.savedObjects() } };
    case '/api/hunts':
      return { value: await context.control.hunts() };
    case '/api/logs': {
      const tail = Number(searchParams.get('tail') ?? DEFAULT_LINES);
      return {
        value: {
          lines: await context.control.logs(textOf({ pod: searchParams.get('pod') }, 'pod'), wholeNumberOf({ tail }, 'tail', 1, MOST_LINES)),
        },
      };
    }
    default:
      throw notFound();
  }
}

/** Answers a POST under `/api/`. @throws PodscopeError CONSOLE_NOT_FOUND for others, and what the parts throw. */
export async function answerPost({ pathname }: URL, body: unknown, context: RouteContext): Promise<Answer> {
  const hunt = /^\/api\/hunts\/([a-z0-9-]{1,80})\/(start|hint|answer|submit|stop)$/u.exec(pathname);
  if (hunt) return { value: await playHunt(context.control, hunt[1] ?? '', hunt[2] ?? '', body) };
  const verb = /^\/api\/verbs\/([a-z-]{1,40})$/u.exec(pathname);
  if (verb) return { value: await doVerb(context.control, verb[1] ?? '', body) };
  if (pathname === '/api/search') {
    const searches = rebuildSearches(body, patternsOf(context.savedObjects()));
    return { json: await context.opensearch.msearch(searches) };
  }
  if (pathname === '/api/visualizations') {
    const object = checkVisualization(memberOf(body, 'object'), context.savedObjects());
    await context.saveObject(object);
    return { value: { object } };
  }
  throw notFound();
}

async function playHunt(control: ConsoleControl, id: string, step: string, body: unknown): Promise<unknown> {
  switch (step) {
    case 'start':
      return control.startHunt(id);
    case 'hint':
      return control.takeHint(id);
    case 'answer':
      return control.answerHunt(id, textsByName(body, 'answers'));
    case 'submit':
      return control.submitHunt(id);
    default:
      return control.stopHunt(id);
  }
}

const MOST_REPLICAS = 1_000;

async function doVerb(control: ConsoleControl, verb: string, body: unknown): Promise<unknown> {
  switch (verb) {
    case 'scale':
      await control.scale(textOf(body, 'deployment'), wholeNumberOf(body, 'replicas', 0, MOST_REPLICAS));
      return {};
    case 'restart':
      await control.restart(textOf(body, 'target'));
      return {};
    case 'exec':
      return control.exec(textOf(body, 'pod'), listOfTexts(body, 'command'));
    case 'publish':
      await control.publish(textOf(body, 'path'));
      return {};
    case 'stop-client':
      await control.stopClient(textOf(body, 'id'));
      return {};
    default:
      throw notFound();
  }
}

function notFound(): PodscopeError<'CONSOLE_NOT_FOUND'> {
  return new PodscopeError('CONSOLE_NOT_FOUND', 'The console\'s interface has no such request.', {
    hint: 'apps/console/src/api/http.ts lists the requests.',
  });
}
