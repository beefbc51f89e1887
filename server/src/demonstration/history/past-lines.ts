import type { LineDemand } from '../../allocation/domain/placement-facts.js';
import type { Image, Offer } from '../../catalog/domain/catalog.js';
import { calendarDate } from '../../kernel/calendar.js';
import type { RequestLineRow } from '../../requests/requests.types.js';
import type { Seeded } from '../seeded.js';
import type { PastAsker, PastFacts } from './past-facts.js';

/** A line with what placement and the machines made of it need. */
export interface PastLine {
  readonly row: RequestLineRow;
  readonly offer: Offer;
  readonly image: Image;
  readonly demand: LineDemand;
}

/** What machines of government systems are for; each at most once in a request, because a line's name is its own. */
const TIERS = ['web', 'app', 'db', 'cache', 'mq', 'gateway', 'job', 'file', 'search', 'report'] as const;
const MACHINES_MAX = 4;
const DISK_STEPS_GIB = [100, 200, 300, 500] as const;
/** Extranet systems are most of a government's; the rest face citizens. */
const EXTRANET_PERCENT = 65;
/** Domestic ARM servers carry the greater part. */
const ARM_PERCENT = 60;
const SSD_PERCENT = 55;
const CENTER_A_PERCENT = 55;

/** One to three tiers; a dual-active system gets each of them in both same-city centers. */
export function pastLines(
  seeded: Seeded,
  facts: PastFacts,
  asker: PastAsker,
  request: { readonly id: string; readonly at: Date },
): PastLine[] {
  const [a, b] = (['ACTIVE_A', 'ACTIVE_B'] as const).map((role) =>
    facts.place.centers.find((center) => center.role === role),
  );
  if (!a || !b) return [];
  const dual = asker.system.localMode === 'DUAL_ACTIVE';
  const chosen = seeded.chance(CENTER_A_PERCENT) ? a : b;
  const sites = dual ? [a, b] : [chosen];
  const wished = seeded.chance(ARM_PERCENT) ? 'ARM64' : 'AMD64';
  const zone = seeded.chance(EXTRANET_PERCENT) ? 'GOVERNMENT_EXTRANET' : 'INTERNET';
  const { protectionLevel } = asker.system;
  // Where not every pool carries the system's level, it went to one that does.
  const carries = facts.place.pools.some(
    (pool) => pool.architecture === wished && pool.zone === zone && pool.protectionLevelMax >= protectionLevel,
  );
  const architecture = carries ? wished : wished === 'ARM64' ? 'AMD64' : 'ARM64';
  const offers = facts.offers.filter(
    (offer) => offer.architecture === architecture && offer.vcpu <= 16 && !offer.accelerator,
  );
  // What has devices of its own came over from elsewhere, later.
  const images = facts.images.filter((image) => image.architecture === architecture && !image.devicePreference);
  const lines: PastLine[] = [];
  for (const tier of seeded.some(TIERS, 1 + seeded.below(3))) {
    const [offer, image] = [seeded.pick(offers), seeded.pick(images)];
    const diskGib = Math.max(image.minimumDiskGib, seeded.pick(DISK_STEPS_GIB));
    const storageTier = seeded.chance(SSD_PERCENT) ? 'SSD' : 'HDD';
    const count = 1 + seeded.below(MACHINES_MAX);
    for (const site of sites) {
      const machine = { architecture, vcpu: offer.vcpu, memoryMib: offer.memoryMib } as const;
      const each = facts.monthlyFen(
        { ...machine, disk: { tier: storageTier, gib: diskGib } },
        site.centerId,
        calendarDate(request.at),
      );
      const position = lines.length;
      lines.push({
        offer,
        image,
        row: {
          id: seeded.idAt(request.at.getTime()),
          requestId: request.id,
          position,
          kind: 'VM',
          name: dual ? `${tier}-${site === a ? 'a' : 'b'}` : tier,
          offerId: offer.id,
          imageId: image.id,
          centerId: site.centerId,
          localMode: 'SINGLE',
          remoteMode: 'NONE',
          zone,
          storageTier,
          diskGib,
          itemCount: count,
          monthlyFen: each === null ? null : each * BigInt(count),
          ...{
            placesApart: false,
            heightHalfUnits: null,
            powerW: null,
            weightGrams: null,
            definitionId: null,
            answers: null,
            relations: null,
            candidates: null,
          },
          shares: [],
          checks: [],
          ...{ fulfilledAt: null, evidence: null },
        },
        demand: {
          index: position,
          count,
          centerId: site.centerId,
          share: 'MAIN',
          architecture,
          zone,
          vcpu: offer.vcpu,
          memoryMib: offer.memoryMib,
          diskGib,
          storageTier,
          imageArchitecture: image.architecture,
          imageMinimumDiskGib: image.minimumDiskGib,
          protectionLevel,
          domesticCpu: offer.domesticCpu,
        },
      });
    }
  }
  return lines;
}
