import { sizesOf } from '../../allocation/domain/dr-shares.js';
import { demandOf, type OwedThing } from '../../drdebts/domain/owed-share.js';
import type { DebtRow } from '../../drdebts/drdebts.types.js';
import type { PastDebts } from '../../drdebts/past-debts.service.js';
import { calendarDate } from '../../kernel/calendar.js';
import type { RequestLineRow, RequestRow } from '../../requests/requests.types.js';
import type { History } from './history.js';
import type { PastFacts } from './past-facts.js';

/** So many are on the first page, and none of them hides the others. */
export const DEBTS_MAX = 14;
/** Of so many, one was waived in the meantime. */
const ONE_IN = 5;
const WAIVED = '该系统将于年内下线，不再建设异地灾备';

type Past = Parameters<PastDebts['takeOver']>[1];

/** What was owed from the time when the recovery center was being built: the oldest lines of systems with a remote mode that still run. */
export function withDebts(
  piece: History,
  facts: PastFacts,
  idAt: (time: number) => string,
): { piece: History; past: Past } {
  const recovery = facts.place.centers.find((center) => center.role === 'RECOVERY');
  const modeOf = new Map(facts.askers.map(({ system }) => [system.id, system.remoteMode]));
  const live = Map.groupBy(
    piece.resources.filter((resource) => resource.state === 'IN_USE'),
    (resource) => resource.lineId,
  );
  const requests = new Map(piece.requests.map((request) => [request.id, request]));
  const debts: DebtRow[] = [];
  const lines = piece.lines.map((line): RequestLineRow => {
    const request = requests.get(line.requestId);
    const remoteMode = (request && modeOf.get(request.systemId)) ?? 'NONE';
    // Of what runs twice one side is carried, and of a pair of lines one owes for both.
    const sides = Map.groupBy(live.get(line.id) ?? [], ({ centerId }) => centerId);
    const machines = Math.max(0, ...[...sides.values()].map(({ length }) => length));
    if (!request || remoteMode === 'NONE' || machines === 0 || line.name.endsWith('-b') || debts.length === DEBTS_MAX)
      return line;
    const thing = thingOf(line, facts);
    if (!thing) return line;
    const debt = debtOf(request, line, thing, {
      ...{ id: idAt(request.createdAt.getTime()), machines, facts },
      standing: remoteMode === 'DATA' ? 'DATA' : 'STANDBY',
      centerId: recovery?.centerId ?? null,
      waived: debts.length % ONE_IN === ONE_IN - 1,
    });
    debts.push(debt);
    const { standing, centerId } = debt;
    const owed = { share: 'RECOVERY', standing, centerId, owed: true, count: machines } as const;
    return { ...line, remoteMode, shares: [...line.shares, { ...owed, pools: [], monthlyFen: null, prices: [] }] };
  });
  const [first] = debts;
  const policies = first
    ? [
        {
          number: 2,
          rules: [
            { departmentIds: [], protectionLevels: [2, 3], modes: ['DATA', 'APPLICATION'] as const, accepted: true },
          ],
          reason: '异地灾备中心建设期间，二级以上系统的异地灾备先行受理',
          changedAt: first.since,
          changedBy: '大数据中心',
        },
      ]
    : [];
  return { piece: { ...piece, lines }, past: { debts, policies } };
}

function thingOf(line: RequestLineRow, facts: PastFacts): Extract<OwedThing, { kind: 'VM' }> | null {
  const offer = facts.offers.find(({ id }) => id === line.offerId);
  if (!offer || line.diskGib === null || line.storageTier === null) return null;
  const { vcpu, memoryMib, standbyRatioPercent } = offer;
  return { kind: 'VM', vcpu, memoryMib, diskGib: line.diskGib, storageTier: line.storageTier, standbyRatioPercent };
}

interface Of {
  readonly id: string;
  readonly machines: number;
  readonly standing: 'DATA' | 'STANDBY';
  readonly centerId: string | null;
  readonly waived: boolean;
  readonly facts: PastFacts;
}

function debtOf(
  request: RequestRow,
  line: RequestLineRow,
  thing: Extract<OwedThing, { kind: 'VM' }>,
  { id, machines, standing, centerId, waived, facts }: Of,
): DebtRow {
  const since = request.submittedAt ?? request.createdAt;
  const architecture = facts.offers.find((offer) => offer.id === line.offerId)?.architecture ?? 'AMD64';
  // Machines of the past have no accelerators.
  const { accelerators: _, standbyRatioPercent, ...full } = thing;
  const fen = sizesOf({ standing, count: machines }, full, standbyRatioPercent).map(({ count, size }) => {
    const disk = { tier: size.storageTier, gib: size.diskGib };
    const { vcpu, memoryMib } = size;
    const each = facts.monthlyFen(
      { architecture, vcpu, memoryMib, disk },
      centerId ?? '',
      calendarDate(request.stateSince),
    );
    return each === null ? null : each * BigInt(count);
  });
  const monthlyFen = fen.reduce((sum, one) => (sum === null || one === null ? null : sum + one), 0n);
  const { departmentId, systemId, id: requestId, code: requestCode } = request;
  return {
    ...demandOf(thing, standing, machines),
    ...{ id, requestId, requestCode, departmentId, systemId, thing, monthlyFen, since, standing, centerId },
    lineId: line.id,
    lineName: line.name,
    kind: 'VM',
    share: 'RECOVERY',
    role: 'RECOVERY',
    itemCount: machines,
    state: waived ? 'WAIVED' : 'OPEN',
    firmAt: since,
    settledAt: null,
    closedAt: waived ? request.stateSince : null,
    closedBy: waived ? '大数据中心' : null,
    reason: waived ? WAIVED : null,
    version: waived ? 3 : 2,
  };
}
