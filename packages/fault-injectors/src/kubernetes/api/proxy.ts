import { request as overPlain } from 'node:http';
import { Agent, request as overTls, type AgentOptions } from 'node:https';
import { BlockList, isIP } from 'node:net';
import type { Duplex } from 'node:stream';

/** Variables of the environment that say which proxy is used. */
export type ProxyEnvironment = Readonly<Record<string, string | undefined>>;

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8);
LOOPBACK.addAddress('::1', 'ipv6');

const within = (list: BlockList, host: string): boolean => isIP(host) !== 0 && list.check(host, isIP(host) === 6 ? 'ipv6' : 'ipv4');

/** Whether `NO_PROXY` names a host: names with all that is under them, addresses, networks, ports, `*` (Go's `golang.org/x/net/http/httpproxy`). */
export function bypasses(noProxy: string, host: string, port: string): boolean {
  return noProxy.split(',').map((entry) => entry.trim().toLowerCase()).filter((entry) => entry !== '').some((entry) => {
    if (entry === '*') return true;
    const [network = '', bits] = entry.split('/');
    if (bits !== undefined) {
      if (isIP(network) === 0 || !/^\d{1,3}$/.test(bits) || Number(bits) > (isIP(network) === 6 ? 128 : 32)) return false;
      const list = new BlockList();
      list.addSubnet(network, Number(bits), isIP(network) === 6 ? 'ipv6' : 'ipv4');
      return within(list, host);
    }
    const [, bare = entry, only] = isIP(entry) === 6 ? [] : (/^\[?([^\]]*?)\]?(?::(\d+))?$/.exec(entry) ?? []);
    if (only !== undefined && only !== port) return false;
    const name = bare.replace(/^\*?\./, '');
    // With a dot in front only what is under it is meant.
    return bare === name ? host === name || host.endsWith(`.${name}`) : host.endsWith(`.${name}`);
  });
}

/**
 * The proxy on the way to a server, or undefined: the cluster's `proxy-url`, else the environment's `HTTPS_PROXY` (or `HTTP_PROXY` for
 * a server without TLS), which is not for the loopback address and not for what `NO_PROXY` names.
 */
export function proxyFor(server: URL, proxyUrl: string | undefined, environment: ProxyEnvironment = {}): URL | undefined {
  if (proxyUrl !== undefined && proxyUrl !== '') return URL.canParse(proxyUrl) ? new URL(proxyUrl) : undefined;
  const scheme = server.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY';
  const named = environment[scheme] || environment[scheme.toLowerCase()];
  if (named === undefined || named === '') return undefined;
  const host = server.hostname.replace(/^\[|\]$/g, '').toLowerCase();
  if (host === 'localhost' || within(LOOPBACK, host)) return undefined;
  if (bypasses(environment['NO_PROXY'] || environment['no_proxy'] || '', host, server.port || (server.protocol === 'https:' ? '443' : '80'))) return undefined;
  const text = named.includes('://') ? named : `http://${named}`;
  return URL.canParse(text) ? new URL(text) : undefined;
}

/** A proxy's address without name and password. */
export const addressOf = ({ protocol, host }: URL): string => `${protocol}//${host}`;

/** How long a proxy may take to make a way. */
const CONNECT_MS = 30_000;

type Callback = (error: Error | null, socket: Duplex) => void;

/** TLS connections through an HTTP proxy (CONNECT), kept as any other agent's. */
export class TunnelAgent extends Agent {
  readonly #proxy: URL;

  constructor(proxy: URL, options: AgentOptions) {
    super(options);
    this.#proxy = proxy;
  }

  override createConnection(options: Parameters<Agent['createConnection']>[0], callback?: Parameters<Agent['createConnection']>[1]): undefined {
    const done = callback as Callback;
    const fail = (error: Error): void => done(error, undefined as unknown as Duplex);
    const { protocol, hostname, port, username, password } = this.#proxy;
    const target = `${isIP(options.host ?? '') === 6 ? `[${options.host}]` : options.host}:${options.port}`;
    const proof = username === '' ? {} : { 'proxy-authorization': `Basic ${Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64')}` };
    const ask = protocol === 'https:' ? overTls : overPlain;
    const request = ask({ host: hostname.replace(/^\[|\]$/g, ''), port: port || (protocol === 'https:' ? 443 : 80), method: 'CONNECT', path: target, headers: { host: target, ...proof }, agent: false, timeout: CONNECT_MS });
    request.once('connect', ({ statusCode }, socket) => {
      if (statusCode !== 200) {
        socket.destroy();
        fail(new Error(`the proxy answered ${statusCode} to CONNECT`));
        return;
      }
      socket.setTimeout(0);
      const secure = super.createConnection({ ...options, socket } as typeof options);
      done(null, secure as Duplex);
    });
    request.once('timeout', () => request.destroy(new Error(`the proxy did not answer within ${CONNECT_MS / 1000} s`)));
    request.once('error', fail);
    request.once('response', (response) => {
      response.resume();
      fail(new Error(`the proxy answered ${response.statusCode} to CONNECT`));
    });
    request.end();
    return undefined;
  }
}
