import { cpSync } from 'node:fs';
import { defineConfig, type Plugin } from 'vite';

/** The classic script's licence notices: Apache-2.0 and BSD-3-Clause both want them shipped. */
const notices: Plugin = {
  name: 'notices',
  closeBundle: () => cpSync('LICENSE', 'dist/LICENSE'),
};

/**
 * `vite build`                  dist/{index,define,contract}.js: ESM, with lit, zod and the other packages as imports
 * `vite build --mode classic`   dist/pay-elements.js: one classic script with everything inside
 * `vite`                        the demo pages with src/ reloaded live; the server and the sandbox must be running
 */
export default defineConfig(({ mode }) => {
  const classic = mode === 'classic';
  return {
    publicDir: false,
    define: classic ? { 'process.env.NODE_ENV': '"production"' } : {},
    plugins: [notices],
    build: {
      target: 'es2022',
      sourcemap: true,
      emptyOutDir: !classic,
      minify: classic ? 'oxc' : false,
      lib: classic
        ? {
            entry: 'src/define.ts',
            name: 'PayElements',
            formats: ['iife'],
            fileName: () => 'pay-elements.js',
          }
        : {
            entry: { index: 'src/index.ts', define: 'src/define.ts', contract: 'src/contract/index.ts' },
            formats: ['es'],
          },
      rolldownOptions: {
        external: classic ? [] : [/^lit(\/|$)/, /^zod(\/|$)/, /^@google-pay\//],
      },
    },
    server: {
      port: 5173,
      strictPort: true,
      proxy: { '/pay': 'http://localhost:8080', '/shop': 'http://localhost:8080' },
    },
  };
});
