/** Where a server can come from, in the order in which they are tried. */
export type Source = 'home' | 'cache' | 'tarball' | 'maven';

/** What {@link startOpenSearch} reports while it works, in order. */
export type ProgressEvent =
  | { readonly type: 'source'; readonly source: Source; readonly state: 'trying' | 'used' }
  | { readonly type: 'source'; readonly source: Source; readonly state: 'passed-over'; readonly reason: string }
  | { readonly type: 'waiting-for-lock'; readonly path: string }
  | { readonly type: 'download'; readonly receivedBytes: number; readonly totalBytes: number | undefined }
  | { readonly type: 'install'; readonly step: string }
  | { readonly type: 'class-archive'; readonly state: 'making' | 'made' | 'failed' }
  | { readonly type: 'starting'; readonly pid: number; readonly port: number }
  | { readonly type: 'ready'; readonly url: string; readonly milliseconds: number };

/** Receives {@link ProgressEvent}s. */
export type OnProgress = (event: ProgressEvent) => void;
