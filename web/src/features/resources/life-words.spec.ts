import { describe, expect, it } from '@jest/globals';
import { daysUntil } from './life-words';

describe('daysUntil', () => {
  it('counts days of Shanghai, whatever the hour', () => {
    const lateEvening = Date.parse('2026-12-01T15:59:00.000Z');
    expect(daysUntil('2026-12-01', lateEvening)).toBe(0);
    expect(daysUntil('2026-12-01', lateEvening + 60_000)).toBe(-1);
    expect(daysUntil('2026-12-31', lateEvening)).toBe(30);
  });
});
