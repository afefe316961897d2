import { basicAuth, fromSecret, openSearch } from '@podscope/log-shippers';
import { Pipeline } from '@podscope/log-shippers/pipelines';
import { ApiObject, type ApiObjectProps, App, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { median } from './podscope.ts';

/** At least so many objects: both pipelines, as often as it takes. */
const OBJECTS = 80;
const ROUNDS = 15;
const WARM_UP = 3;

const destination = openSearch({ engine: 'opensearch@2', endpoint: 'https://opensearch.example.com:9200', auth: basicAuth('shipper', fromSecret('opensearch', 'password')) });

/** Both pipelines (Beats and Logstash, Fluent Bit and Fluentd) of so many clusters, as manifests. */
function byLibrary(clusters: number): App {
  const app = new App();
  for (let cluster = 0; cluster < clusters; cluster += 1) {
    new Pipeline(new Construct(app, `cluster-${cluster}`), { pattern: 'workshop', destination, namespaces: { logging: `logging-${cluster}`, agents: `agents-${cluster}`, application: `guestbook-${cluster}` } });
  }
  return app;
}

type Written = ReadonlyMap<string, readonly ApiObjectProps[]>;

function written(app: App): Written {
  return new Map(app.charts.map((chart) => [chart.node.path, chart.toJson() as readonly ApiObjectProps[]]));
}

/** The same objects, written out beforehand, in plain cdk8s. */
function byHand(objects: Written): App {
  const app = new App();
  for (const [path, all] of objects) {
    const chart = new Chart(app, path.replaceAll('/', '-'), { disableResourceNameHashes: true });
    all.forEach((props, index) => new ApiObject(chart, `object-${index}`, props));
  }
  return app;
}

/** Seconds of each, and their ratio. */
export interface SynthFigures {
  readonly objects: number;
  readonly library: number;
  readonly plain: number;
  readonly ratio: number;
}

/** Synthesizes by the library and by hand in turns, to YAML; fails when the two are not the same. */
export function measureSynth(): SynthFigures {
  let clusters = 1;
  while (countOf(written(byLibrary(clusters))) < OBJECTS) clusters += 1;
  const objects = written(byLibrary(clusters));
  const sorted = (app: App): string => app.synthYaml().split(/^---\n/m).map((each) => each.trimEnd()).toSorted().join('\n');
  if (sorted(byLibrary(clusters)) !== sorted(byHand(objects))) throw new Error('The library and plain cdk8s do not synthesize the same.');
  const library: number[] = [];
  const plain: number[] = [];
  for (let round = -WARM_UP; round < ROUNDS; round += 1) {
    const [ours, theirs] = [secondsOf(() => byLibrary(clusters).synthYaml()), secondsOf(() => byHand(objects).synthYaml())];
    if (round < 0) continue;
    library.push(ours);
    plain.push(theirs);
  }
  return { objects: countOf(objects), library: median(library), plain: median(plain), ratio: median(library) / median(plain) };
}

const countOf = (objects: Written): number => [...objects.values()].reduce((sum, all) => sum + all.length, 0);

function secondsOf(work: () => void): number {
  const began = performance.now();
  work();
  return (performance.now() - began) / 1000;
}
