/** Lines about a long piece of work, none more than two seconds after the one before. */
export interface Progress {
  /** Something that has happened. */
  line(text: string): void;
  /** How far it is; said when nothing else has been for a while. */
  step(text: string): void;
  stop(): void;
}

const QUIET = 2000;

/** Begins to tell. */
export function startProgress(write: (line: string) => void): Progress {
  const began = Date.now();
  let said = began;
  let about = 'reading the folder';
  const say = (text: string): void => {
    said = Date.now();
    write(text);
  };
  const timer = setInterval(() => {
    if (Date.now() - said >= QUIET) say(`  … ${about} (${Math.round((Date.now() - began) / 1000)} s)`);
  }, QUIET / 4);
  timer.unref();
  return {
    line: (text) => {
      about = text;
      say(text);
    },
    step: (text) => {
      about = text;
    },
    stop: () => clearInterval(timer),
  };
}
