import { readFile, writeFile } from 'node:fs/promises';
import { PAGE, pageWithPolicies } from './section.ts';

// `npm run policies`: writes the policies of docs/guide/aws-target.md.
const before = await readFile(PAGE, 'utf8');
const page = pageWithPolicies(before);
await writeFile(PAGE, page);
process.stdout.write(page === before ? 'docs/guide/aws-target.md is up to date\n' : 'docs/guide/aws-target.md is written\n');
