import type { Batch } from './batch.ts';
import type { ContainerOrigin } from './containerOrigin.ts';
import type { ContainerRecord, RecordWriter } from './criFormat.ts';
import { documentId } from './documentId.ts';
import { jsonText } from './jsonText.ts';

/** The documents of a container that is no web pod: the line as it is. */
export class ContainerRecords implements RecordWriter {
  readonly #origin: ContainerOrigin;

  constructor(origin: ContainerOrigin) {
    this.#origin = origin;
  }

  waiting(): boolean {
    return this.#origin.waiting();
  }

  write(batch: Batch, key: string, record: ContainerRecord): void {
    const { text, timestamp, stream, offset } = record;
    const source =
      `{"@timestamp":"${timestamp}","message":${jsonText(text)},"stream":"${stream}",${this.#origin.json},"offset":${offset}}}`;
    batch.add(documentId(key, offset), source, record.ascii && this.#origin.ascii);
  }
}
