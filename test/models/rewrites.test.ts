import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldNorm } from '../../src/models/fold-norm.ts';
import { architectures, buildNet } from '../../src/models/index.ts';
import type { NetSpec } from '../../src/models/net-spec.ts';
import { baseArchitecture, cutAt, replaceHead, scoresNode, subNet, withInputSize } from '../../src/models/rewrites.ts';
import { outputShapes } from '../../src/models/shapes.ts';
import { boundaryNode, headGroup, paramsOfNode } from '../../src/models/spec-queries.ts';

const names = [...architectures.keys()];
const anyName = fc.constantFrom(...names);

/** What must hold of every spec, however it came about. */
function expectSound(spec: NetSpec): void {
  const seen = new Set<string>();
  for (const node of spec.nodes) {
    for (const input of node.inputs) expect(seen).toContain(input);
    expect(seen).not.toContain(node.name);
    seen.add(node.name);
  }
  expect(seen).toContain(spec.head);
  expect(seen).toContain(spec.feature);
  const used = spec.nodes.flatMap(paramsOfNode);
  expect(used.toSorted()).toEqual(spec.params.map((param) => param.name).toSorted());
  const grouped = spec.groups.flatMap((group) => group.nodes);
  expect(new Set(grouped).size).toBe(grouped.length);
  for (const name of grouped) expect(seen).toContain(name);
}

describe('replaceHead', () => {
  it('gives any architecture any number of classes and changes nothing below the head', () => {
    fc.assert(
      fc.property(
        anyName,
        fc.integer({ min: 1, max: 300 }),
        fc.option(fc.double({ min: 0, max: 0.9, noNaN: true })),
        fc.constantFrom('own' as const, 'linear' as const),
        (name, classes, rate, form) => {
          const before = buildNet(name);
          const after = replaceHead(before, classes, { form, ...(rate === null ? {} : { dropoutRate: rate }) });
          expectSound(after);
          expect(after.classes).toBe(classes);
          expect(outputShapes(after).get(after.head)).toEqual([classes]);
          const dropout = after.nodes.filter((node) => node.op === 'dropout');
          if (rate !== null) expect(dropout.map((node) => node.rate)).toEqual(rate === 0 ? [] : [rate]);
          if (form === 'linear') expect(scoresNode(after).op).toBe('linear');
          const old = new Set(headGroup(before).nodes);
          const below = before.nodes.filter((node) => !old.has(node.name));
          expect(after.nodes.slice(0, below.length)).toEqual(below);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("keeps torch's name and form of squeezenet's head, unless a linear one is asked for", () => {
    const own = replaceHead(buildNet('squeezenet1_1'), 5);
    expect(own.params.at(-2)).toMatchObject({ name: 'classifier.1.weight', shape: [5, 512, 1, 1] });
    const linear = replaceHead(buildNet('squeezenet1_1'), 5, { form: 'linear' });
    expect(linear.params.at(-2)).toMatchObject({ name: 'head.weight', shape: [5, 512] });
    expect(boundaryNode(linear, linear.groups.length - 1)).toBe(linear.feature);
  });

  it('puts a dropout in front of a head that has none', () => {
    const spec = replaceHead(buildNet('resnet18'), 5, { dropoutRate: 0.25 });
    expect(headGroup(spec).nodes).toEqual(['head.dropout', 'fc']);
    expect(spec.nodes.at(-1)!.inputs).toEqual(['head.dropout']);
  });

  it('refuses no classes at all', () => {
    expect(() => replaceHead(buildNet('resnet18'), 0)).toThrow('models.classesOutOfRange');
  });
});

describe('cutAt and subNet', () => {
  it('split every architecture at every boundary into two that hold all parameters once', () => {
    fc.assert(
      fc.property(anyName, fc.nat(), (name, pick) => {
        const spec = buildNet(name);
        const boundary = boundaryNode(spec, 1 + (pick % (spec.groups.length - 1)));
        const trunk = cutAt(spec, boundary);
        const rest = subNet(spec, boundary, spec.head);
        expectSound(trunk);
        expectSound(rest);
        expect([...trunk.params, ...rest.params]).toEqual(spec.params);
        expect(trunk.head).toBe(boundary);
        expect(outputShapes(rest, outputShapes(trunk).get(boundary)!).get(rest.head)).toEqual([spec.classes]);
      }),
      { numRuns: 40 },
    );
  });

  it('leaves out what the output does not need', () => {
    const part = subNet(buildNet('resnet20'), 'layer1.0.relu', 'layer1.1.conv1');
    expect(part.nodes.map((node) => node.name)).toEqual(['layer1.0.relu', 'layer1.1.conv1']);
    expect(part.feature).toBe('layer1.1.conv1');
  });
});

describe('foldNorm', () => {
  it.each(names)('leaves no norm in %s and keeps the names of all boundaries', (name) => {
    const spec = buildNet(name);
    const { spec: folded, folds } = foldNorm(spec);
    expectSound(folded);
    expect(folded.nodes.some((node) => node.op === 'batchNorm')).toBe(false);
    expect(folds).toHaveLength(spec.nodes.filter((node) => node.op === 'batchNorm').length);
    for (let freezeTo = 0; freezeTo < spec.groups.length; freezeTo++)
      expect(boundaryNode(folded, freezeTo)).toBe(boundaryNode(spec, freezeTo));
  });

  it('folds only the norms asked for', () => {
    const { spec, folds } = foldNorm(buildNet('resnet20'), (norm) => norm === 'bn1');
    expect(folds.map((fold) => fold.foldedBias)).toEqual(['conv1.bias']);
    expect(spec.nodes.filter((node) => node.op === 'batchNorm')).toHaveLength(18);
    expectSound(spec);
  });
});

it('changes nothing but the size in withInputSize', () => {
  const spec = buildNet('mobilenet_v2');
  expect(withInputSize(spec, 160)).toEqual({ ...spec, preprocessing: { ...spec.preprocessing, inputSize: 160 } });
});

describe('the name of a rewritten network', () => {
  const squeeze = buildNet('squeezenet1_1');
  const resnet = buildNet('resnet20');

  it('is no library’s where the layers are others, and begins with the name it was built under', () => {
    const rewritten = [
      foldNorm(resnet).spec,
      cutAt(resnet, resnet.feature),
      subNet(resnet, 'layer1.0.relu', resnet.head),
      replaceHead(squeeze, 5, { form: 'linear' }),
      foldNorm(cutAt(resnet, resnet.feature)).spec,
    ];
    const named = rewritten.map(({ architecture }) => architecture);
    expect(new Set(named).size).toBe(named.length);
    for (const spec of rewritten) {
      expect(architectures.has(spec.architecture)).toBe(false);
      expect(architectures.has(baseArchitecture(spec))).toBe(true);
    }
  });

  it('stays where torch builds the same layers: another number of classes, dropout, another size', () => {
    for (const spec of [
      replaceHead(squeeze, 5, { dropoutRate: 0 }),
      withInputSize(squeeze, 96),
      foldNorm(squeeze).spec,
    ])
      expect(spec.architecture).toBe('squeezenet1_1');
  });
});
