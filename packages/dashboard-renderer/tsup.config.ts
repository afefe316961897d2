import { defineConfig } from 'tsup';
import preset from '../../tools/build/tsup.config.ts';

/** Drawing SVG brings the whole of ECharts along, drawing on a page brings its canvas: each stands in an entry of its own. */
export default defineConfig({ ...preset, entry: ['src/index.ts', 'src/svg.ts', 'src/browser.ts'] });
