import { describePipelines } from './pipelineContract.ts';

await describePipelines('OpenSearch 3.8.0', { version: '3.8.0' }, 35);
