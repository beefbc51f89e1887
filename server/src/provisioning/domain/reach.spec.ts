import { expect, it } from '@jest/globals';
import { reachOf } from './reach.js';

const NOW = new Date('2026-11-24T08:00:00Z');
const ago = (seconds: number) => new Date(NOW.getTime() - seconds * 1_000);

it.each([
  ['REACHABLE', 1, 3_600],
  ['REACHABLE', 30, 3_600],
  ['STALE', 31, 3_600],
  ['STALE', 120, 3_600],
  ['UNREACHABLE', 121, 3_600],
  // The worker has just started: the silence before was its own.
  ['STALE', 600, 10],
  ['UNKNOWN', undefined, 10],
  ['UNREACHABLE', undefined, 121],
])('is %s when heard of %s s ago, listening for %s s', (reach, heard, listening) => {
  expect(reachOf(heard === undefined ? undefined : ago(heard), ago(listening), NOW)).toBe(reach);
});
