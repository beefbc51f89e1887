import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import i18next from 'i18next';
import type { ReactNode } from 'react';
import { MemoryRouter } from 'react-router';
import { withTranslations } from '../../../lib/i18n/for-tests';
import { actColumn, type Quarantined, quarantineColumns } from './quarantine-columns';

await withTranslations();
afterEach(cleanup);

const t = i18next.t;
const row: Quarantined = {
  ...{ id: 'q1', version: 1, objectKind: 'VirtualMachine', objectNamespace: 'dept-a', objectName: 'stray' },
  ...{ cause: 'NO_RECORD', claimedId: 'r-7', power: 'RUNNING', state: 'NEW', passes: 2 },
  ...{ firstSeenAt: '2026-11-29T02:00:00.000Z', haltedAt: null, haltTrouble: null },
  ...{ decidedBy: null, decidedAt: null, reason: null, endedAt: null },
  ...{ availableActions: ['KNOW', 'QUARANTINE'], center: null, events: [] },
};
const show = (cell: ReactNode) => render(<MemoryRouter>{cell}</MemoryRouter>);
const textOf = (key: string, of: Partial<Quarantined>) =>
  quarantineColumns(t)
    .find((column) => column.key === key)
    ?.text({ ...row, ...of });

describe('an object without a record', () => {
  it('says whether an order to stop it was carried out', () => {
    expect(textOf('state', {})).toBe('待核实');
    expect(textOf('state', { state: 'QUARANTINED' })).toBe('已隔离 · 等待停机');
    expect(textOf('state', { state: 'QUARANTINED', haltedAt: '2026-11-29T03:00:00.000Z' })).toBe('已隔离 · 已停机');
    expect(textOf('state', { state: 'QUARANTINED', objectKind: 'NetworkPolicy' })).toBe('已隔离 · 等待关闭');
  });

  it('names the record that it claims', () => {
    expect(textOf('cause', {})).toBe('有标记，无记录 r-7');
    expect(textOf('cause', { cause: 'UNLABELLED', claimedId: null })).toBe('无标记，无记录');
  });

  it('shows what was done before the last decision, and whether it was carried out', () => {
    const at = (minute: number) => `2026-11-29T03:0${minute}:00.000Z`;
    const decided = { decidedBy: '周工', decidedAt: at(1), reason: '来源不明' } as const;
    const ordered = { kind: 'QUARANTINE', actorName: '周工', reason: '来源不明', at: at(1) } as const;
    const cell = (events: Quarantined['events']) =>
      quarantineColumns(t)
        .find(({ key }) => key === 'decision')
        ?.render({ ...row, ...decided, events });
    show(cell([ordered]));
    expect(screen.queryByText(/处理记录/)).toBeNull();
    cleanup();
    show(cell([{ kind: 'HALTED', actorName: null, reason: null, at: at(2) }, ordered]));
    expect(screen.getByText('处理记录 2 条')).toBeDefined();
    expect(screen.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
      expect.stringContaining('已按决定停机或关闭'),
      expect.stringContaining('决定隔离 · 周工：来源不明'),
    ]);
  });

  it('offers what the viewer may decide, each named by the object, and the way into the books', () => {
    const decide = jest.fn();
    show(actColumn(t, true, decide).render(row));
    expect(screen.getByRole('link', { name: '纳管 dept-a/stray' }).getAttribute('href')).toBe('/intake?search=stray');
    fireEvent.click(screen.getByRole('button', { name: '隔离 dept-a/stray' }));
    expect(decide).toHaveBeenCalledWith(row, 'QUARANTINE');
  });

  it('offers nothing of what has ended, and no intake of what is no machine', () => {
    show(
      actColumn(t, true, jest.fn()).render({ ...row, state: 'GONE', endedAt: row.firstSeenAt, availableActions: [] }),
    );
    show(actColumn(t, true, jest.fn()).render({ ...row, objectKind: 'DataVolume', availableActions: ['KNOW'] }));
    expect(screen.queryByRole('link')).toBeNull();
    expect(screen.getAllByRole('button')).toHaveLength(1);
  });
});
