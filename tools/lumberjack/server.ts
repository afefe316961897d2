import { createServer, type Socket } from 'node:net';
import { ackFrame, FrameReader, ProtocolError } from './frames.ts';

/** An event of a Beat, as it came. */
export type BeatsEvent = Readonly<Record<string, unknown>>;

/** How a {@link startLumberjack} server behaves. */
export interface LumberjackOptions {
  /** Takes events; only when it has settled are they acknowledged. It is called with one batch at a time for each client. */
  readonly take: (events: readonly BeatsEvent[]) => Promise<void>;
  /** The most events handed over at once: a larger window is acknowledged in parts. @default 512 */
  readonly atOnce?: number;
  /** A port of 127.0.0.1. @default a free one */
  readonly port?: number;
  /** Told of clients that don't speak the protocol, and of events that are no JSON objects. */
  readonly onTrouble?: (what: string) => void;
}

/** A running server. */
export interface Lumberjack {
  readonly port: number;
  readonly clients: number;
  stop(): Promise<void>;
}

/** While events are being taken, the client hears every so often that we are there: Beats give up after 30 s of silence. */
const KEEP_ALIVE_MS = 5_000;

/**
 * A server of the Lumberjack protocol, version 2, on 127.0.0.1, without TLS. It stands in for Logstash's Beats input in the
 * tests and in the conformance command; it is no Logstash.
 */
export async function startLumberjack(options: LumberjackOptions): Promise<Lumberjack> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    void serve(socket, options);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: '127.0.0.1', port: options.port ?? 0 }, resolve);
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    get clients() {
      return sockets.size;
    },
    async stop() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

async function serve(socket: Socket, options: LumberjackOptions): Promise<void> {
  const reader = new FrameReader();
  const trouble = options.onTrouble ?? (() => undefined);
  const atOnce = options.atOnce ?? 512;
  let window = 0;
  let taken = 0;
  let waiting: BeatsEvent[] = [];
  /** Hands over what has come, and says how far it is: after each part, and at the end of the window. */
  const hand = async (): Promise<void> => {
    const events = waiting;
    waiting = [];
    const alive = setInterval(() => socket.write(ackFrame(0)), KEEP_ALIVE_MS);
    try {
      await options.take(events);
    } catch (error) {
      trouble(error instanceof Error ? error.message : String(error));
      throw error;
    } finally {
      clearInterval(alive);
    }
    taken += events.length;
    if (!socket.destroyed) socket.write(ackFrame(taken));
  };
  try {
    for await (const bytes of socket as AsyncIterable<Buffer>) {
      for (const frame of reader.push(bytes)) {
        if (frame.type === 'window') {
          if (waiting.length > 0) throw new ProtocolError('a window begins before the one before it has ended');
          window = frame.size;
          taken = 0;
          continue;
        }
        if (taken + waiting.length >= window) throw new ProtocolError(`an event beyond the window of ${window}`);
        if (frame.sequence !== taken + waiting.length + 1) throw new ProtocolError(`event ${frame.sequence} came as number ${taken + waiting.length + 1} of its window`);
        waiting.push(eventOf(frame.json));
        if (waiting.length === atOnce || taken + waiting.length === window) await hand();
      }
    }
    if (reader.unfinished || waiting.length > 0) trouble('a client left in the middle of a window; it will send it again');
  } catch (error) {
    // A client that goes away is ordinary; what was not acknowledged comes again.
    if (error instanceof ProtocolError) trouble(`a client that does not speak Lumberjack 2: ${error.message}`);
  } finally {
    socket.destroy();
  }
}

function eventOf(json: string): BeatsEvent {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw new ProtocolError('an event that is no JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new ProtocolError('an event that is no JSON object');
  return value as BeatsEvent;
}
