import { describe, expect, it } from '@jest/globals';
import { addressAt, stepOf } from './map-steps';

describe('a step on the map', () => {
  it.each([
    ['ArrowRight', 0, 1],
    ['ArrowLeft', 0, 0],
    ['ArrowDown', 3, 35],
    ['ArrowUp', 3, 3],
    ['ArrowDown', 250, 250],
    ['Home', 40, 32],
    ['End', 40, 63],
    ['PageUp', 200, 8],
    ['PageDown', 3, 227],
  ])('%s from %d leads to %d', (key, at, to) => expect(stepOf(key, at, 256, 32)).toBe(to));

  it('stays within a block that fills no line', () => {
    expect(stepOf('End', 1, 4, 32)).toBe(3);
    expect(stepOf('PageDown', 1, 4, 32)).toBe(1);
    expect(stepOf('ArrowRight', 3, 4, 32)).toBe(3);
  });

  it('leaves other keys alone', () => expect(stepOf('Tab', 0, 256, 32)).toBeNull());
});

describe('the address of a cell', () => {
  it('counts on from the first', () => {
    expect(addressAt('10.20.0.0', 255)).toBe('10.20.0.255');
    expect(addressAt('10.20.0.16', 3)).toBe('10.20.0.19');
  });
});
