import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { basicAuth, fromSecret, openSearch } from '@podscope/log-shippers';
import { Pipeline } from '@podscope/log-shippers/pipelines';
import { App, type Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { GuestbookChart } from '../../apps/workshop/src/targets/kubernetes/guestbook/index.ts';
import { median } from './podscope.ts';
import { type Written, plainCdk8s, sameObjects } from './plainCdk8s.ts';

/** At least so many objects: both pipelines, as often as it takes. */
const OBJECTS = 80;
const ROUNDS = 21;
const WARM_UP = 5;

const destination = openSearch({ engine: 'opensearch@2', endpoint: 'https://opensearch.example.com:9200', auth: basicAuth('shipper', fromSecret('opensearch', 'password')) });

/** Both pipelines (Beats and Logstash, Fluent Bit and Fluentd) of so many clusters, with the pods that their sidecars go into: what `podscope manifests synth` makes. */
function byLibrary(clusters: number, outdir: string): App {
  const app = new App({ outdir });
  for (let cluster = 0; cluster < clusters; cluster += 1) {
    const scope = new Construct(app, `cluster-${cluster}`);
    const application = `guestbook-${cluster}`;
    const pipeline = new Pipeline(scope, { pattern: 'workshop', destination, namespaces: { logging: `logging-${cluster}`, agents: `agents-${cluster}`, application } });
    new GuestbookChart(scope, 'guestbook', { namespace: application, withSidecar: (template, place) => pipeline.addSidecar(place, template) });
  }
  return app;
}

const written = (app: App): Written => new Map(app.charts.map((chart: Chart) => [chart.node.path, chart.toJson() as Written extends ReadonlyMap<string, infer Objects> ? Objects : never]));
const countOf = (objects: Written): number => [...objects.values()].reduce((sum, all) => sum + all.length, 0);

/** Seconds of processor time of each (medians), and the medians of the rounds' ratios. */
export interface SynthFigures {
  readonly objects: number;
  readonly library: number;
  readonly plain: number;
  readonly ratio: number;
  /** Plain cdk8s that is given each configuration as a finished text, and the library over it: how much all of the making and checking is. */
  readonly texts: number;
  readonly overTexts: number;
}

/** Synthesizes by the library and by plain cdk8s in turns, to files; fails when the two don't give the same objects. */
export function measureSynth(): SynthFigures {
  const outdir = mkdtempSync(join(tmpdir(), 'podscope-synth-'));
  try {
    return measured(outdir);
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

function measured(outdir: string): SynthFigures {
  let clusters = 1;
  while (countOf(written(byLibrary(clusters, outdir))) < OBJECTS) clusters += 1;
  const objects = written(byLibrary(clusters, outdir));
  const byHand = plainCdk8s(objects);
  if (!sameObjects(objects, written(byHand(outdir)))) throw new Error('The library and plain cdk8s do not synthesize the same objects.');
  const withTexts = plainCdk8s(objects, 'texts');
  const library: number[] = [];
  const plain: number[] = [];
  const texts: number[] = [];
  for (let round = -WARM_UP; round < ROUNDS; round += 1) {
    const ours = secondsOf(() => byLibrary(clusters, outdir).synth());
    const theirs = secondsOf(() => byHand(outdir).synth());
    const finished = secondsOf(() => withTexts(outdir).synth());
    if (round < 0) continue;
    library.push(ours);
    plain.push(theirs);
    texts.push(finished);
  }
  // Round by round: what disturbs one disturbs its neighbours.
  const over = (theirs: readonly number[]): number => median(library.map((ours, round) => ours / (theirs[round] ?? Number.NaN)));
  return { objects: countOf(objects), library: median(library), plain: median(plain), ratio: over(plain), texts: median(texts), overTexts: over(texts) };
}

/** Of the processor, not of the clock: other programs may share it. */
function secondsOf(work: () => void): number {
  const began = process.threadCpuUsage();
  work();
  const { user, system } = process.threadCpuUsage(began);
  return (user + system) / 1e6;
}
