import { describe, expect, it } from 'vitest';
import { bundle } from '../../../src/protocol/formats/bundle.ts';
import { exportFormats } from '../../../src/protocol/formats/index.ts';
import { exportOptions } from '../../../src/protocol/formats/options.ts';
import type { PythonNetwork } from '../../../src/protocol/formats/export-format.ts';
import { savedModel } from '../../../src/protocol/formats/saved-model.ts';

const network: PythonNetwork = { architecture: 'resnet18', library: 'torchvision' };
const model = { labels: ['ants', 'bees "wild"'], file: 'my flowers.anneal', network, options: {} };
const saved = { ...model, options: { anySize: false } };
const codeOf = (samples: readonly { value: string; code: string }[], value: string): string =>
  samples.find((sample) => sample.value === value)!.code;

describe('the table of formats', () => {
  it('has keys and extensions of its own for every format, with words in both languages', () => {
    expect(new Set(exportFormats.map(({ key }) => key)).size).toBe(exportFormats.length);
    for (const { words, options } of exportFormats) {
      expect(Object.keys(words.ru)).toEqual(Object.keys(words.en));
      expect(words.ru.contents).toMatch(/[а-яё]/i);
      for (const option of Object.values(options)) expect(option.ru.label).toMatch(/[а-яё]/i);
    }
  });

  it('fills in options that are not given as off, and refuses those of another format by name', () => {
    expect(exportOptions('savedmodel')).toEqual({ anySize: false });
    expect(exportOptions('savedmodel', { anySize: true })).toEqual({ anySize: true });
    expect(() => exportOptions('bundle', { anySize: true })).toThrow(
      expect.objectContaining({
        code: 'export.unknownOption',
        params: { format: 'bundle', received: 'anySize', known: [] },
      }),
    );
  });
});

describe('sample programs', () => {
  it('hold the labels and the file as code, whatever is in their names', () => {
    const samples = bundle.samples(model);
    expect(codeOf(samples, 'terminal')).toContain("predict 'my flowers.anneal' photo.jpg");
    expect(codeOf(samples, 'node')).toContain('["ants", "bees \\"wild\\""]');
    expect(codeOf(samples, 'python')).toContain('ZipFile("my flowers.anneal")');
    expect(codeOf(savedModel.samples(saved), 'python')).toContain('["ants", "bees \\"wild\\""]');
  });

  it('take the network from the library that has it, else from a module of the reader', () => {
    const python = (of: PythonNetwork) => codeOf(bundle.samples({ ...model, network: of }), 'python');
    expect(python(network)).toContain('models.resnet18(num_classes=len(labels))');
    expect(python({ architecture: 'tf_efficientnet_lite1', library: 'timm' })).toContain(
      'timm.create_model("tf_efficientnet_lite1"',
    );
    // A pruned network is no longer what the library builds, and its name is a word of Python nevertheless.
    const pruned = python({ architecture: '2 resnet18+pruned', library: null });
    expect(pruned).toContain('from my_networks import _2_resnet18_pruned');
    expect(pruned).not.toContain('torchvision');
  });

  it('break many labels into lines that can be read', () => {
    const labels = Array.from({ length: 200 }, (_, i) => `class number ${i}`);
    const samples = savedModel.samples({ ...saved, labels });
    for (const { code } of samples) for (const line of code.split('\n')) expect(line.length).toBeLessThan(130);
    const list = /labels = (\[[\s\S]*?\n\])/.exec(codeOf(samples, 'python'))![1]!;
    expect(JSON.parse(list.replace(/,\n\]/, '\n]'))).toEqual(labels);
  });

  it('resize by themselves only where the model does not', () => {
    const code = (anySize: boolean) => codeOf(savedModel.samples({ ...saved, options: { anySize } }), 'python');
    expect(code(true)).not.toContain('resize(');
    expect(code(false)).toContain('resize(');
  });
});
