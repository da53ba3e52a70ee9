import type { MessageTable } from '../table.ts';

/** For who builds the desktop application. */
export const packaging = {
  'packaging.noElectron': (p) => ({
    message: `No installer can be made here: Electron ${p['version']} for ${p['platform']} is not on this computer and could not be downloaded${p['detail'] ? ` (${p['detail']})` : ''}.`,
    hint:
      'Run `node node_modules/electron/install.js` where its releases can be reached, or name an unpacked release: `npm run package -- --electron FOLDER`. ' +
      'With `--dir` the application is laid out around plain Node instead, for tests of its engine.',
  }),
  'packaging.noStandIn': (p) => ({
    message: `Without Electron the application can be laid out on Linux with an x64 processor only, not on ${p['platform']}.`,
  }),
  'packaging.fetchFailed': (p) => ({
    message: `The package ${p['name']} could not be fetched from the npm registry: ${p['detail']}.`,
    hint: 'Check the network connection, then run `npm run package` again.',
  }),
  'packaging.builderFailed': (p) => ({
    message: `electron-builder could not finish: ${p['detail']}`,
    hint: 'It downloads the tools for each kind of installer when it first needs them; `npm run package -- --dir` needs none.',
  }),
  'packaging.missingPart': (p) => ({
    message: `A part of the application is missing: ${p['path']}.`,
    hint: 'Run `npm ci` and `npm run setup`, then `npm run package` again.',
  }),
} satisfies MessageTable;
