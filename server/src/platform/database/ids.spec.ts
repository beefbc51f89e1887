import { describe, expect, it } from '@jest/globals';
import { newId } from './ids.js';

const VERSION_7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe('an id', () => {
  it('is a uuid of version 7 that begins with its time', () => {
    const id = newId(0x0199_0000_abcd);
    expect(id).toMatch(VERSION_7);
    expect(id.replaceAll('-', '').slice(0, 12)).toBe('01990000abcd');
  });

  it('sorts behind every id made before it in its millisecond, also when other times came between', () => {
    const made: string[] = [];
    for (let turn = 0; turn < 5_000; turn += 1) {
      made.push(newId(1_000));
      newId(2_000);
    }
    expect(made).toEqual(made.toSorted());
    expect(new Set(made).size).toBe(made.length);
    expect(made.every((id) => VERSION_7.test(id))).toBe(true);
  });
});
