/** What a build says on its way. */
export type GoProgress =
  | { readonly type: 'waiting'; readonly program: string }
  | { readonly type: 'downloading'; readonly program: string; readonly module: string }
  | { readonly type: 'compiling'; readonly program: string; readonly done: number; readonly total: number }
  | { readonly type: 'built'; readonly program: string; readonly seconds: number };

/** Receives {@link GoProgress}. */
export type OnGoProgress = (event: GoProgress) => void;

/** Often enough to see that it goes on, seldom enough for a log. */
const EVERY_MS = 5_000;

function lineOf(event: GoProgress): string {
  switch (event.type) {
    case 'waiting':
      return `${event.program}: another process builds it, waiting`;
    case 'downloading':
      return `${event.program}: downloading modules (${event.module})`;
    case 'compiling':
      return `${event.program}: compiling, ${event.done} of at most ${event.total} packages`;
    case 'built':
      return `${event.program}: built in ${event.seconds} s`;
  }
}

/** Writes progress as lines, at most one in five seconds of each kind that comes in great numbers. */
export function progressLines(write: (line: string) => void): OnGoProgress {
  let last = 0;
  let kind = '';
  return (event) => {
    const now = Date.now();
    const many = event.type === 'downloading' || event.type === 'compiling';
    if (many && event.type === kind && now - last < EVERY_MS) return;
    last = now;
    kind = event.type;
    write(lineOf(event));
  };
}
