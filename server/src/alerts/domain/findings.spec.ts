import { describe, expect, it } from '@jest/globals';
import type { Reason } from '../../resilience/domain/judge-group.js';
import { REASON_CODES } from '../../resilience/domain/judge-group.js';
import { type CenterSignal, findingsOf } from './findings.js';
import { fourAnswers } from './four-answers.js';

const reason = (of: Partial<Reason>): Reason => ({
  ...{
    code: 'SIGNAL_BAD',
    grade: 'BROKEN',
    tierId: 't',
    role: null,
    signal: null,
    count: null,
    of: null,
    resourceIds: [],
  },
  ...of,
});
const lag = reason({ signal: 'REPLICATION_LAG', role: 'RECOVERY', count: 900 });
const unknown = reason({ code: 'SIGNAL_UNKNOWN', grade: 'UNKNOWN', signal: 'REPLICATION_LAG', role: 'RECOVERY' });
const group = (reasons: Reason[], carried = ['t']) => ({ id: 'g', reasons, carriedTierIds: new Set(carried) });
const center = (level: CenterSignal['level']): CenterSignal => ({
  centerId: 'c',
  name: 'CLUSTER_SILENCE',
  value: 400,
  level,
});
const of = (reasons: Reason[], signals: CenterSignal[] = [], carried?: string[]) =>
  findingsOf([group(reasons, carried)], signals);

describe('findingsOf', () => {
  it('calls for what is lost, follows one signal in one alert, and tells two directions apart', () => {
    expect(of([lag])).toMatchObject([
      { subjectKind: 'TIER', rule: 'REPLICATION_LAG/RECOVERY', severity: 'CRITICAL', callsOut: true },
    ]);
    expect(of([unknown])).toMatchObject([{ rule: 'REPLICATION_LAG/RECOVERY', severity: 'UNKNOWN', callsOut: true }]);
    expect(of([lag, reason({ signal: 'REPLICATION_LAG', role: 'ACTIVE_B' })])).toHaveLength(2);
    expect(of([lag, unknown])).toMatchObject([{ severity: 'CRITICAL' }]);
  });
  it('finds nothing in what was not read yet, or has only begun to be read: nobody is called for a start', () => {
    const awaited = reason({ code: 'SIGNAL_AWAITED', grade: 'UNKNOWN', signal: 'REPLICATION_COVERAGE', count: 0 });
    expect(of([awaited, { ...awaited, count: null, role: 'RECOVERY' }])).toEqual([]);
  });

  it('says of a center once what all its groups suffer from, and calls nobody for each of them', () => {
    const ofCenter = reason({ code: 'SIGNAL_UNKNOWN', grade: 'UNKNOWN', tierId: null, signal: 'CLUSTER_SILENCE' });
    const found = of([ofCenter, unknown], [center('UNKNOWN')]);
    expect(found).toMatchObject([
      { subjectKind: 'CENTER', subjectId: 'c', callsOut: true },
      { subjectKind: 'TIER', severity: 'UNKNOWN', callsOut: false },
    ]);
    // What is known to be lost is called for all the same.
    expect(of([lag], [center('CRITICAL')])[1]).toMatchObject({ callsOut: true });
    expect(of([], [center('GOOD')])).toEqual([]);
  });

  it('calls for what is unknown of a group that does not stand in the silent center, and for what the console asks itself', () => {
    expect(of([unknown], [center('UNKNOWN')])[1]).toMatchObject({ severity: 'UNKNOWN', callsOut: true });
    const ofCenter = reason({ code: 'SIGNAL_UNKNOWN', grade: 'UNKNOWN', tierId: null, signal: 'CLUSTER_SILENCE' });
    const page = reason({ code: 'SIGNAL_UNKNOWN', grade: 'UNKNOWN', signal: 'SERVICE_ANSWER', probe: '门户' });
    expect(of([ofCenter, page], [center('UNKNOWN')])[1]).toMatchObject({ severity: 'UNKNOWN', callsOut: true });
  });

  it('wakes nobody for what was never carried, is owed or on its way', () => {
    const never = reason({ code: 'NO_REMOTE_COPY', role: 'RECOVERY' });
    expect(of([never], [], [])).toMatchObject([{ severity: 'WARNING', callsOut: false }]);
    expect(of([never])).toMatchObject([{ severity: 'CRITICAL', callsOut: true }]);
    expect(
      of([reason({ code: 'OWED' }), reason({ code: 'MACHINES_COMING' }), reason({ code: 'NOT_GRANTED_REMOTE' })]),
    ).toEqual([]);
  });

  it('names a probe, so that two of one tier are two alerts', () => {
    const down = (probe: string) => reason({ signal: 'SERVICE_ANSWER', probe, count: 0 });
    expect(of([down('门户'), down('接口')]).map(({ rule }) => rule)).toEqual([
      'SERVICE_ANSWER//门户',
      'SERVICE_ANSWER//接口',
    ]);
  });
});

describe('fourAnswers', () => {
  const promises = { localMode: 'DUAL_ACTIVE', remoteMode: 'APPLICATION', rpoSeconds: 300, rtoSeconds: 1_800 } as const;
  const about = { name: '社保', tier: '数据库', ofCenter: false };

  it('names the promise with its figure and leads to what is filled in', () => {
    const answers = fourAnswers(lag, about, promises);
    expect(answers.promise.zh).toContain('RPO 5 分钟');
    const slow = { ...promises, rpoSeconds: 86_400 };
    expect(fourAnswers(lag, about, slow).promise).toMatchObject({
      zh: expect.stringContaining('RPO 24 小时'),
      en: expect.stringContaining('RPO 24 h'),
    });
    expect(fourAnswers(lag, about, { ...promises, rpoSeconds: 5_400 }).promise.zh).toContain('RPO 90 分钟');
    expect(answers.broken.zh).toContain('社保 / 数据库');
    expect(fourAnswers(reason({ code: 'STANDBY_MISSING', resourceIds: ['r'] }), about, promises).next).toBe(
      'FIX_REQUEST',
    );
    expect(fourAnswers(reason({ signal: 'TARGET_CAPACITY' }), about, promises)).toMatchObject({
      next: 'OPEN_CAPACITY',
    });
    const center = { name: 'A', tier: null, ofCenter: true };
    expect(fourAnswers(reason({ signal: 'CLUSTER_SILENCE' }), center, null)).toMatchObject({
      next: 'OPEN_CLUSTERS',
      promise: { zh: expect.stringContaining('该中心') },
    });
    expect(fourAnswers(lag, about, null).promise.zh).not.toContain('该中心');
  });

  it('has an answer to each question for every reason, in both languages', () => {
    for (const code of REASON_CODES)
      for (const of_ of [promises, null]) {
        const { broken, nextText, promise } = fourAnswers(
          reason({ code, count: 1, of: 2, role: 'RECOVERY' }),
          about,
          of_,
        );
        for (const text of [broken, promise, nextText])
          expect([text.zh.length > 3, text.en.length > 3]).toEqual([true, true]);
      }
  });
});
