import { readFileSync, writeFileSync } from 'node:fs';
import { minifyHTMLLiterals } from 'minify-literals';
import { minify } from 'terser';
import { defineConfig, type Plugin } from 'vite';

/** The licences of what stands in the classic script, whose comments the minifier drops. */
const notices: Plugin = {
  name: 'notices',
  closeBundle() {
    const licences = ['LICENSE', 'node_modules/lit/LICENSE'].map((file) => readFileSync(file, 'utf8'));
    writeFileSync('dist/pay-elements.LICENSE.txt', licences.join('\n\n'));
  },
};

/** Blanks and line ends inside Lit's templates and style sheets are no part of what a page needs. */
const literals: Plugin = {
  name: 'literals',
  enforce: 'pre',
  transform: {
    filter: { id: { include: /\/src\/.*\.ts$/, exclude: /\/css\.ts$/ } },
    async handler(code, id) {
      const result = await minifyHTMLLiterals(code, { fileName: id });
      return result && { code: result.code, map: result.map?.toString() ?? null };
    },
  },
};

/**
 * What Lit keeps for browsers that cannot run the rest of the script either: a way without constructable style sheets,
 * and hooks for polyfills.
 */
const modern: Plugin = {
  name: 'modern',
  transform: {
    filter: { id: /(css-tag|reactive-element|lit-html|lit-element)\.js$/ },
    handler(code) {
      const shorter = code
        .replace(/\w\.ShadowRoot&&.*?CSSStyleSheet\.prototype/, 'true')
        .replace(/\w\.(\w+PolyfillSupport|litElementHydrateSupport)/g, '(void 0)');
      if (shorter === code) this.error('Lit asks for old browsers in other words');
      return { code: shorter, map: null };
    },
  },
};

/** After Vite's own minifier: terser finds another hundredth of the script. */
const squeezed: Plugin = {
  name: 'squeezed',
  async writeBundle({ dir }, bundle) {
    for (const output of Object.values(bundle)) {
      if (output.type !== 'chunk') continue;
      const file = `${dir}/${output.fileName}`;
      const { code, map } = await minify(output.code, {
        ecma: 2020,
        toplevel: true,
        // A constant stays on the side where it was written: gzip finds more that repeats.
        compress: { passes: 3, pure_getters: true, lhs_constants: false },
        sourceMap: { content: readFileSync(`${file}.map`, 'utf8'), url: `${output.fileName}.map` },
      });
      writeFileSync(file, code ?? '');
      writeFileSync(`${file}.map`, map as string);
    }
  },
};

/** Ahead of Lit, whose policy for Trusted Types can be made only once in a page: a second copy must not even begin. */
const ONCE = `if (customElements.get('pay-button'))
  return console.warn('pay-elements is on this page already.');`;

/**
 * `vite build`                  dist/{index,define,contract}.js: ESM, with lit, zod and the other packages as imports
 * `vite build --mode classic`   dist/pay-elements.js: one classic script with everything inside
 * `vite`                        the demo pages, with what `npm start` is serving behind them
 */
export default defineConfig(({ mode }) => {
  const classic = mode === 'classic';
  return {
    publicDir: false,
    define: classic ? { 'process.env.NODE_ENV': '"production"' } : {},
    plugins: classic ? [modern, literals, squeezed, notices] : [],
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
        output: classic ? { intro: ONCE } : {},
        checks: { pluginTimings: false },
        external: classic ? [] : [/^lit(\/|$)/, /^zod(\/|$)/],
      },
    },
    server: {
      port: 5173,
      strictPort: true,
      proxy: { '/pay': 'http://localhost:8080', '/shop': 'http://localhost:8080' },
    },
  };
});
