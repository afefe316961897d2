import { cpus, totalmem } from 'node:os';
import { measureBoot } from './boot.ts';
import { measureMemory } from './memory.ts';

const args = process.argv.slice(2);
const known = ['boot', 'memory', 'ingest', 'reindex', 'storage', 'indices', 'saved-objects', 'renderer', 'synth', 'kubernetes-apply', 'replica-storm'] as const;
if (args.includes('--help')) {
  process.stdout.write(`Usage: npm run bench [-- ${known.join('|')}…] [--json]\n\nMeasures in one run each, as ratios where there is something to compare with:\n  boot    warm "podscope up" until the first dashboard has data, over the bare server until green (at most 1.5)\n  memory  proportional set size of everything at 39 web pods (own processes at most 350 MB, all at most 1536 MB)\n  ingest  our collector over the official client's bulk helper (at least 0.8)\n  reindex whole reindex of a million documents over the server's own _reindex (at least 0.9); --documents=<number> for fewer\n  storage bytes on disk of half a million access logs over their JSON, and the estimate from one in twenty over what they take (0.8 to 1.2)\n  indices first apply (at most 0.8) and empty plan (at most 0.15) of 200 templates, 50 component templates and 50 pipelines, each a whole process, over 300 curl calls\n  saved-objects 1,000 dashboards of 12 panels built and serialised over object literals with the same inner JSON.stringify (at most 1.5), beside Grafana's SDK; check and convert of the corpus after PODSCOPE_CORPUS; bytes of one line chart\n  renderer the recorded sample dashboard of web logs (after PODSCOPE_CORPUS) in Chromium, all panels from saved objects and answers, over bare ECharts and Vega with ready options (at most 1.5)\n  synth both log pipelines and the pods of their sidecars, 80 objects and more, over typed cdk8s of the same objects whose configurations are literals made YAML (at most 1.3), and over the same with finished texts (no limit)\n  kubernetes-apply the workshop's manifests on a whole cluster, first (at most 0.8) and unchanged (at most 0.5), over kubectl apply --server-side of the same YAML; as a whole process, and in process after the imports\n  replica-storm inject, verify, revert, verify of 100 replicas where 39 fit, over kubectl scale with a watch until the same is seen (at most 1.3); both ways, too\n\nExample:\n  npm run bench -- memory\n`);
  process.exit(0);
}
const asked = args.filter((arg) => !arg.startsWith('--'));
const wrong = asked.filter((name) => !known.some((each) => each === name));
if (wrong.length > 0) {
  process.stderr.write(`There is no measurement ${wrong.join(', ')}; there are ${known.join(', ')}.\n`);
  process.exit(2);
}
const wants = (name: (typeof known)[number]): boolean => asked.length === 0 || asked.includes(name);
const json = args.includes('--json');
const print = (line: string): void => {
  if (!json) process.stdout.write(`${line}\n`);
};
const report: Record<string, unknown> = { machine: { cpu: cpus()[0]?.model, cores: cpus().length, memoryGb: Math.round(totalmem() / 1e9), node: process.versions.node } };

