import { lossOf } from '../../server/src/resilience/domain/center-loss.js';
import type { GroupFacts, Member, TierFacts } from '../../server/src/resilience/domain/dr-words.js';
import { judgeGroup, type KnownSignal } from '../../server/src/resilience/domain/judge-group.js';
import type { Row } from './table.ts';

const GROUPS = 1_000;
const TIERS = 3;
const SIGNALS = 12;
const MACHINES_OF_SIDE = 4;
const GOAL_MS = 1_000;
const ROUNDS = 11;
const NOW = new Date('2026-11-30T00:00:00Z');

/** Every group of a province judged anew, and what the loss of a center would mean for all of them. */
export async function benchDr(): Promise<Row[]> {
  const groups = Array.from({ length: GROUPS }, (_, at) => ({ facts: groupOf(at), signals: signalsOf(at) }));
  const judged = middle(() => {
    for (const { facts, signals } of groups) judgeGroup(facts, signals, NOW);
  });
  const lost = middle(() => {
    for (const { facts, signals } of groups) lossOf(facts, signals, { id: 'center-A', role: 'ACTIVE_A' }, NOW);
  });
  const goal = { atMost: GOAL_MS };
  const of = `DR: ${GROUPS} groups × ${SIGNALS} signals`;
  return [
    { what: `${of}, judged`, value: judged, unit: ' ms', goal },
    { what: `${of}, a center lost`, value: lost, unit: ' ms', goal },
  ];
}

function middle(round: () => void): number {
  const times = Array.from({ length: ROUNDS }, () => {
    const began = performance.now();
    round();
    return performance.now() - began;
  });
  return times.toSorted((a, b) => a - b)[Math.floor(ROUNDS / 2)] as number;
}

function groupOf(at: number): GroupFacts {
  const tiers = Array.from({ length: TIERS }, (_, index): TierFacts => {
    const side = (role: Member['role'], centerId: string, standby: boolean): Member[] =>
      Array.from({ length: MACHINES_OF_SIDE }, (_machine, n) => ({
        ...{ resourceId: `${at}/${index}/${centerId}/${n}`, role, centerId, standby, there: (at + n) % 9 !== 0 },
        ...{ vcpu: 8, memoryMib: 16_384 },
      }));
    return {
      ...{
        id: `tier-${at}-${index}`,
        name: 'app',
        dataKind: index === 0 ? 'STATELESS' : 'SINGLE_WRITER',
        source: 'CLUSTER',
      },
      ...{ localMode: 'DUAL_ACTIVE', remoteMode: 'APPLICATION', dataShares: 0, owed: [] },
      members: [
        ...side('ACTIVE_A', 'center-A', false),
        ...side('ACTIVE_B', 'center-B', false),
        ...side('RECOVERY', 'center-C', true),
      ],
    };
  });
  return { id: `group-${at}`, localMode: 'DUAL_ACTIVE', remoteMode: 'APPLICATION', rpoSeconds: 300, tiers };
}

function signalsOf(at: number): KnownSignal[] {
  const names = ['REPLICATION_COVERAGE', 'REPLICATION_LAG', 'WRITER_COUNT'] as const;
  return Array.from(
    { length: SIGNALS },
    (_, n): KnownSignal => ({
      subjectId: n < 9 ? `tier-${at}-${n % TIERS}` : `group-${at}`,
      name: names[n % names.length] as (typeof names)[number],
      towards: n % 2 === 0 ? 'ACTIVE_B' : 'RECOVERY',
      value: n === 2 ? 1 : 100,
      level: (at + n) % 17 === 0 ? 'CRITICAL' : 'GOOD',
      observedAt: new Date(NOW.getTime() - ((at * n) % 90) * 1_000),
      maxAgeSeconds: 60,
    }),
  );
}
