import { describe, expect, it, jest } from '@jest/globals';
import { ChangeCalendar } from './change-calendar.service.js';
import type { TicketRow } from './tickets.types.js';

const HOUR_MS = 3_600_000;
const at = (hours: number) => new Date(Date.parse('2026-12-01T00:00:00.000Z') + hours * HOUR_MS);
const change = (id: string, from: number, to: number) =>
  ({ id, kind: 'CHANGE', state: 'APPROVED', plannedFrom: at(from), plannedTo: at(to) }) as unknown as TicketRow;

describe('conflicts of a list of changes', () => {
  it('are looked for one by one where the look over all of them did not see everything', async () => {
    const calendar = new (ChangeCalendar as unknown as new () => ChangeCalendar)();
    const planned = (id: string, conflicts: readonly string[]) => ({ id, conflicts });
    const between = jest
      .spyOn(calendar, 'between')
      .mockImplementation((async (fromAt: Date, toAt: Date) =>
        toAt.getTime() - fromAt.getTime() > 2 * HOUR_MS
          ? { isCut: true, planned: [planned('one', ['near'])] }
          : { isCut: false, planned: [planned('one', ['near', 'grave']), planned('far', ['grave'])] }) as never);
    const found = await calendar.conflictsOf([change('one', 0, 2), change('far', 100, 102)]);
    expect(found).toEqual([['near', 'grave'], ['grave']]);
    expect(between.mock.calls).toEqual([
      [at(0), at(102)],
      [at(0), at(2)],
      [at(100), at(102)],
    ]);
  });
});
