import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { describeError } from '../../src/messages/describe.ts';
import { toFailure } from '../../src/base/failure.ts';
import { decode, encode, entriesOf, fieldsOf, storedKind, upgrade } from '../../src/stored/kind.ts';
import { storedNames } from '../../src/stored/names.ts';

/** Version 1 knew only a rate; version 2 gave it a name; version 3 counts it in thousandths. */
const growing = storedKind('checkpoint', v.object({ rate: v.object({ thousandths: v.number() }), note: v.string() }), [
  (raw) => ({ ...fieldsOf(raw), note: 'from before notes' }),
  (raw) => {
    const { rate, ...rest } = fieldsOf(raw);
    return { ...rest, rate: { thousandths: Number(rate) * 1000 } };
  },
]);

const list = storedKind('members', v.array(v.object({ name: v.string() })), [
  (raw) => entriesOf(raw).map((name) => ({ name })),
]);

describe('a stored record', () => {
  it('of any older version comes to the same as one written now', () => {
    const now = { rate: { thousandths: 250 }, note: 'from before notes' };
    expect(upgrade(growing, { rate: 0.25 }, 'a')).toEqual(now);
    expect(upgrade(growing, { formatVersion: 1, rate: 0.25 }, 'a')).toEqual(now);
    expect(upgrade(growing, { formatVersion: 2, rate: 0.25, note: now.note }, 'a')).toEqual(now);
    expect(decode(growing, encode(growing, now), 'a')).toEqual(now);
    expect(JSON.parse(encode(growing, now))).toMatchObject({ formatVersion: 3 });
  });

  it('that is a list says its version beside the list', () => {
    expect(decode(list, '["a","b"]', 'x')).toEqual([{ name: 'a' }, { name: 'b' }]);
    expect(JSON.parse(encode(list, [{ name: 'a' }]))).toEqual({ formatVersion: 2, list: [{ name: 'a' }] });
    expect(decode(list, encode(list, [{ name: 'a' }]), 'x')).toEqual([{ name: 'a' }]);
  });

  it('of a newer version is refused in one sentence that says what, which and what is read', () => {
    const failure = failureOf(() => upgrade(growing, { formatVersion: 4, other: 1 }, 'final.safetensors'));
    expect(failure).toMatchObject({ code: 'stored.newer', params: { received: 4, expected: 3 } });
    expect(describeError(failure).message).toBe(
      'This checkpoint was written by a newer Anneal (format 4, this one reads up to 3): final.safetensors.',
    );
    expect(failureOf(() => decode(list, '{"formatVersion":9,"list":[]}', 'x')).code).toBe('stored.newer');
  });

  it('that makes no sense is damaged, whichever step meets it', () => {
    for (const text of ['', '{', '3', 'null', '{"formatVersion":1.5}', '{"formatVersion":"2"}', '{"formatVersion":0}'])
      expect(failureOf(() => decode(growing, text, 'x')).code, text).toBe('stored.damaged');
    expect(failureOf(() => decode(list, '{"name":"a"}', 'x')).code).toBe('stored.damaged');
    expect(failureOf(() => decode(growing, '{"formatVersion":3,"rate":{},"note":""}', 'x')).params['at']).toBe(
      'rate.thousandths',
    );
  });

  it('of every kind has words in both languages', () => {
    for (const kind of storedNames)
      for (const language of ['en', 'ru'] as const) {
        const params = { kind, where: 'x', received: 2, expected: 1 };
        const { message } = describeError({ code: 'stored.newer', params }, language);
        expect(message, `${kind} ${language}`).not.toContain('undefined');
      }
  });
});

function failureOf(work: () => unknown): ReturnType<typeof toFailure> {
  try {
    work();
  } catch (error) {
    return toFailure(error);
  }
  throw new Error('it was taken');
}
