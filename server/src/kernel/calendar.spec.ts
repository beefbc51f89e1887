import { describe, expect, it } from '@jest/globals';
import { accountingYear, calendarDate } from './calendar.js';

describe('calendarDate', () => {
  it('changes at midnight in Shanghai, whatever zone the machine is in', () => {
    expect(calendarDate(new Date('2026-03-01T15:59:59.999Z'))).toBe('2026-03-01');
    expect(calendarDate(new Date('2026-03-01T16:00:00.000Z'))).toBe('2026-03-02');
    expect(calendarDate(new Date('2026-12-31T16:00:00.000Z'))).toBe('2027-01-01');
  });
});

describe('accountingYear', () => {
  it('begins at midnight in Shanghai', () => {
    expect(accountingYear(new Date('2026-12-31T15:59:59.999Z'))).toBe(2026);
    expect(accountingYear(new Date('2026-12-31T16:00:00.000Z'))).toBe(2027);
  });
});
