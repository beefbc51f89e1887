import type { Claim } from '../allocation/domain/claim.js';
import { isNothing } from '../allocation/domain/resize.js';
import type { Pool } from '../facilities/domain/facility.js';
import { type Bilingual, say } from '../kernel/bilingual.js';
import type { ResourceRow } from '../resources/resources.types.js';
import type { GrantedLine } from './fulfilment.types.js';
import { askedBy, madeByHand, platformOf } from './granted-things.js';
import type { QuotedLine } from './quotation.service.js';
import type { NewChange } from './request-changes.types.js';
import type { RequestLineRow, RequestRow } from './requests.types.js';

/** What a line of a change leaves to people: claims of pools that no cluster of ours drives. */
export interface ByHand {
  /** Machines that get another size. */
  readonly resized: readonly { readonly row: NewChange; readonly claim: Claim }[];
  /** Data in the recovery center whose disk grows. */
  readonly grown: readonly { readonly claim: Claim; readonly toDiskGib: number }[];
  readonly made: readonly Claim[];
  /** Data that nobody needs any more: it is given back when it is gone. */
  readonly leaving: readonly Claim[];
}

type Recorded = ReadonlyMap<string, Pool>;

/** Of a change of DR modes alone: the machine stays as it is. */
export function isAsItWas(row: NewChange): boolean {
  return row.fromVcpu === row.toVcpu && row.fromMemoryMib === row.toMemoryMib && row.fromDiskGib === row.toDiskGib;
}

/** @param leaving claims of the data that leaves, wherever it stands. */
export function byHandOf(
  change: NonNullable<QuotedLine['change']>,
  made: readonly Claim[],
  leaving: readonly Claim[],
  recorded: Recorded,
): ByHand {
  const rows = new Map(change.rows.map((row) => [row.claimId, row]));
  const there = change.resized.filter(({ poolId }) => recorded.has(poolId));
  return {
    resized: there.flatMap(({ claim }) => {
      const row = rows.get(claim.claimId);
      return row && row.what === 'RESIZE' && !isAsItWas(row) ? [{ row, claim }] : [];
    }),
    grown: there.flatMap(({ claim, grows, standing }) =>
      standing === 'DATA' && !isNothing(grows) ? [{ claim, toDiskGib: claim.diskGib + grows.diskGib }] : [],
    ),
    made: made.filter(({ poolId }) => recorded.has(poolId)),
    leaving: leaving.filter(({ poolId }) => recorded.has(poolId)),
  };
}

export function isAnyByHand({ resized, grown, made, leaving }: ByHand): boolean {
  return resized.length + grown.length + made.length + leaving.length > 0;
}

/** The line as whoever carries it out is told of it; null = no people are needed. */
export function changeToDo(
  request: RequestRow,
  line: RequestLineRow,
  byHand: ByHand,
  machines: ReadonlyMap<string, Pick<ResourceRow, 'name' | 'code'>>,
  recorded: Recorded,
): GrantedLine | null {
  if (!isAnyByHand(byHand)) return null;
  const { resized, grown, made, leaving } = byHand;
  const claims = [...resized.map(({ claim }) => claim), ...grown.map(({ claim }) => claim), ...made, ...leaving];
  const centers = new Set(claims.map(({ poolId }) => recorded.get(poolId)?.centerId ?? null));
  return {
    ...askedBy(request, line),
    nature: 'CHANGE',
    definitionId: null,
    answers: [],
    count: claims.length,
    centerId: centers.size === 1 ? ([...centers][0] ?? null) : null,
    details: [
      ...resizes(resized, machines, recorded),
      ...growths(grown, recorded),
      ...madeByHand(made, recorded),
      ...removals(leaving, recorded),
    ],
    subjectIds: claims.map(({ claimId }) => claimId),
  };
}

/** An order's text has its limit: of many machines the first are named, and the request lists them all. */
const NAMED_MAX = 8;

