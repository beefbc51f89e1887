import type { Claim } from '../allocation/domain/claim.js';
import type { ShareName } from '../allocation/domain/dr-shares.js';
import type { ItemClaim } from '../allocation/item-record.service.js';
import type { Image, Offer } from '../catalog/domain/catalog.js';
import type { Pool } from '../facilities/domain/facility.js';
import { type Bilingual, say } from '../kernel/bilingual.js';
import { memoryWords } from '../kernel/quantity.js';
import { objectNameOf } from '../resources/domain/identity-of-machine.js';
import type { NewResource } from '../resources/resources.types.js';
import type { GrantedLine } from './fulfilment.types.js';
import type { RequestLineRow, RequestRow } from './requests.types.js';

/** What is looked up before the unit of work in which something is granted. */
export interface Surroundings {
  readonly departmentCode: string;
  readonly systemCode: string;
  /** Of machines, by the lines' positions. */
  readonly offers: readonly (Offer | null)[];
  readonly images: readonly (Image | null)[];
  /** Pools that no cluster of ours drives. */
  readonly recorded: ReadonlyMap<string, Pool>;
}

/** Of what is to be done for a line: whose it is, and by what it was asked for. */
export function askedBy(request: RequestRow, line: RequestLineRow) {
  const { id: requestId, code: requestCode, departmentId, systemId, projectId } = request;
  const { id: lineId, name: lineName, kind, offerId } = line;
  return { requestId, requestCode, departmentId, systemId, projectId, lineId, lineName, kind, offerId };
}

/** Data alone is no machine; what is owed is none yet. */
export function machinesOf(line: RequestLineRow): number {
  if (line.kind !== 'VM') return 0;
  return line.shares.reduce((sum, share) => (share.owed || share.standing === 'DATA' ? sum : sum + share.count), 0);
}

/** What tells the machines of a line's shares apart by their names. */
const NAME_OF_SHARE: { readonly [S in ShareName]: string } = { MAIN: '', MAIN_A: '-a', MAIN_B: '-b', RECOVERY: '-r' };

/** One record a claim. Claims of a share go by id, so that the numbering is the same however often this runs. */
export function toMachines(
  request: RequestRow,
  lines: readonly RequestLineRow[],
  claims: readonly Claim[],
  codes: readonly string[],
  around: Surroundings,
): NewResource[] {
  let next = 0;
  const byLine = Map.groupBy(claims, (claim) => claim.lineId);
  return lines.flatMap((line, position) => {
    if (line.kind !== 'VM') return [];
    const [offer, image] = [around.offers[position], around.images[position]];
    if (!offer || !image) throw new Error(`line ${position} of ${request.code} names an offer or image that is gone`);
    const own = (byLine.get(line.id) ?? []).toSorted((a, b) => (a.claimId < b.claimId ? -1 : 1));
    return line.shares.flatMap((share) => {
      const name = `${line.name}${NAME_OF_SHARE[share.share]}`;
      // Lines that were held before prices were kept by size are of one size.
      const even = BigInt(share.monthlyFen ?? 0) / BigInt(share.count);
      const fenOf = ({ vcpu, memoryMib }: Claim): bigint =>
        BigInt(share.prices.find((one) => one.vcpu === vcpu && one.memoryMib === memoryMib)?.eachFen ?? even);
      return own
        .filter((claim) => claim.share === share.share && claim.standing !== 'DATA')
        .map((claim, n): NewResource => {
          const code = codes[next] as string;
          next += 1;
          return {
            code,
            name: `${name}-${n + 1}`,
            objectName: objectNameOf(name, n + 1, code),
            departmentId: request.departmentId,
            departmentCode: around.departmentCode,
            systemId: request.systemId,
            systemCode: around.systemCode,
            projectId: request.projectId,
            requestId: request.id,
            requestCode: request.code,
            lineId: line.id,
            offerId: line.offerId,
            imageId: image.id,
            centerId: share.centerId,
            poolId: claim.poolId,
            claimId: claim.claimId,
            architecture: offer.architecture,
            zone: line.zone ?? '',
            // A standby machine is defined in full, whatever of its compute is kept for it.
            vcpu: offer.vcpu,
            memoryMib: offer.memoryMib,
            diskGib: claim.diskGib,
            storageTier: claim.storageTier,
            accelerators: claim.accelerators ?? null,
            imageSource: image.source,
            devicePreference: image.devicePreference ?? null,
            monthlyFen: fenOf(claim),
            temporaryUntil: request.temporaryUntil,
            standby: claim.standing === 'STANDBY',
            management: around.recorded.has(claim.poolId) ? 'RECORDED' : 'DRIVEN',
          };
        });
    });
  });
}

