import { svelte } from '@sveltejs/vite-plugin-svelte';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

/** The window: one page, loaded from any place by relative addresses. */
export default defineConfig({
  root: path('../renderer'),
  base: './',
  publicDir: path('../renderer/public'),
  plugins: [svelte({ configFile: false, compilerOptions: { runes: true } })],
  build: {
    outDir: path('../dist/renderer'),
    emptyOutDir: true,
    target: 'chrome140',
    // A data: address would need a wider content policy for fonts and scripts.
    assetsInlineLimit: 0,
    // The polyfill is an inline script, which the content policy forbids.
    modulePreload: { polyfill: false },
  },
});