function resizes(
  resized: ByHand['resized'],
  machines: ReadonlyMap<string, Pick<ResourceRow, 'name' | 'code'>>,
  recorded: Recorded,
): Bilingual[] {
  const same = Map.groupBy(resized, ({ row, claim }) =>
    JSON.stringify([
      claim.poolId,
      ...[row.fromVcpu, row.fromMemoryMib, row.fromDiskGib],
      ...[row.toVcpu, row.toMemoryMib, row.toDiskGib],
    ]),
  );
  return [...same.values()].map((own) => {
    const { row, claim } = own[0] as (typeof own)[number];
    const where = platformOf(recorded.get(claim.poolId), claim.poolId);
    const named = own.slice(0, NAMED_MAX).flatMap(({ row: { resourceId } }) => {
      const machine = machines.get(resourceId);
      return machine ? [`${machine.name}（${machine.code}）`] : [];
    });
    const more = own.length > named.length ? own.length : null;
    const zh = `${named.join('、')}${more === null ? '' : ` 等 ${more} 台`}`;
    const en = `${named.join(', ')}${more === null ? '' : ` and others, ${more} in all`}`;
    return say(
      `${where}：${zh}：${row.fromVcpu} 核 ${row.fromMemoryMib} MiB 磁盘 ${row.fromDiskGib} GiB → ${row.toVcpu} 核 ${row.toMemoryMib} MiB 磁盘 ${row.toDiskGib} GiB`,
      `${where}: ${en}: ${row.fromVcpu} vCPU ${row.fromMemoryMib} MiB disk ${row.fromDiskGib} GiB → ${row.toVcpu} vCPU ${row.toMemoryMib} MiB disk ${row.toDiskGib} GiB`,
    );
  });
}

function growths(grown: ByHand['grown'], recorded: Recorded): Bilingual[] {
  const same = Map.groupBy(grown, ({ claim, toDiskGib }) => JSON.stringify([claim.poolId, claim.diskGib, toDiskGib]));
  return [...same.values()].map((own) => {
    const { claim, toDiskGib } = own[0] as (typeof own)[number];
    const where = platformOf(recorded.get(claim.poolId), claim.poolId);
    return say(
      `${where}：存储 ${own.length} 份，每份 ${claim.diskGib} → ${toDiskGib} GiB`,
      `${where}: ${own.length} volumes of ${claim.diskGib} → ${toDiskGib} GiB`,
    );
  });
}

function removals(leaving: readonly Claim[], recorded: Recorded): Bilingual[] {
  return [...Map.groupBy(leaving, ({ poolId }) => poolId)].map(([poolId, own]) => {
    const where = platformOf(recorded.get(poolId), poolId);
    return say(
      `${where}：删除存储 ${own.length} 份，清除其数据`,
      `${where}: remove ${own.length} volumes and wipe their data`,
    );
  });
}

/** Services of a change: people do what the new answers say. */
export function servicesToDo(
  request: RequestRow,
  lines: readonly RequestLineRow[],
  quoted: readonly QuotedLine[],
): GrantedLine[] {
  return quoted.flatMap(({ serviceChange, thing }, at): GrantedLine[] => {
    const line = lines[at];
    if (!line || !serviceChange || thing.kind !== 'SERVICE') return [];
    const { fromCount, fromAnswers } = serviceChange;
    const unit = thing.definition.unit;
    return [
      {
        ...askedBy(request, line),
        nature: 'CHANGE',
        definitionId: line.definitionId,
        answers: line.answers ?? [],
        count: line.itemCount,
        centerId: line.centerId,
        details: [
          ...(fromCount === line.itemCount
            ? []
            : [
                say(
                  `数量：${fromCount} → ${line.itemCount} ${unit.zh}`,
                  `Quantity: ${fromCount} → ${line.itemCount} ${unit.en}`,
                ),
              ]),
          ...(line.answers ?? []).flatMap(({ key, value }) => {
            const before = fromAnswers.find((one) => one.key === key)?.value ?? '';
            return before === value
              ? []
              : [say(`${key}：${before || '—'} → ${value}`, `${key}: ${before || '—'} → ${value}`)];
          }),
        ],
        subjectIds: [],
      },
    ];
  });
}
