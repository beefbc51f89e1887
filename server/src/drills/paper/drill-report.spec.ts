import { describe, expect, it } from '@jest/globals';
import type { DrillReport } from '../drills.types.js';
import { conclusionOf, dataNote, levelNote } from './drill-report.js';

const DATA_AT = '2026-11-30T01:00:00.000Z';
const T5 = { mark: 'T5', at: '2026-11-30T01:20:00.000Z', by: null } as const;

describe('what the paper says the loss rests on', () => {
  const noteOf = (report: Pick<DrillReport, 'dataPoint' | 'kind' | 'marks'>, rpoSeconds: number | null) =>
    dataNote({ ...report, measured: { rpoSeconds } } as DrillReport);

  it('is the moment of the data, where data was brought back', () => {
    expect(noteOf({ kind: 'SIMULATED', dataPoint: DATA_AT, marks: [T5] }, 60)).toContain('2026-11-30 09:00:00');
    expect(noteOf({ kind: 'SIMULATED', dataPoint: null, marks: [T5] }, null)).toContain('没有依据');
    expect(noteOf({ kind: 'SIMULATED', dataPoint: null, marks: [T5] }, 0)).toContain('没有要恢复的数据');
  });

  it('is nothing where none was', () => {
    expect(noteOf({ kind: 'SIMULATED', dataPoint: DATA_AT, marks: [] }, null)).toContain('未测得');
    expect(noteOf({ kind: 'TABLETOP', dataPoint: null, marks: [] }, null)).toBeNull();
  });
});

describe('what the paper says of an element of the level', () => {
  it('names what holds the whole down, and of no whole that anything does', () => {
    expect(levelNote(3, 3, 5)).toBe('决定综合等级，低于目标 5 级');
    expect(levelNote(3, null, 5)).toBe('低于目标 5 级');
    expect(levelNote(5, 3, 5)).toBe('');
    expect(levelNote(null, null, 5)).toBe('尚未评定，不能定级');
  });
});

describe('what the paper concludes', () => {
  const of = (report: object) =>
    conclusionOf({ abortReason: null, deviations: [], ...report } as unknown as DrillReport);
  it('says beside what passed that something is to be put right', () => {
    expect(of({ outcome: 'PASSED' })).toBe('达标');
    expect(of({ outcome: 'PASSED', deviations: [{}, {}] })).toBe('达标，另有 2 项偏差待整改（见第七部分）');
    expect(of({ outcome: 'ABORTED', abortReason: '机房断电', deviations: [{}] })).toBe('已中止：机房断电');
  });
});
