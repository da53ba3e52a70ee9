import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

// The TensorFlow add-on has process-wide state: one forked process per test file, and no more of them than there are cores.
export default defineConfig({
  // For the window's state classes, which hold runes.
  plugins: [svelte({ configFile: false, compilerOptions: { runes: true } })],
  test: {
    pool: 'forks',
    maxWorkers: 2,
    setupFiles: ['test/setup.ts'],
    projects: [
      {
        extends: true,
        test: {
          name: 'fast',
          include: ['test/**/*.test.ts'],
          exclude: ['test/**/*.slow.test.ts'],
          // Far above what any of them needs: a busy machine must not look like a defect.
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'slow',
          include: ['test/**/*.slow.test.ts'],
          testTimeout: 600_000,
          hookTimeout: 600_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
