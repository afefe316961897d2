import { redisFragmentation } from '@podscope/fault-injectors';
import { defineHunt, isOneOf, isSameList } from '@podscope/mystery-hunts';
import { cured, symptom } from './checker.ts';
import { drawFragmented } from './truth.ts';

const CHURN = 'Many values were written and most deleted again; the few left keep the memory pages in use';
const METRICS = ['mem_fragmentation_bytes', 'mem_fragmentation_ratio', 'allocator_frag_ratio', 'allocator_frag_bytes'];

/** Redis holds far more memory than its data needs. */
export const fragmentedRedis = defineHunt({
  id: 'fragmented-redis',
  title: 'The memory that does not come back',
  story: [
    'The hosting team asks why Redis takes so much memory of late. The guestbook has not grown.',
    'A batch job ran a moment ago, and its author insists that it cleaned up after itself. Mostly.',
    'Find out which instances hold memory that they do not need, and why. Then get it back, without losing an entry of the guestbook and without closing it.',
  ].join('\n\n'),
  difficulty: 3,
  minutes: 25,
  tasks: [
    'Find the metric that shows that memory is held without data in it.',
    'Find out which Redis instances are affected. Not all need be.',
    'Find the keys that the job left behind, by their common prefix.',
    'Cure every instance. Nothing of the guestbook may be lost, and at no time may all instances be down.',
  ],
  dashboards: ['redis', 'overview'],
  drawTruth: drawFragmented,
  fault: ({ prefix, seed, spared }) => redisFragmentation({ prefix, seed, restart: spared }),
  hints: [
    { text: 'On the Redis dashboard, compare used memory with resident memory for each instance, then look at what INFO calls fragmentation.', cost: 5 },
    { text: 'MEMORY PURGE gives back empty pages only. List some keys with "podscope exec <pod> -- redis-cli SCAN 0 COUNT 1000" and look for a prefix that the guestbook does not have.', cost: 10 },
    {
      text: [
        'Two ways. Restart the instances one by one: "podscope restart pod/<name>" saves first and loads afterwards; go on when the next is Running.',
        'Or remove those keys on the primary, some hundred at a time: "podscope exec <primary> -- redis-cli --scan --pattern \'<prefix>*\' | xargs -n 1000 podscope exec <primary> -- redis-cli UNLINK", and then run MEMORY PURGE on every affected instance.',
      ].join(' '),
      cost: 20,
    },
  ],
  questions: [
    {
      id: 'metric',
      aspect: 'localise',
      prompt: 'Which metric of INFO shows it? Give its name.',
      kind: 'text',
      grade: (answer) => isOneOf(answer.trim().replace(/^redis\./i, ''), METRICS),
    },
    {
      id: 'cause',
      aspect: 'mechanism',
      prompt: 'Why does Redis hold the memory?',
      kind: 'choice',
      choices: ['Clients do not read their answers, so buffers grow', 'The data set grew, and nothing is evicted', CHURN, 'The replication backlog was set too large'],
      grade: (answer) => isOneOf(answer, CHURN),
    },
    {
      id: 'prefix',
      aspect: 'mechanism',
      prompt: 'With what do the names of the keys that the job left behind begin?',
      kind: 'text',
      grade: (answer, truth) => isOneOf(answer.trim().replace(/\*$/, '').replace(/:$/, ''), truth.prefix.replace(/:$/, '')),
    },
    {
      id: 'instances',
      aspect: 'scope',
      prompt: 'Which instances (pods) were affected when the hunt began? List them all.',
      kind: 'list',
      grade: (answer, truth) => isSameList(answer.replaceAll('pod/', ''), truth.fragmented),
    },
  ],
  symptom,
  cured,
  debrief: (truth) =>
    [
      `The job wrote 400,000 keys under \`${truth.prefix}\` and deleted nine of ten. The few left keep the allocator's pages in use: \`mem_fragmentation_bytes\` above 150 MB and \`allocator_frag_ratio\` near 2.5.`,
      '',
      `Affected: ${truth.fragmented.map((name) => `\`${name}\``).join(', ')}. ${truth.spared.length === 0 ? 'The replicas carry out the same writes, so they fragment too.' : `Whole, because restarted after the job: ${truth.spared.map((name) => `\`${name}\``).join(', ')}.`}`,
      '',
      '- `mem_fragmentation_ratio` alone misleads: on an empty Redis it is above 7 as well.',
      '- `MEMORY PURGE` alone changes nothing: no page is empty. After the keys are removed it gives the pages back.',
      '- A restart from persisted data packs the memory anew; one by one, so that the guestbook stays up. A failover to a freshly synced instance does too.',
      '- Active defragmentation needs the allocator that Redis itself ships; where the server accepts it, it cures as well.',
    ].join('\n'),
});
