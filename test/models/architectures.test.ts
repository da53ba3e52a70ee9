import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sizeOf } from '../../src/base/size-of.ts';
import { AnnealError } from '../../src/base/errors.ts';
import { describeError } from '../../src/messages/describe.ts';
import { cost } from '../../src/models/cost.ts';
import { architectures, buildNet } from '../../src/models/index.ts';
import type { NetSpec } from '../../src/models/net-spec.ts';
import { outputShapes } from '../../src/models/shapes.ts';
import { boundaryNode, groupOfParam, nodesBetween, parameterTable } from '../../src/models/spec-queries.ts';

interface Reference {
  readonly size: number;
  readonly sha256: string;
  readonly parameters: number;
  readonly multiplyAdds: number;
}

const reference = JSON.parse(readFileSync(new URL('../fixtures/models/reference.json', import.meta.url), 'utf8')) as {
  architectures: Record<string, Reference>;
};

function digest(spec: NetSpec): string {
  const lines = spec.params.map((param) => `${param.name} [${param.shape.join(', ')}]`);
  return createHash('sha256').update(lines.join('\n')).digest('hex');
}

it('builds every architecture that PyTorch was asked about', () => {
  expect([...architectures.keys()].toSorted()).toEqual(Object.keys(reference.architectures).toSorted());
});

describe.each(Object.entries(reference.architectures))('%s', (name, expected) => {
  const spec = buildNet(name);

  it("has torch's state_dict: names, shapes and order", () => {
    expect(digest(spec)).toBe(expected.sha256);
  });

  it('counts the parameters and multiply-adds that PyTorch counts', () => {
    const counted = cost(spec, expected.size);
    expect(counted.parameters).toBe(expected.parameters);
    expect(counted.multiplyAdds).toBe(expected.multiplyAdds);
    expect(spec.preprocessing.inputSize).toBe(expected.size);
  });

  it('puts every node into exactly one group, in order, and only the head into the last', () => {
    const grouped = spec.groups.flatMap((group) => group.nodes);
    expect(grouped).toEqual(spec.nodes.map((node) => node.name));
    expect(spec.groups.at(-1)!.nodes).toContain(spec.head);
    expect(new Set(spec.groups.map((group) => group.name)).size).toBe(spec.groups.length);
  });

  it('can be frozen after every group: the rest needs that one output and nothing below', () => {
    for (let freezeTo = 0; freezeTo < spec.groups.length; freezeTo++) {
      const above = nodesBetween(spec, boundaryNode(spec, freezeTo), [spec.head, spec.feature]);
      const own = new Set(spec.groups.slice(freezeTo).flatMap((group) => group.nodes));
      expect(above.every((node) => own.has(node.name))).toBe(true);
    }
  });

  it('gives every parameter a group and its first axis the channels of its node', () => {
    const groups = groupOfParam(spec);
    const shapes = outputShapes(spec);
    expect([...groups.keys()].toSorted()).toEqual(spec.params.map((param) => param.name).toSorted());
    for (const row of parameterTable(spec)) expect(row.shape[0]).toBe(shapes.get(row.node)!.at(-1));
  });

  it('takes another number of classes', () => {
    const resized = buildNet(name, { classes: 7 });
    expect(resized.classes).toBe(7);
    expect(outputShapes(resized).get(resized.head)).toEqual([7]);
    expect(outputShapes(resized).get(resized.feature)).toEqual([spec.featureSize]);
  });
});

it('counts activations of a small network as by hand', () => {
  // resnet20 at 32: input 3, stem 3 × 16, each block 7 maps (8 with a shortcut that pads), in numbers a pixel.
  const stages = [
    [32, 16],
    [16, 32],
    [8, 64],
  ] as const;
  let numbers = 32 * 32 * (3 + 3 * 16) + 64 + 10;
  stages.forEach(([side, channels], stage) => (numbers += side * side * channels * (3 * 7 + (stage > 0 ? 1 : 0))));
  const counted = cost(buildNet('resnet20'));
  expect(counted.nodes.reduce((sum, { shape }) => sum + sizeOf(shape), 0)).toBe(numbers);
  // Most at once: convolution's input and output beside the shortcut, 16 channels each.
  expect(counted.inferenceActivationBytes).toBe(4 * 32 * 32 * 16 * 3);
});

describe('a request that cannot be met', () => {
  const thrown = (run: () => unknown): AnnealError => {
    try {
      run();
    } catch (error) {
      if (error instanceof AnnealError) return error;
    }
    throw new Error('expected an AnnealError');
  };

  it('names the nearest architecture', () => {
    const error = thrown(() => buildNet('resnet_18'));
    expect(error.params['nearest']).toBe('resnet18');
    expect(describeError(error.toData()).hint).toContain('"resnet18"');
    expect(thrown(() => buildNet('constructor')).code).toBe('models.unknownArchitecture');
  });

  it('refuses no classes at all and a group that is not there', () => {
    expect(thrown(() => buildNet('resnet18', { classes: 0 })).code).toBe('models.classesOutOfRange');
    const spec = buildNet('resnet20');
    expect(thrown(() => boundaryNode(spec, spec.groups.length)).params).toMatchObject({ last: 10 });
    expect(thrown(() => boundaryNode(spec, 1.5)).code).toBe('models.freezeOutOfRange');
  });

  it('refuses pictures that vanish on the way, and names the layer', () => {
    const error = thrown(() => outputShapes(buildNet('squeezenet1_1'), [6, 6, 3]));
    expect(error.code).toBe('models.inputTooSmall');
  });

  it('refuses a part that needs more than its start, and names the nearest layer', () => {
    const spec = buildNet('resnet20');
    expect(thrown(() => nodesBetween(spec, 'layer2.0.conv1', [spec.head])).code).toBe('models.notBelow');
    expect(thrown(() => nodesBetween(spec, 'layer2.0.conv', [spec.head])).params['nearest']).toBe('layer2.0.conv1');
  });
});
