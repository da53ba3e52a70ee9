import { describe, expect, it } from 'vitest';
import { hashOf, parseHash, routeTo, viewNames } from '../../../renderer/state/routes.ts';

describe('addresses of the window', () => {
  it('name every view', () => {
    expect(hashOf(routeTo('start'))).toBe('#/');
    expect(hashOf(routeTo('dataset', '3', { class: '', show: 'problems' }))).toBe('#/dataset/3?show=problems');
    expect(hashOf(routeTo('ensemble', '14', { members: '1,2' }))).toBe('#/run/14/ensemble?members=1,2');
    expect(hashOf(routeTo('tryIt', '14'))).toBe('#/run/14/try');
    expect(hashOf(routeTo('runs', null, { compare: '14,12' }))).toBe('#/runs?compare=14,12');
  });

  it('come back as they went, also without an object and with odd characters', () => {
    for (const view of viewNames) {
      for (const route of [routeTo(view), routeTo(view, null, { q: 'a b&c=ö' })]) {
        expect(parseHash(hashOf(route)), hashOf(route)).toEqual(route);
      }
    }
    const odd = routeTo('run', 'a/b ?#ü');
    expect(parseHash(hashOf(odd))).toEqual(odd);
  });

  it('are refused where they name no place', () => {
    for (const hash of ['#/nowhere', '#/run/1/nowhere', '#/models/3', '#/dataset/1/2']) {
      expect(parseHash(hash), hash).toBeNull();
    }
    expect(parseHash('')).toEqual(routeTo('start'));
    expect(parseHash('#/run/%E0%A4%A')).toEqual(routeTo('run', '%E0%A4%A'));
  });
});
