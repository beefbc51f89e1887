import { describe, expect, it } from '@jest/globals';
import { lastDayOf, untilOfLastDay } from './until';

describe('the last day of a role', () => {
  it('counts whole, and reads back as it was typed', () => {
    expect(untilOfLastDay('2026-12-31')).toBe('2026-12-31T16:00:00.000Z');
    expect(lastDayOf('2026-12-31T16:00:00.000Z')).toBe('2026-12-31');
  });
  it.each(['', '2026-1-1', 'soon'])('%p is no day', (text) => expect(untilOfLastDay(text)).toBeNull());
});
