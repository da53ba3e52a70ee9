import { join } from 'node:path';
import { expect, it } from 'vitest';
import { writeModelFolder } from '../../src/ensemble/model-folder.ts';
import { growCheckout, type Growth } from '../support/grown-checkout.ts';
import { makePictures } from '../support/make-pictures.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { tinyDraft } from '../support/tiny-model.ts';

const declaration = `
import type { ExportFormatSpec } from './export-format.ts';

const words = { title: 'Crate', short: 'to ship', action: 'Pack', purpose: 'To ship.', contents: 'A crate.', readers: 'sailors' };

export const crate = {
  key: 'crate',
  extension: 'crate',
  options: {
    sealedLid: {
      en: { label: 'Seal the lid', why: 'Nobody looks in.' },
      ru: { label: 'Запечатать', why: 'Никто не заглянет.' },
    },
  },
  needsNative: true,
  words: { en: words, ru: { ...words, title: 'Ящик' } },
  samples: ({ file }) => [{ value: 'terminal', label: 'Terminal', code: \`open \${file}\` }],
} as const satisfies ExportFormatSpec<'crate', 'sealedLid'>;
`;

const exporter = `
import { readFile, writeFile } from 'node:fs/promises';
import type { Exporter } from '../exporter.ts';
import { bundleExporter } from './bundle.ts';

/** A bundle behind one byte, which tells whether the lid is sealed. */
export const crateExporter: Exporter<'crate'> = {
  tolerance: ({ sealedLid }) => (sealedLid ? 1e-5 : 1e-4),
  async write(model, target, { sealedLid }) {
    await bundleExporter.write(model, { ...target, path: \`\${target.path}.zip\` }, {});
    await writeFile(target.path, Buffer.concat([Buffer.from([sealedLid ? 1 : 0]), await readFile(\`\${target.path}.zip\`)]));
  },
  async runBack(path, model, pictures) {
    await writeFile(\`\${path}.zip\`, (await readFile(path)).subarray(1));
    return bundleExporter.runBack(\`\${path}.zip\`, model, pictures, {});
  },
};
`;

/** Exports the model in argv[2] to argv[3] in the format argv[4], checked on the pictures behind. */
const script = `
import { exportModel } from './src/export/export-model.ts';
import { describeError } from './src/messages/describe.ts';
import { toErrorData } from './src/base/errors.ts';
import { loadRuntime } from './src/tensor/runtime.ts';

await loadRuntime();
const [folder, path, format, ...pictures] = process.argv.slice(2) as [string, string, string, ...string[]];
const options = format === 'crate' ? { sealedLid: true } : {};
const model = { kind: 'run', runId: 'r', folder } as const;
try {
  const { verification, bytes } = await exportModel({ model, format: format as never, path, options, pictures, run: null, versions: {} });
  console.log(JSON.stringify({ bytes: bytes > 0, pictures: verification.pictures, tolerance: verification.tolerance }));
} catch (error) {
  console.log(JSON.stringify({ ...toErrorData(error), words: describeError(toErrorData(error)).message }));
}
`;

const files = { 'src/protocol/formats/crate.ts': declaration, 'export.ts': script };
const formats = 'src/protocol/formats/index.ts';
const declared: Growth['insertions'] = [
  { file: formats, behind: '', text: "import { crate } from './crate.ts';\n" },
  { file: formats, behind: 'const table = [', text: 'crate, ' },
];

async function modelAndPictures(): Promise<{ folder: string; pictures: string[] }> {
  const folder = temporaryFolder();
  await writeModelFolder(join(folder, 'run'), tinyDraft(true));
  const root = join(folder, 'pictures');
  const painted = { classes: ['a', 'b'], perClass: 2, width: 40, height: 32, seed: 1, format: 'png' } as const;
  const paths = await makePictures(root, painted);
  return { folder, pictures: paths.map((path) => join(root, path)) };
}

it('does not compile with a format that nothing writes', async () => {
  const grown = await growCheckout(temporaryFolder(), { files, insertions: declared });
  const { code, stdout } = await grown.compile();
  expect(code).not.toBe(0);
  expect(stdout).toContain("Property 'crate' is missing");
});

it('takes a format that is two files and their lines in two indexes everywhere', async () => {
  const exporters = 'src/export/exporters/index.ts';
  const grown = await growCheckout(temporaryFolder(), {
    files: { ...files, 'src/export/exporters/crate.ts': exporter },
    insertions: [
      ...declared,
      { file: exporters, behind: '', text: "import { crateExporter } from './crate.ts';\n" },
      { file: exporters, behind: 'Exporter<K> } = {', text: '\n  crate: crateExporter,' },
    ],
  });
  expect(await grown.compile()).toMatchObject({ code: 0, stdout: '' });

  const help = (await grown.anneal('export', '--help')).stdout;
  for (const part of ['"crate"', '--sealed-lid', 'Seal the lid', 'sailors']) expect(help).toContain(part);
  const refused = await grown.anneal('export', 'last', '--format', 'chest', '--out', grown.folder);
  expect(refused.stderr).toContain('Allowed choices are crate, bundle, savedmodel');

  const { folder, pictures } = await modelAndPictures();
  const path = join(folder, 'm.crate');
  const { stdout } = await grown.run('export.ts', [join(folder, 'run'), path, 'crate', ...pictures]);
  expect(JSON.parse(stdout)).toEqual({ bytes: true, pictures: 4, tolerance: 1e-5 });
});

it.each([
  ['folding', 'src/nn/fold-parameters.ts', 'param(fold.runningVariance), fold.epsilon', ' + 0.05'],
  ['loading', 'src/nn/load-parameters.ts', 'asFloat32(given.get(param.name)!.data', ').map((value) => value * 1.01'],
])('refuses an export where a fault of %s was planted into the program', async (_, file, behind, text) => {
  const grown = await growCheckout(temporaryFolder(), {
    files: { 'export.ts': script },
    insertions: [{ file, behind, text }],
  });
  const { folder, pictures } = await modelAndPictures();
  for (const format of ['bundle', 'savedmodel']) {
    const path = join(folder, format);
    const { stdout } = await grown.run('export.ts', [join(folder, 'run'), path, format, ...pictures]);
    expect(JSON.parse(stdout)).toMatchObject({ code: 'export.differs', params: { format } });
  }
});
