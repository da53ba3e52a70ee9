/**
 * A reader of the pickle instructions that torch.save writes for a state_dict. An allow-list: an instruction or a global that
 * is not on it is refused by its name, and no global is ever looked up or called (CPython, Lib/pickletools.py, describes each).
 */
import { AnnealError } from '../base/errors.ts';
import { opcodeNames } from './pickle-opcodes.ts';
import { PickleTuple, type GlobalName, type PickleDict, type PickleValue } from './pickle-values.ts';
import { malformed, truncated } from './weights-error.ts';

/** What a pickle's globals, calls and persistent ids mean; each throws on what it does not know. */
export interface PickleMeaning {
  global(module: string, name: string): GlobalName;
  call(callable: PickleValue | undefined, args: readonly PickleValue[]): PickleValue;
  persistent(id: PickleValue | undefined): PickleValue;
}

/** Reads one pickle. `end` is the position after its STOP. */
export function readPickle(
  path: string,
  bytes: Uint8Array,
  start: number,
  meaning: PickleMeaning,
): { value: PickleValue; end: number } {
  return new PickleMachine(path, bytes, start, meaning).run();
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

class PickleMachine {
  private readonly path: string;
  private readonly bytes: Uint8Array;
  private readonly view: DataView;
  private readonly meaning: PickleMeaning;
  private position: number;
  private readonly stack: PickleValue[] = [];
  /** Stack heights at each open MARK. */
  private readonly marks: number[] = [];
  private readonly memo = new Map<number, PickleValue>();

  constructor(path: string, bytes: Uint8Array, start: number, meaning: PickleMeaning) {
    this.path = path;
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.position = start;
    this.meaning = meaning;
  }

  run(): { value: PickleValue; end: number } {
    for (;;) {
      const at = this.position;
      const opcode = this.view.getUint8(this.take(1));
      if (opcode === 0x2e) return { value: this.pop(), end: this.position }; // STOP
      if (!this.step(opcode)) {
        const name = opcodeNames[opcode] ?? `0x${opcode.toString(16)}`;
        throw new AnnealError('weights.forbiddenOpcode', { path: this.path, opcode: name, position: at });
      }
    }
  }

  /** Runs one instruction; false where it is not on the list. */
  private step(opcode: number): boolean {
    const { view, stack } = this;
    switch (opcode) {
      case 0x80: // PROTO
        if (view.getUint8(this.take(1)) > 5) throw this.fail('its pickle protocol is newer than 5');
        return true;
      case 0x95: // FRAME: only a hint for buffering
        this.take(8);
        return true;
      case 0x4e: // NONE
        return this.push(null);
      case 0x88: // NEWTRUE
        return this.push(true);
      case 0x89: // NEWFALSE
        return this.push(false);
      case 0x4a: // BININT
        return this.push(view.getInt32(this.take(4), true));
      case 0x4b: // BININT1
        return this.push(view.getUint8(this.take(1)));
      case 0x4d: // BININT2
        return this.push(view.getUint16(this.take(2), true));
      case 0x8a: // LONG1
        return this.push(this.long(view.getUint8(this.take(1))));
      case 0x47: // BINFLOAT
        return this.push(view.getFloat64(this.take(8), false));
      case 0x58: // BINUNICODE
      case 0x54: // BINSTRING: Python 2's str
        return this.push(this.text(view.getUint32(this.take(4), true)));
      case 0x8c: // SHORT_BINUNICODE
      case 0x55: // SHORT_BINSTRING
        return this.push(this.text(view.getUint8(this.take(1))));
      case 0x42: // BINBYTES
        return this.push(this.slice(view.getUint32(this.take(4), true)));
      case 0x43: // SHORT_BINBYTES
        return this.push(this.slice(view.getUint8(this.take(1))));

      case 0x28: // MARK
        this.marks.push(stack.length);
        return true;
      case 0x30: // POP
        this.pop();
        return true;
      case 0x7d: // EMPTY_DICT
        return this.push(new Map());
      case 0x5d: // EMPTY_LIST
        return this.push([]);
      case 0x29: // EMPTY_TUPLE
        return this.push(new PickleTuple([]));
      case 0x74: // TUPLE
        return this.push(new PickleTuple(this.popMark()));
      case 0x85: // TUPLE1
      case 0x86: // TUPLE2
      case 0x87: // TUPLE3
        return this.push(new PickleTuple(this.popMany(opcode - 0x84)));
      case 0x61: // APPEND
        return this.extend(this.popMany(1));
      case 0x65: // APPENDS
        return this.extend(this.popMark());
      case 0x73: // SETITEM
        return this.setItems(this.popMany(2));
      case 0x75: // SETITEMS
        return this.setItems(this.popMark());

      case 0x71: // BINPUT
        return this.remember(view.getUint8(this.take(1)));
      case 0x72: // LONG_BINPUT
        return this.remember(view.getUint32(this.take(4), true));
      case 0x94: // MEMOIZE
        return this.remember(this.memo.size);
      case 0x68: // BINGET
        return this.recall(view.getUint8(this.take(1)));
      case 0x6a: // LONG_BINGET
        return this.recall(view.getUint32(this.take(4), true));

      case 0x63: // GLOBAL
        return this.push(this.meaning.global(this.line(), this.line()));
      case 0x93: {
        // STACK_GLOBAL
        const [module, name] = this.popMany(2);
        if (typeof module !== 'string' || typeof name !== 'string') throw this.fail('a global has no name');
        return this.push(this.meaning.global(module, name));
      }
      case 0x51: // BINPERSID
        return this.push(this.meaning.persistent(this.pop()));
      case 0x52: {
        // REDUCE
        const [callable, args] = this.popMany(2);
        if (!(args instanceof PickleTuple)) throw this.fail('a call has no tuple of arguments');
        return this.push(this.meaning.call(callable, args.items));
      }
      case 0x62: // BUILD: the attributes of an OrderedDict (its `_metadata`), of no use here
        this.pop();
        if (!(this.top() instanceof Map)) throw this.fail('attributes are set on something that is no dictionary');
        return true;
      default:
        return false;
    }
  }

  /** Moves over `length` bytes; gives where they begin. */
  private take(length: number): number {
    const at = this.position;
    if (at + length > this.bytes.byteLength) throw truncated(this.path, 'pickle', length, this.bytes.byteLength - at);
    this.position += length;
    return at;
  }

  private slice(length: number): Uint8Array {
    const at = this.take(length);
    return this.bytes.subarray(at, at + length);
  }

  private text(length: number): string {
    return this.decode(this.slice(length));
  }

  private line(): string {
    const end = this.bytes.subarray(this.position, this.position + 1024).indexOf(0x0a);
    if (end < 0) throw this.fail('the name of a global does not end');
    const text = this.text(end);
    this.take(1);
    return text;
  }

  private decode(bytes: Uint8Array): string {
    try {
      return utf8.decode(bytes);
    } catch {
      throw this.fail('a text is not UTF-8');
    }
  }

  /** Little-endian two's complement of any length. */
  private long(length: number): number | bigint {
    const bytes = this.slice(length);
    let value = 0n;
    for (let i = length - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes[i]!);
    if (length > 0) value = BigInt.asIntN(8 * length, value);
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : value;
  }

  private push(value: PickleValue): true {
    this.stack.push(value);
    return true;
  }

  private top(): PickleValue {
    if (this.stack.length <= (this.marks.at(-1) ?? 0)) throw this.fail('its stack runs empty');
    return this.stack.at(-1)!;
  }

  private pop(): PickleValue {
    const value = this.top();
    this.stack.pop();
    return value;
  }

  private popMany(count: number): PickleValue[] {
    if (this.stack.length - count < (this.marks.at(-1) ?? 0)) throw this.fail('its stack runs empty');
    return this.stack.splice(this.stack.length - count);
  }

  private popMark(): PickleValue[] {
    const mark = this.marks.pop();
    if (mark === undefined) throw this.fail('a mark is missing');
    return this.stack.splice(mark);
  }

  private extend(values: PickleValue[]): true {
    const target = this.top();
    if (!Array.isArray(target)) throw this.fail('items are appended to something that is no list');
    for (const value of values) target.push(value);
    return true;
  }

  private setItems(values: PickleValue[]): true {
    const target: PickleValue | PickleDict = this.top();
    if (!(target instanceof Map) || values.length % 2 !== 0)
      throw this.fail('entries are set on something that is no dictionary');
    for (let i = 0; i < values.length; i += 2) target.set(values[i]!, values[i + 1]!);
    return true;
  }

  private remember(key: number): true {
    this.memo.set(key, this.top());
    return true;
  }

  private recall(key: number): true {
    if (!this.memo.has(key)) throw this.fail(`memo entry ${key} is missing`);
    return this.push(this.memo.get(key)!);
  }

  private fail(problem: string): AnnealError {
    return malformed(this.path, 'pickle', `${problem} (byte ${this.position})`);
  }
}