print(`${cpus().length} × ${cpus()[0]?.model}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}`);
if (wants('boot')) {
  const boot = await measureBoot();
  report['boot'] = boot;
  const seconds = (figures: readonly number[]): string => figures.map((figure) => figure.toFixed(1)).join(', ');
  print(`boot    up ${seconds(boot.up)} s; bare server ${seconds(boot.bare)} s; ratio ${boot.ratio.toFixed(2)} (at most 1.5)`);
}
if (wants('memory')) {
  const memory = await measureMemory();
  report['memory'] = memory;
  for (const each of memory.processes) print(`        ${each.mb.toFixed(0).padStart(5)} MB  ${each.name}`);
  print(`memory  own ${memory.own.toFixed(0)} MB (at most 350); everything ${memory.everything.toFixed(0)} MB (at most 1536)`);
}
if (wants('ingest')) {
  const { measureIngest } = await import('./ingest.ts');
  const ingest = await measureIngest();
  report['ingest'] = ingest;
  print(`ingest  collector ${Math.round(ingest.collector)} documents/s; bulk helper ${Math.round(ingest.bulkHelper)} documents/s; ratio ${ingest.ratio.toFixed(2)} (at least 0.8)`);
}
if (wants('reindex')) {
  const { measureReindex } = await import('./reindex.ts');
  const documents = args.find((arg) => /^--documents=[1-9]\d*$/u.test(arg))?.split('=')[1];
  const reindex = await measureReindex(documents === undefined ? undefined : Number(documents));
  report['reindex'] = reindex;
  print(`reindex whole reindex ${Math.round(reindex.reindex)} documents/s; the server's own ${Math.round(reindex.plain)} documents/s; ratio ${reindex.ratio.toFixed(2)} (at least 0.9)`);
}
if (wants('storage')) {
  const { measureStorage } = await import('./storage.ts');
  const storage = await measureStorage();
  report['storage'] = storage;
  for (const { codec, ratio, stored, merged, predicted } of storage.codecs) {
    print(`storage ${codec}: ${ratio.toFixed(2)} bytes on disk for each byte of JSON (${(stored / storage.json).toFixed(2)} before the last merge, ${(merged / storage.documents).toFixed(0)} bytes a document); estimate from a sample ${predicted.toFixed(2)} of it (0.8 to 1.2)`);
  }
}
if (wants('indices')) {
  const { measureIndices } = await import('./indices.ts');
  const indices = await measureIndices();
  report['indices'] = indices;
  const { ratios } = indices;
  print(`indices ${indices.resources} resources: curl ${indices.curl.toFixed(2)} s; first apply ${indices.apply.toFixed(2)} s, ratio ${ratios.apply.toFixed(2)} (at most 0.8); empty plan ${indices.emptyPlan.toFixed(2)} s in ${indices.emptyPlanRequests} requests, ratio ${ratios.emptyPlan.toFixed(2)} (at most 0.15 and 12)`);
}
if (wants('renderer')) {
  const { measureRenderer } = await import('./renderer.ts');
  const renderer = await measureRenderer();
  report['renderer'] = renderer ?? null;
  if (renderer === undefined) print('renderer not measured: PODSCOPE_CORPUS names no folder with golden/osd-2.8.0');
  else print(`renderer ${renderer.panels} panels drawn in ${renderer.ours.toFixed(0)} ms; bare ECharts and Vega with ready options ${renderer.bare.toFixed(0)} ms; ratio ${renderer.ratio.toFixed(2)} (at most 1.5)`);
}
if (wants('synth')) {
  const { measureSynth } = await import('./synth.ts');
  const synth = measureSynth();
  report['synth'] = synth;
  print(`synth   ${synth.objects} objects: library ${(synth.library * 1000).toFixed(0)} ms; plain cdk8s ${(synth.plain * 1000).toFixed(0)} ms; ratio ${synth.ratio.toFixed(2)} (at most 1.3); with finished texts ${(synth.texts * 1000).toFixed(0)} ms, ratio ${synth.overTexts.toFixed(2)}`);
}
if (wants('kubernetes-apply')) {
  const { measureKubernetesApply } = await import('./kubernetesApply.ts');
  const apply = await measureKubernetesApply();
  report['kubernetes-apply'] = apply;
  for (const [name, limit] of [['first', 0.8], ['unchanged', 0.5]] as const) {
    const { kubectl, whole, inside, ratios } = apply[name];
    print(`kubernetes-apply ${apply.objects} objects, ${name}: kubectl ${kubectl.toFixed(2)} s; whole process ${whole.toFixed(2)} s, ratio ${ratios.whole.toFixed(2)}; after the imports ${inside.toFixed(2)} s, ratio ${ratios.inside.toFixed(2)} (at most ${limit})`);
  }
}
if (wants('replica-storm')) {
  const { measureReplicaStorm } = await import('./replicaStorm.ts');
  const storm = await measureReplicaStorm();
  report['replica-storm'] = storm;
  print(`replica-storm kubectl ${storm.kubectl.toFixed(2)} s (${storm.kubectlThere.toFixed(2)} there, ${storm.kubectlBack.toFixed(2)} back); whole process ${storm.whole.toFixed(2)} s, ratio ${storm.ratios.whole.toFixed(2)}; after the imports ${storm.inside.toFixed(2)} s, ratio ${storm.ratios.inside.toFixed(2)} (at most 1.3)`);
}
if (wants('saved-objects')) {
  const { measureBuilding, measureCorpus } = await import('./savedObjects.ts');
  const { measureSize } = await import('./bundleSize.ts');
  const building = await measureBuilding();
  const folder = process.env['PODSCOPE_CORPUS'];
  const corpus = folder === undefined || folder === '' ? undefined : measureCorpus(`${folder}/saved-objects`);
  const size = await measureSize();
  report['saved-objects'] = { building, corpus, size };
  print(`saved-objects ${building.dashboards} dashboards, ${building.objects} objects: library ${building.library.toFixed(3)} s; literals ${building.literals.toFixed(3)} s; ratio ${building.ratio.toFixed(2)} (at most 1.5); Grafana's SDK ${building.grafana.toFixed(3)} s for as many dashboards`);
  print(corpus === undefined ? 'saved-objects corpus: PODSCOPE_CORPUS names no folder' : `saved-objects corpus: ${corpus.objects} objects, checked and converted for each of ${corpus.targets} targets: ${Math.round(corpus.perSecond)} objects/s (read ${Math.round(corpus.read)} objects/s)`);
  print(`saved-objects one line chart: ${(size.minified / 1000).toFixed(1)} kB minified, ${(size.gzip / 1000).toFixed(1)} kB gzip (${Object.entries(size.packages).map(([name, bytes]) => `${name} ${(bytes / 1000).toFixed(1)}`).join(', ')})`);
}
if (json) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
