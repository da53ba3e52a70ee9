import { describe, expect, it } from 'vitest';
import { constant, dtypeName, identity, placeholder, type Graph } from '../../src/graph/graph.ts';
import { readSavedModel, writeSavedModel } from '../../src/graph/saved-model.ts';

const graph: Graph = {
  nodes: [
    placeholder('x', 'uint8', [-1, 224, 224, 3]),
    constant('c', { dtype: 'float32', shape: [2], content: Uint8Array.of(0, 0, 128, 63, 0, 0, 0, 64) }),
    {
      name: 'op',
      op: 'Example',
      inputs: ['x:0', 'c:0', 'x:2', '^c'],
      attrs: {
        text: { kind: 'string', value: 'EXPLICIT' },
        whole: { kind: 'int', value: -3 },
        // 0.1 as float32 reads it back.
        real: { kind: 'float', value: Math.fround(0.1) },
        no: { kind: 'bool', value: false },
        type: { kind: 'type', value: 'bfloat16' },
        unknown: { kind: 'shape', value: null },
        ints: { kind: 'ints', value: [0, 1, -1] },
        none: { kind: 'ints', value: [] },
        floats: { kind: 'floats', value: [0.5, -2] },
        strings: { kind: 'strings', value: ['a', 'б'] },
        bools: { kind: 'bools', value: [true, false] },
        types: { kind: 'types', value: ['int64', 'bool'] },
      },
    },
    identity('y', 'float32', ['op:1']),
  ],
  inputs: [{ name: 'pixels', ref: 'x:0', dtype: 'uint8', shape: [-1, 224, 224, 3] }],
  outputs: [{ name: 'scores', ref: 'y:0', dtype: 'float32', shape: [] }],
};

describe('a SavedModel', () => {
  it('reads back as the graph that was written: every kind of attribute, unknown sizes, control edges', () => {
    expect(readSavedModel(writeSavedModel(graph))).toEqual(graph);
  });

  it('keeps its ports under the name of its signature', () => {
    const files = writeSavedModel(graph, 'other');
    expect(readSavedModel(files, 'other').inputs).toEqual(graph.inputs);
    expect(readSavedModel(files).inputs).toEqual([]);
  });

  it('is refused where the file is missing', () => {
    expect(() => readSavedModel(new Map())).toThrow('saved_model.pb');
  });

  it('knows the types that a graph may hold, and no others', () => {
    expect(dtypeName(4)).toBe('uint8');
    expect(() => dtypeName(99)).toThrow(/received 99/);
  });
});
