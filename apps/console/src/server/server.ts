import { PodscopeError } from '@podscope/core';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ConsoleControl } from './control.ts';
import { sendAsset } from './http/assets.ts';
import { readJson } from './http/body.ts';
import { checkRequest } from './http/gate.ts';
import { sendError, sendJson, sendJsonText } from './http/respond.ts';
import { readOpenSearch, type SendToOpenSearch } from './opensearch.ts';
import { answerGet, answerPost, type RouteContext } from './routes.ts';
import type { ConsoleSavedObject } from './savedObjects.ts';

/** Options of {@link createConsoleServer}. */
export interface ConsoleServerOptions {
  /** Port on 127.0.0.1. @default 0, any free port */
  readonly port?: number;
  /** The folder with the built page. */
  readonly assetsDir: string;
  /** Such as `http://127.0.0.1:9200`. */
  readonly opensearchUrl: string;
  /** Sends the requests there, for a server that wants a user or a certificate. @default fetch */
  readonly sendToOpenSearch?: SendToOpenSearch;
  /** The saved objects that are installed now. */
  readonly savedObjects: () => readonly ConsoleSavedObject[];
  /** Keeps a visualization beside the installed saved objects; it was checked before. */
  readonly saveObject: (object: ConsoleSavedObject) => Promise<void>;
  /** The public verbs of the running system. */
  readonly control: ConsoleControl;
  /** Told about errors that are not the asker's, for the log. */
  readonly onError?: (error: unknown) => void;
}

/** A running console server. */
export interface ConsoleServer {
  /** Such as `http://127.0.0.1:5601`. */
  readonly url: string;
  readonly port: number;
  /** Ends the server and every connection to it. May be called again. */
  close(): Promise<void>;
}

const REQUEST_TIMEOUT_MS = 30_000;

/**
 * Starts the console's server on the loopback address. Its interface is in `apps/console/src/api/http.ts`.
 *
 * @throws PodscopeError CONSOLE_PORT_TAKEN.
 */
export async function createConsoleServer(options: ConsoleServerOptions): Promise<ConsoleServer> {
  const context: RouteContext = {
    control: options.control,
    opensearch: readOpenSearch(options.opensearchUrl, options.sendToOpenSearch),
    savedObjects: options.savedObjects,
    saveObject: options.saveObject,
  };
  let port = 0;
  const server = createServer({ requestTimeout: REQUEST_TIMEOUT_MS, maxHeaderSize: 16_384 }, (request, response) => {
    handle(request, response, port, context, options.assetsDir).catch((error: unknown) => {
      if (!(error instanceof PodscopeError)) options.onError?.(error);
      sendError(response, error);
    });
  });
  port = await listen(server, options.port ?? 0);
  let closed: Promise<void> | undefined;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    close: () => {
      closed ??= new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
      return closed;
    },
  };
}

async function handle(request: IncomingMessage, response: ServerResponse, port: number, context: RouteContext, assetsDir: string): Promise<void> {
  checkRequest(request, port);
  const url = pathOf(request);
  const reading = request.method !== 'POST';
  if (!url.pathname.startsWith('/api/') && reading) {
    await sendAsset(response, assetsDir, url.pathname, request.method === 'HEAD');
    return;
  }
  const answer = reading ? await answerGet(url, context) : await answerPost(url, await readJson(request), context);
  if ('json' in answer) sendJsonText(response, 200, answer.json);
  else sendJson(response, 200, answer.value);
}

/** The path that was asked for. A target with a host of its own, as proxies take it, is taken for a path. */
function pathOf(request: IncomingMessage): URL {
  const target = request.url ?? '/';
  if (!target.startsWith('/') || !URL.canParse(`http://console${target}`)) {
    throw new PodscopeError('CONSOLE_NOT_FOUND', 'The request does not name a path.', { hint: 'Open the console\'s own address.' });
  }
  return new URL(`http://console${target}`);
}

async function listen(server: ReturnType<typeof createServer>, wanted: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      reject(
        cause.code === 'EADDRINUSE'
          ? new PodscopeError('CONSOLE_PORT_TAKEN', `Port ${wanted} for the console is in use.`, { hint: 'End what uses it, or choose another port.', cause })
          : cause,
      );
    });
    server.listen({ host: '127.0.0.1', port: wanted, exclusive: true }, () => resolve((server.address() as AddressInfo).port));
  });
}
