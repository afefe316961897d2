import { describeClasses } from './classContract.ts';

await describeClasses('OpenSearch 3.8.0', { version: '3.8.0' }, { unknown: ['search_as_you_type.doc_values'], unknownSettings: [] });
