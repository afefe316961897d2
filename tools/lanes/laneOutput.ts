import { Writable } from 'node:stream';

/** What lanes that run at the same time print, one lane after the other: that of the first at once, that of the others when those before have ended. */
export interface LaneOutputs {
  /** What one lane prints. It has to be ended. */
  open(): Writable;
}

/** Puts the outputs in the order in which they were opened. */
export function orderedOutputs(print: (text: string) => void): LaneOutputs {
  const waiting: { held: string; ended: boolean }[] = [];
  const goOn = (): void => {
    for (let first = waiting[0]; first !== undefined; first = waiting[0]) {
      print(first.held);
      first.held = '';
      if (!first.ended) return;
      waiting.shift();
    }
  };
  return {
    open() {
      const own = { held: '', ended: false };
      waiting.push(own);
      const done = (callback: () => void): void => {
        if (waiting[0] === own) goOn();
        callback();
      };
      return new Writable({
        decodeStrings: false,
        defaultEncoding: 'utf8',
        write(chunk: Buffer | string, _encoding, callback) {
          own.held += String(chunk);
          done(callback);
        },
        final(callback) {
          own.ended = true;
          done(callback);
        },
      });
    },
  };
}
