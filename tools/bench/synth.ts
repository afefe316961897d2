import { basicAuth, fromSecret, openSearch } from '@podscope/log-shippers';
import { Pipeline } from '@podscope/log-shippers/pipelines';
import { App, type Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { median } from './podscope.ts';
import { type Written, plainCdk8s, sameObjects } from './plainCdk8s.ts';

/** At least so many objects: both pipelines, as often as it takes. */
const OBJECTS = 80;
const ROUNDS = 21;
const WARM_UP = 5;

const destination = openSearch({ engine: 'opensearch@2', endpoint: 'https://opensearch.example.com:9200', auth: basicAuth('shipper', fromSecret('opensearch', 'password')) });

/** Both pipelines (Beats and Logstash, Fluent Bit and Fluentd) of so many clusters, as manifests. */
function byLibrary(clusters: number): App {
  const app = new App();
  for (let cluster = 0; cluster < clusters; cluster += 1) {
    new Pipeline(new Construct(app, `cluster-${cluster}`), { pattern: 'workshop', destination, namespaces: { logging: `logging-${cluster}`, agents: `agents-${cluster}`, application: `guestbook-${cluster}` } });
  }
  return app;
}

const written = (app: App): Written => new Map(app.charts.map((chart: Chart) => [chart.node.path, chart.toJson() as Written extends ReadonlyMap<string, infer Objects> ? Objects : never]));
const countOf = (objects: Written): number => [...objects.values()].reduce((sum, all) => sum + all.length, 0);

/** Seconds of each, and their ratio. */
export interface SynthFigures {
  readonly objects: number;
  readonly library: number;
  readonly plain: number;
  readonly ratio: number;
}

/** Synthesizes by the library and by plain cdk8s in turns, to YAML; fails when the two don't give the same objects. */
export function measureSynth(): SynthFigures {
  let clusters = 1;
  while (countOf(written(byLibrary(clusters))) < OBJECTS) clusters += 1;
  const objects = written(byLibrary(clusters));
  const byHand = plainCdk8s(objects);
  if (!sameObjects(objects, written(byHand()))) throw new Error('The library and plain cdk8s do not synthesize the same objects.');
  const library: number[] = [];
  const plain: number[] = [];
  for (let round = -WARM_UP; round < ROUNDS; round += 1) {
    const ours = secondsOf(() => byLibrary(clusters).synthYaml());
    const theirs = secondsOf(() => byHand().synthYaml());
    if (round < 0) continue;
    library.push(ours);
    plain.push(theirs);
  }
  return { objects: countOf(objects), library: median(library), plain: median(plain), ratio: median(library) / median(plain) };
}

function secondsOf(work: () => void): number {
  const began = performance.now();
  work();
  return (performance.now() - began) / 1000;
}
