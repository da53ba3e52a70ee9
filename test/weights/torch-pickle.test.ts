import { describe, expect, it } from 'vitest';
import { readTorchPickle } from '../../src/weights/torch-pickle.ts';
import { findStateDict } from '../../src/weights/torch-state-dict.ts';

/** Pickle instructions by their bytes; latin1 so that one character is one byte. */
const pickle = (...parts: string[]) => new Uint8Array(Buffer.from(['\x80\x02', ...parts, '.'].join(''), 'latin1'));

describe('pickles made to exhaust the reader', () => {
  it('that copy one list by many calls are refused before memory is gone', () => {
    const list = '](' + 'K\x01N\x86'.repeat(20_000) + 'e';
    const calls = 'h\x00h\x01\x85R'.repeat(20_000);
    const bytes = pickle('ccollections\nOrderedDict\nq\x00', list, 'q\x01', calls);
    expect(() => readTorchPickle('bomb', bytes)).toThrow('repeat one list without end');
  });

  it('that nest lists a million deep are read without a deep stack, also as the key of a dictionary', () => {
    const nested = ']'.repeat(1_000_000) + 'a'.repeat(999_999);
    const { value } = readTorchPickle('nest', pickle('}', nested, 'Ns'));
    expect(() => findStateDict('nest', value)).toThrow('a key that is no text');
  });

  it('that make a list contain itself hold no tensors', () => {
    const { value } = readTorchPickle('loop', pickle('}q\x00X\x05\x00\x00\x00modelh\x00s'));
    expect(() => findStateDict('loop', value)).toThrow('weights.noTensors');
  });

  it.each([
    ['ends with nothing', ''],
    ['makes a tuple of nothing', '\x85'],
    ['appends without a mark', 'e'],
    ['recalls what was never stored', 'h\x07'],
    ['takes from below a mark', 'K\x01(\x85'],
  ])('that %s are refused', (_, instructions) => {
    expect(() => readTorchPickle('bad', pickle(instructions))).toThrow('weights.malformed');
  });
});
