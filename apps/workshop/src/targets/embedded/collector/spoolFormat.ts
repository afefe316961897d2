import type { Batch } from './batch.ts';
import type { Line, LineFormat } from './format.ts';

/** Ids that need no escaping in JSON; anything else is what a crash or a damaged disk left of a line. */
const ID = /^[\w./-]{1,512}$/;

/** Samples that wait on disk: `<id> <document as JSON>` a line. A line cut off by a crash is passed over. */
export class SpoolFormat implements LineFormat {
  append(batch: Batch, _key: string, line: Line): number {
    const split = line.text.indexOf(' ');
    if (split <= 0 || line.text.charCodeAt(split + 1) !== 0x7b || !line.text.endsWith('}')) return 0;
    const id = line.text.slice(0, split);
    if (!ID.test(id)) return 0;
    batch.add(id, line.text.slice(split + 1), line.ascii);
    return 1;
  }

  pendingFrom(): number {
    return -1;
  }

  flush(): number {
    return 0;
  }
}
