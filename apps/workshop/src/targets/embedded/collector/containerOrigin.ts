import { type ContainerFile, type FindPlace, kubernetesOf } from './origin.ts';

/** How long the first lines of a new pod wait until its node and deployment are known. */
const WAIT_MS = 2000;

/** What all documents of one container share, as a piece of JSON made once. */
export class ContainerOrigin {
  /** `"kubernetes":{…},"log":{"file":{"path":"…"}`, left open for the rest of `log`. */
  json = '';
  ascii = true;
  readonly #file: ContainerFile;
  readonly #path: string;
  readonly #find: FindPlace | undefined;
  readonly #until: number;
  #settled = false;

  /** `find` is undefined where nobody knows the places of pods. */
  constructor(file: ContainerFile, path: string, find: FindPlace | undefined) {
    this.#file = file;
    this.#path = path;
    this.#find = find;
    this.#until = performance.now() + WAIT_MS;
    this.#settle(false);
  }

  waiting(): boolean {
    if (!this.#settled) this.#settle(performance.now() >= this.#until);
    return !this.#settled;
  }

  #settle(late: boolean): void {
    const place = this.#find?.(this.#file.namespace, this.#file.pod);
    this.#settled = late || place !== undefined || this.#find === undefined;
    const kubernetes = JSON.stringify(kubernetesOf(this.#file, place));
    this.json = `"kubernetes":${kubernetes},"log":{"file":{"path":${JSON.stringify(this.#path)}}`;
    this.ascii = !/[^\u0000-\u007f]/.test(this.json);
  }
}
