import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig } from 'vite';

/** The page loads everything from its own origin under a policy without inline scripts or data URLs. */
export default defineConfig({
  base: './',
  plugins: [react()],
  resolve: {
    conditions: ['@podscope/source', ...defaultClientConditions],
  },
  build: {
    outDir: 'dist',
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // ECharts, loaded when the first chart is drawn, is the one large chunk.
    chunkSizeWarningLimit: 900,
  },
});