/** Before anything is granted: the lines of which people will have something to fulfil. */
export function byPeople(lines: readonly RequestLineRow[], { recorded }: Surroundings): RequestLineRow[] {
  return lines.filter(
    ({ kind, shares }) => kind !== 'VM' || shares.some(({ pools }) => pools.some(({ poolId }) => recorded.has(poolId))),
  );
}

/** What people fulfil: everything but machines that a cluster makes. */
export function grantedLines(
  request: RequestRow,
  lines: readonly RequestLineRow[],
  claims: readonly Claim[],
  items: readonly ItemClaim[],
  { images, recorded }: Surroundings,
): GrantedLine[] {
  const onRecord = Map.groupBy(
    claims.filter((claim) => recorded.has(claim.poolId)),
    (claim) => claim.lineId,
  );
  const things = Map.groupBy(items, (item) => item.lineId);
  return lines.flatMap((line, position): GrantedLine[] => {
    const machines = onRecord.get(line.id) ?? [];
    if (line.kind === 'VM' && machines.length === 0) return [];
    const own = things.get(line.id) ?? [];
    const byHand = new Set(machines.map((claim) => claim.share));
    const shares = line.kind === 'VM' ? line.shares.filter((share) => byHand.has(share.share)) : line.shares;
    const centers = new Set(shares.map((share) => share.centerId));
    return [
      {
        ...askedBy(request, line),
        nature: 'NEW',
        definitionId: line.definitionId,
        answers: line.answers ?? [],
        count: line.kind === 'VM' ? machines.length : line.itemCount,
        details: line.kind === 'VM' ? madeByHand(machines, recorded) : installedOn(line, images[position]),
        imageId: line.kind === 'SERVER' ? line.imageId : null,
        centerId: centers.size === 1 ? ([...centers][0] ?? null) : line.centerId,
        subjectIds:
          line.kind === 'VM'
            ? machines.map((claim) => claim.claimId)
            : own.filter((item) => item.kind !== 'SERVICE').map((item) => item.subjectId),
      },
    ];
  });
}

/** What whoever installs its servers by hand is told of it. */
function installedOn({ kind }: RequestLineRow, image: Image | null | undefined): Bilingual[] {
  return kind === 'SERVER' && image ? [say(`操作系统：${image.name}`, `Operating system: ${image.name}`)] : [];
}

/** What people make on foreign platforms, as they read it in their order. */
export function madeByHand(claims: readonly Claim[], pools: ReadonlyMap<string, Pool>): Bilingual[] {
  const sizes = Map.groupBy(claims, ({ poolId, vcpu, memoryMib, diskGib, storageTier, standing }) =>
    JSON.stringify([poolId, vcpu, memoryMib, diskGib, storageTier, standing]),
  );
  return [...sizes.values()].map((same) => {
    const { poolId, vcpu, memoryMib, diskGib, storageTier, standing } = same[0] as Claim;
    const where = platformOf(pools.get(poolId), poolId);
    const disk = `${diskGib} GiB ${storageTier}`;
    if (standing === 'DATA')
      return say(`${where}：存储 ${same.length} 份，每份 ${disk}`, `${where}: ${same.length} volumes of ${disk}`);
    const zh = `${where}：${same.length} 台，每台 ${vcpu} 核 ${memoryWords(memoryMib)}，磁盘 ${disk}`;
    const en = `${where}: ${same.length} machines of ${vcpu} vCPU, ${memoryWords(memoryMib)}, disk ${disk}`;
    return standing === 'STANDBY' ? say(`${zh}，备用（关机）`, `${en}, standing by (off)`) : say(zh, en);
  });
}

/** A pool as whoever works on it knows it. */
export function platformOf(pool: Pool | undefined, poolId: string): string {
  return pool?.platformName ? `${pool.code}（${pool.platformName}）` : (pool?.code ?? poolId);
}
