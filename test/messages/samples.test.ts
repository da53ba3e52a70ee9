import { describe, expect, it } from 'vitest';
import { samplesOf } from '../../src/messages/samples.ts';

const model = { labels: ['ants', 'bees "wild"'], file: 'my flowers.anneal', architecture: 'resnet18', anySize: false };

describe('sample programs', () => {
  it('hold the labels and the file as code, whatever is in their names', () => {
    const [terminal, node, python] = samplesOf('bundle', model);
    expect(terminal!.code).toContain("predict 'my flowers.anneal' photo.jpg");
    for (const { code } of [node!, python!]) {
      expect(code).toContain('["ants", "bees \\"wild\\""]');
      expect(code).toContain('"my flowers.anneal"');
    }
    expect(python!.code).toContain('models.resnet18(num_classes=len(labels))');
  });

  it('take the network from where PyTorch users find it', () => {
    const python = (architecture: string | null) => samplesOf('bundle', { ...model, architecture })[2]!.code;
    expect(python('tf_efficientnet_lite1')).toContain('timm.create_model("tf_efficientnet_lite1"');
    expect(python('resnet20')).toContain('from my_networks import resnet20');
    expect(python(null)).toContain('from my_networks import my_network');
  });

  it('break many labels into lines that can be read', () => {
    const labels = Array.from({ length: 200 }, (_, i) => `class number ${i}`);
    for (const { code } of samplesOf('savedmodel', { ...model, labels }))
      for (const line of code.split('\n')) expect(line.length).toBeLessThan(130);
    const [python] = samplesOf('savedmodel', { ...model, labels });
    const list = /labels = (\[[\s\S]*?\n\])/.exec(python!.code)![1]!;
    expect(JSON.parse(list.replace(/,\n\]/, '\n]'))).toEqual(labels);
  });

  it('resize by themselves only where the model does not', () => {
    const code = (anySize: boolean) => samplesOf('savedmodel', { ...model, anySize })[0]!.code;
    expect(code(true)).not.toContain('resize(');
    expect(code(false)).toContain('resize(');
  });
});
