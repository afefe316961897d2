/** The port on which the relay listens in its pod. */
export const RELAY_PORT = 8443;

/**
 * The program of the relay's pod: leads each connection to one host and port, which are its arguments, as it is. It does not read what
 * passes, which is TLS between the presenter's machine and the domain. It listens on the pod's own loopback address, which the kubelet's
 * port forward reaches and no other pod does.
 *
 * `node -e <program> <host> <port> <port to listen on>`
 */
export const RELAY_PROGRAM = `
const net = require('node:net');
const [host, port, listenOn] = process.argv.slice(1);
const server = net.createServer({ allowHalfOpen: true, noDelay: true }, (near) => {
  const far = net.connect({ host, port: Number(port), allowHalfOpen: true, noDelay: true });
  for (const [one, other] of [[near, far], [far, near]]) {
    one.on('error', () => other.destroy());
    one.on('close', () => other.destroySoon());
    one.pipe(other);
  }
});
server.maxConnections = 512;
server.listen(Number(listenOn), '127.0.0.1', () => console.log('ready'));
process.on('SIGTERM', () => process.exit(0));
`.trim();
