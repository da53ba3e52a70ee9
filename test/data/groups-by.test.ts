import { describe, expect, it } from 'vitest';
import { groupsBy } from '../../src/data/groups-by.ts';
import { tellSeries } from '../../src/data/tell-series.ts';
import { datasetSeriesOf } from '../../src/data/dataset-series.ts';
import type { GroupReason, Picture } from '../../src/protocol/dataset.ts';
import { checkConfig, resolveConfig } from '../../src/settings/resolve-config.ts';

const picture = (path: string, group: number, why?: GroupReason): Picture => ({
  ...{ path, group, label: 0, sha256: path, width: 9, height: 9, format: 'png', given: null, bytes: 1, modifiedMs: 1 },
  ...(why ? { why } : {}),
});

describe('groups by a pattern of the path', () => {
  it('joins what the first brackets find, leaves the rest alone, and keeps copies together', () => {
    const pictures = [
      picture('a/patient_07_left.png', 0),
      picture('b/patient_07_right.png', 1),
      picture('a/patient_08.png', 2, 'name'),
      picture('a/other.png', 2, 'name'),
      picture('a/copy1.png', 3, 'copy'),
      picture('b/copy2.png', 3, 'copy'),
    ];
    expect([...groupsBy(pictures, 'patient_(\\d+)')]).toEqual([0, 0, 1, 2, 3, 3]);
    expect([...groupsBy(pictures, 'patient_\\d')]).toEqual([0, 0, 0, 1, 2, 2]);
    expect([...groupsBy(pictures, '')]).toEqual([0, 1, 2, 2, 3, 3]);
  });

  it('takes time that is linear in the path, whatever the pattern', () => {
    const started = performance.now();
    groupsBy([picture(`${'a'.repeat(5000)}!`, 0)], '^(a+)+$');
    expect(performance.now() - started).toBeLessThan(2000);
  });

  it('refuses at its field what is no pattern', () => {
    expect(resolveConfig({ set: ['data.groupBy=patient_(\\d+)'] }).data.groupBy).toBe('patient_(\\d+)');
    expect(() => resolveConfig({ set: ['data.groupBy=patient_(\\d+'] })).toThrow('config.badValue');
    const { problems } = checkConfig('quick', { data: { groupBy: '(' } });
    expect(problems.map(({ key }) => key)).toEqual(['data.groupBy']);
    expect(() => resolveConfig({ set: [`data.groupBy=${'a'.repeat(501)}`] })).toThrow('config.badValue');
  });
});

describe('what is told of series', () => {
  it('counts pictures by reason, and says what a few large groups are worth', () => {
    const alone = [0, 1, 2].map((group) => picture(`${group}`, group));
    expect(tellSeries(alone)).toEqual([]);
    const scenes = Array.from({ length: 40 }, (_, i) => picture(`s${i}`, 10 + (i % 4), i < 20 ? 'copy' : 'name'));
    const [series, few] = tellSeries([...scenes, ...alone]);
    expect(series!.params).toEqual({ pictures: 40, series: 4, copy: 20, name: 20, time: 0, given: 0 });
    // 43² / (4 · 10² + 3 · 1²)
    expect(few).toEqual({ code: 'data.fewSeries', params: { pictures: 43, independent: 5 } });
  });

  it('counts what a pattern names as given, in place of what the scan guessed', () => {
    const pictures = [
      picture('p1_a', 0, 'name'),
      picture('p2_a', 0, 'name'),
      picture('p1_b', 1),
      picture('x', 2, 'copy'),
      picture('y', 2, 'copy'),
    ];
    const [series] = tellSeries(pictures, '^(p\\d)');
    expect(series!.params).toEqual({ pictures: 4, series: 2, copy: 2, name: 0, time: 0, given: 2 });
  });

  it('lists series with their pairs, the largest first', () => {
    const pictures = [picture('a', 0, 'time'), picture('b', 0, 'time'), picture('c', 1)];
    const pair = { a: 'a', b: 'b', why: 'time' as const, similarity: 0.9 };
    const why = { copy: 0, name: 0, time: 2, given: 0 };
    expect(datasetSeriesOf({ pictures, pairs: [pair] })).toEqual([{ group: 0, pictures: 2, why, pairs: [pair] }]);
  });
});
