import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays } from '../../kernel/calendar.js';
import { FIRST_PERFORMANCE_RULE } from '../../platform/database/migrations/202611300040-performance.js';
import type { PerformanceRule } from './rule.js';
import {
  addMonths,
  handInObjections,
  packRows,
  REMINDER_DAYS,
  selfEvaluationDue,
  stageDue,
  windowOf,
} from './self-evaluation.js';
import { findingsOf, type SystemInNotice, type UsageContent, usageNoticeMade } from './usage-notice.js';

const RULE = FIRST_PERFORMANCE_RULE as PerformanceRule;
const days = fc.integer({ min: 0, max: 20_000 }).map((n) => addDays('2000-01-01', n));

describe('the window of a self-evaluation', () => {
  it('is 12 to 24 months after going live, whatever the day', () => {
    expect(windowOf('2025-11-30', RULE)).toEqual({ from: '2026-11-30', to: '2027-11-30' });
    expect(addMonths('2024-02-29', 12)).toBe('2025-02-28');
    expect(addMonths('2026-01-31', 1)).toBe('2026-02-28');
    expect(addMonths('2026-03-31', -1)).toBe('2026-02-28');
    expect([addMonths('2026-12-15', 1), addMonths('2026-01-15', -1)]).toEqual(['2027-01-15', '2025-12-15']);
  });

  it('never ends before it begins, and months added keep the order of days', () => {
    fc.assert(
      fc.property(days, days, fc.integer({ min: -36, max: 36 }), (a, b, months) => {
        const { from, to } = windowOf(a, RULE);
        expect(a < from && from < to).toBe(true);
        const [first, second] = [a, b].toSorted() as [string, string];
        expect(addMonths(first, months) <= addMonths(second, months)).toBe(true);
      }),
    );
  });

  it('is told at its beginning, as it comes to its end, and once it is over', () => {
    const window = { from: '2026-11-30', to: '2027-11-30' };
    const at = (day: string) => stageDue(window, day);
    expect([at('2026-11-29'), at('2026-11-30'), at('2027-06-02'), at('2027-06-03')]).toEqual([0, 1, 1, 2]);
    expect([at('2027-10-31'), at('2027-11-23'), at('2027-11-29'), at('2027-11-30')]).toEqual([4, 5, 5, 6]);
    const task = { id: 't', systemName: '系统', departmentId: 'd', dueTo: window.to };
    expect(selfEvaluationDue(task, 1)).toMatchObject({ kind: 'WORK_WAITING', onceKey: 'self-evaluation t 1' });
    const over = selfEvaluationDue(task, REMINDER_DAYS.length + 1);
    expect(over.text.zh).toContain('已逾期（2027-11-29 截止）');
    expect(over.audience.roles).toContainEqual({ role: 'CLOUD_AUTHORITY', departmentId: null });
  });

  it('takes what is handed in once, in time, and with a word', () => {
    const task = { state: 'OPEN', version: 1, dueFrom: '2026-11-30' };
    const wish = { expectedVersion: 1, statement: '系统上线一年来运行稳定，达到预期绩效目标，利用率仍有提升空间。' };
    const codes = (...args: Parameters<typeof handInObjections>) => handInObjections(...args).map(({ code }) => code);
    expect(codes(task, wish, '2026-11-30')).toEqual([]);
    expect(codes(task, wish, '2026-11-29')).toEqual(['NOT_PERMITTED']);
    // Too late is told, and taken all the same.
    expect(codes(task, wish, '2030-01-01')).toEqual([]);
    expect(codes(task, { ...wish, statement: '好' }, '2026-11-30')).toEqual(['INVALID_INPUT']);
    expect(codes(task, { ...wish, expectedVersion: 2 }, '2026-11-30')).toEqual(['VERSION_CONFLICT']);
    expect(codes({ ...task, state: 'HANDED_IN' }, wish, '2026-11-30')).toEqual(['ILLEGAL_TRANSITION']);
  });

  it('says of each indicator what was aimed at, what is, and what is short', () => {
    const evidence = (indicator: 'UTILISATION' | 'COST', value: number | null, applies = true) => ({
      ...{ indicator, applies, value, figures: [], source: { zh: '', en: '' } },
    });
    const row = (...args: Parameters<typeof evidence>) => {
      const [only] = packRows(RULE, [evidence(...args)]);
      return [only?.target.zh, only?.actual.zh, only?.gap.zh];
    };
    expect(row('UTILISATION', 2_500)).toEqual(['≥ 40%', '25%', '差 15%']);
    expect(row('UTILISATION', 4_000)).toEqual(['≥ 40%', '40%', '达到']);
    expect(row('COST', 11_000)).toEqual(['≤ 100%', '110%', '差 10%']);
    expect(row('COST', null)).toEqual(['≤ 100%', '无佐证', '无佐证']);
    expect(row('COST', 1, false)).toEqual(['不适用', '不适用', '不适用']);
  });
});

describe('a notice of use', () => {
  const one = (more: Partial<SystemInNotice>): SystemInNotice => ({
    ...{ code: 'XT-1', name: '系统', machines: 2, vcpu: 4, memoryMib: 8_192, cpuMean: 3_000, memoryMean: 4_000 },
    ...{ cost: '100', grade: null, ...more },
  });
  const content = (systems: readonly SystemInNotice[], openCases = 0): UsageContent => ({
    ...{ month: '2026-10', departmentName: '单位', systems, machines: 2, vcpu: 4, memoryMib: 8_192, cpuMean: 3_000 },
    ...{ memoryMean: 4_000, provinceCpuMean: 3_500, provinceMemoryMean: 4_500, cost: '100', costBefore: '90' },
    ...{ openCases, grade: null, gradeCode: null },
  });

  it('names what wants something done, the most urgent first, and nothing else', () => {
    expect(findingsOf(content([one({})]))).toEqual([]);
    expect(usageNoticeMade('n', 'd', content([one({})])).kind).toBe('WORK_MOVED');
    const low = one({ name: '甲', cpuMean: 999, memoryMean: 999 });
    const busyMemory = one({ name: '乙', cpuMean: 100, memoryMean: 1_000 });
    const poor = one({ name: '丙', grade: 'POOR' });
    const unseen = one({ name: '丁', cpuMean: null, memoryMean: null });
    const found = findingsOf(content([low, busyMemory, poor, unseen], 3));
    expect(found.map(({ zh }) => zh)).toEqual([
      '1 个系统绩效等次为“差”，不予扩容：丙',
      '3 件闲置回收待答复',
      '1 个系统 CPU 和内存平均利用率均低于 10%：甲',
      '1 个系统本月没有利用率数据：丁',
    ]);
    expect(found.map(({ en }) => en)).toEqual([
      '1 system is graded poor and may not grow: 丙',
      '3 reclaim cases wait for the department’s answer',
      '1 system used less than 10% of CPU and of memory: 甲',
      'No use was recorded of 1 system: 丁',
    ]);
    const many = findingsOf(content([low, low, poor, poor, unseen, unseen], 1)).map(({ en }) => en.split(':')[0]);
    expect(many).toEqual([
      '2 systems are graded poor and may not grow',
      '1 reclaim case waits for the department’s answer',
      '2 systems used less than 10% of CPU and of memory',
      'No use was recorded of 2 systems',
    ]);
    const notice = usageNoticeMade('n', 'd', content([low]));
    expect(notice.text.en).toBe('The notice of use of 2026-10 is there, 1 thing to do');
    expect(notice).toMatchObject({ kind: 'WORK_WAITING', onceKey: 'usage-notice d 2026-10' });
  });
});
