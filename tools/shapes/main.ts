import { writeFile } from 'node:fs/promises';
import { SHAPES_FILE, shapesJson } from './shapesJson.ts';

// `npm run shapes`: writes packages/saved-objects/src/stored/shapes.json out of the interfaces in shapes/.
const text = shapesJson();
await writeFile(SHAPES_FILE, text);
process.stdout.write(`${text.length} bytes in ${SHAPES_FILE}\n`);
