import { expect, it } from '@jest/globals';
import { LeaseGuard, LeaseLost } from './lease-guard.js';

it('is held from the moment of asking until shortly before the lease ends', () => {
  let now = 1_000;
  const guard = new LeaseGuard({ name: 'center-a', holder: 'me', epoch: 7n }, () => now);
  expect(() => guard.assertHeld()).toThrow(LeaseLost);
  guard.renewed(1_000, 15_000);
  now = 13_999;
  expect(() => guard.assertHeld()).not.toThrow();
  now = 14_000;
  expect(() => guard.assertHeld()).toThrow(LeaseLost);
  guard.renewed(14_000, 15_000);
  expect(guard.isHeld).toBe(true);
  guard.end();
  expect(guard.isHeld).toBe(false);
});
