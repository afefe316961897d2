import { describePipelines } from './pipelineContract.ts';

await describePipelines('OpenSearch 2.19.6', { version: '2.19.6' }, 30);
await describePipelines('Elasticsearch 7.10.2 OSS', { distribution: 'elasticsearch-oss', version: '7.10.2' }, 25);
