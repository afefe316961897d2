import { freePort, portOwner } from '@podscope/embedded-opensearch';
import { createServer } from 'node:net';
import { PodscopeError } from '@podscope/core';

function listen(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => server.close(() => resolve()));
  });
}

/** Different free loopback ports, all at once. */
export async function freePorts(count: number): Promise<readonly number[]> {
  const ports = new Set<number>();
  while (ports.size < count) ports.add(await freePort());
  return [...ports];
}

/** The port itself if it is free, a free one for 0. @throws PodscopeError PORT_TAKEN */
export async function reservePort(port: number, purpose: string): Promise<number> {
  if (port === 0) return freePort();
  try {
    await listen(port);
    return port;
  } catch (cause) {
    const owner = await portOwner(port);
    throw new PodscopeError('PORT_TAKEN', `Port ${port} for ${purpose} is taken${owner === undefined ? '' : ` by ${owner.command} (pid ${owner.pid})`}.`, {
      hint: 'End that process or choose another port; see "podscope up --help".',
      cause,
    });
  }
}
