import { parseArgs } from 'node:util';
import { PodscopeError } from '@podscope/core';
import { startAdminServer } from './behaviour/adminServer.ts';
import { createApp } from './web/app.ts';
import { errorLine } from './web/apacheLog.ts';
import { bothLogs, openLogFile, streamLog } from './web/logFile.ts';
import { publishedPages } from './web/pages.ts';
import { startPod } from './web/podServer.ts';
import type { RedisEndpoint } from './web/protocol.ts';
import { RedisRoles } from './web/redisRoles.ts';
import { redisStore } from './web/store.ts';

const USAGE = 'standalone.ts --redis <host>:<port> [--redis <host>:<port> …] [--port 8080] [--host 127.0.0.1] [--name guestbook] [--log-file <path>] [--admin-port <port> [--admin-token-file <path>]]';

function readOptions(): { redis: RedisEndpoint[]; port: number; host: string; name: string; logFile: string | undefined; admin: { port: number; tokenFile: string | undefined } | undefined } {
  try {
    const { values } = parseArgs({
      options: {
        redis: { type: 'string', multiple: true, default: [] },
        port: { type: 'string', default: '8080' },
        host: { type: 'string', default: '127.0.0.1' },
        name: { type: 'string', default: 'guestbook' },
        'log-file': { type: 'string' },
        'admin-port': { type: 'string' },
        'admin-token-file': { type: 'string' },
      },
    });
    const redis = values.redis.map((text): RedisEndpoint => {
      const colon = text.lastIndexOf(':');
      return { pod: text, host: text.slice(0, colon), port: portOf(text.slice(colon + 1)) };
    });
    if (redis.length === 0) throw new TypeError('--redis is missing.');
    const { 'admin-port': adminPort, 'admin-token-file': tokenFile } = values;
    if (adminPort === undefined && tokenFile !== undefined) throw new TypeError('--admin-token-file needs --admin-port.');
    const admin = adminPort === undefined ? undefined : { port: portOf(adminPort), tokenFile };
    return { redis, port: portOf(values.port), host: values.host, name: values.name, logFile: values['log-file'], admin };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new PodscopeError('GUESTBOOK_ARGUMENTS', reason, { hint: `Usage: ${USAGE}`, cause: error });
  }
}

function portOf(text: string): number {
  const port = Number(text);
  if (text === '' || !Number.isInteger(port) || port < 0 || port > 65_535) throw new TypeError(`"${text}" is no port.`);
  return port;
}

/** One web server by itself, as a container runs it: access log on stdout, error log on stderr; both also into a file, for a sidecar. */
async function main(): Promise<void> {
  const { redis, port, host, name, logFile, admin } = readOptions();
  const roles = new RedisRoles(redis);
  const app = createApp(redisStore(roles), publishedPages());
  const pod = await startPod({ name, app, log: logFile === undefined ? streamLog() : bothLogs(streamLog(), openLogFile(logFile)), host, port });
  const adminServer = admin === undefined ? undefined : await startAdminServer({ board: pod.board, ...admin });
  if (adminServer !== undefined) process.stderr.write(`${errorLine('notice', `switch on 127.0.0.1:${adminServer.port}`)}\n`);
  const end = (): void => {
    void adminServer?.close();
    roles.close();
    void pod.stop().then(() => process.exit(0));
  };
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
}

try {
  await main();
} catch (error) {
  const known = error instanceof PodscopeError;
  process.stderr.write(known ? `${error.code}: ${error.message}\n${error.hint ?? ''}\n` : `${String(error)}\n`);
  process.exitCode = known ? 2 : 1;
}
