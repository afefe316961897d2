/**
 * Serves the parent that forked this process: every message goes to `onRequest`, whose answer goes back. The process
 * ends, after `onEnd`, when the parent closes the channel, dies, or sends SIGTERM. SIGINT is left to the parent: a
 * Ctrl-C reaches the whole group, and the parent ends its children in order.
 */
export function serveParent<Request, Reply>(
  onRequest: (request: Request) => Promise<Reply>,
  onEnd: () => void | Promise<void>,
): void {
  const reply = (answer: Reply): void => {
    // A parent that is gone has closed the channel; 'disconnect' ends this process.
    if (process.connected) process.send?.(answer);
  };
  let ending = false;
  const end = async (): Promise<void> => {
    if (ending) return;
    ending = true;
    await onEnd();
    process.exit(0);
  };
  process.on('message', (request) => void onRequest(request as Request).then(reply));
  process.on('disconnect', () => void end());
  process.on('SIGTERM', () => void end());
  process.on('SIGINT', () => undefined);
  if (process.send === undefined) {
    process.stderr.write('This program is started by the supervisor, over a channel. For one web server by itself run standalone.ts.\n');
    process.exit(2);
  }
}
