import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { escapeMarkup } from '../../../packages/dashboard-renderer/src/index.ts';
import { CASES } from './cases.ts';
import { FILES, runCase } from './files.ts';

/** Writes the file and the picture of every case anew, and a page with all pictures. */
export async function writeRegression(page: string): Promise<void> {
  mkdirSync(FILES, { recursive: true });
  for (const file of readdirSync(FILES)) rmSync(join(FILES, file));
  const sections: string[] = [];
  for (const each of CASES) {
    const { json, light, dark } = await runCase(each);
    writeFileSync(join(FILES, `${each.name}.json`), json);
    writeFileSync(join(FILES, `${each.name}.svg`), `${light}\n`);
    sections.push(`<section id="${each.name}"><h2>${each.name}</h2><p>${escapeMarkup(each.about)}</p><div class="side"><div>${light}</div><div style="background:#1b2029">${dark}</div></div></section>`);
    process.stdout.write(`${each.name}\n`);
  }
  const style = 'body{font:14px system-ui,sans-serif;margin:20px;background:#eef1f5}section{background:#fff;padding:10px;margin:0 0 14px}.side{display:grid;grid-template-columns:1fr 1fr;gap:10px}h2{font-size:15px;margin:0}p{margin:2px 0 6px}';
  writeFileSync(page, `<!doctype html><html lang="en"><meta charset="utf-8"><title>Not recorded</title><style>${style}</style>${sections.join('\n')}</html>\n`);
  process.stdout.write(`${CASES.length} cases in ${FILES}, all pictures in ${page}\n`);
}
