import { CatalogService } from '../../../server/src/catalog/catalog.service.js';
import type { CabinetOffer } from '../../../server/src/catalog/domain/entries.js';
import { parseUnitPrice } from '../../../server/src/kernel/money.js';
import { newId } from '../../../server/src/platform/database/ids.js';
import { UnitOfWork } from '../../../server/src/platform/database/unit-of-work.js';
import { PricingService } from '../../../server/src/pricing/pricing.service.js';
import type { LineContent } from '../../../server/src/requests/domain/content.js';
import { offer } from '../builders/catalog.ts';
import type { KindsDesk } from '../kinds-desk.ts';
import { INCLUDED_W } from './prices.ts';
import {
  BIG_VCPU,
  CAPACITY,
  CARD_MEMORY_MIB,
  DISK_GIB,
  type Form,
  MACHINE_VCPU,
  memoryOf,
  SIZES,
  type WishLine,
} from './shares.ts';

/** Nothing of ours serves it. */
export const FOREIGN_ZONE = 'INTERNET';
/** Forms of places have zones of their own, so that none is in the way of another. */
export const ZONES = { PLAIN: 'GOVERNMENT_EXTRANET', TALL: 'BUSINESS_LINE', WHOLE: 'INTERNET' } as const;
/** One of 6 U and what it may grow by; a second has no room. */
const TALL_CABINET_UNITS = 10;
const AMPLE_WATTS = 8_000;
export const CARD = 'ASCEND-910B';

/** Every cabinet of a site; either feed carries all of it, without a margin. */
export const CABINETS = [
  {
    ...ofForm('PLAIN', SIZES.PLAIN[0].units * CAPACITY.places),
    feedAWatts: CAPACITY.watts,
    feedBWatts: CAPACITY.watts,
  },
  ...Array.from({ length: CAPACITY.tall }, () => ofForm('TALL', TALL_CABINET_UNITS)),
  ...Array.from({ length: CAPACITY.whole }, () => ofForm('WHOLE', SIZES.WHOLE[0].units)),
];

function ofForm(form: Form, heightUnits: number) {
  const feeds = { feedAWatts: AMPLE_WATTS, feedBWatts: AMPLE_WATTS, deratingPercent: 100 };
  return { zone: ZONES[form], heightUnits, ...feeds };
}

/** What the province's catalog has, and how a line asks for it. */
export class Wares {
  readonly two = offer({ code: 'model-2c', ...sizeOf(MACHINE_VCPU) });
  readonly four = offer({ code: 'model-4c', ...sizeOf(BIG_VCPU) });
  private readonly card = offer({
    ...{ code: 'model-card', vcpu: MACHINE_VCPU, memoryMib: CARD_MEMORY_MIB, accelerator: CARD, acceleratorCount: 1 },
  });
  private readonly cabinets: { readonly [F in Form]: CabinetOffer };

  private constructor(private readonly kinds: KindsDesk) {
    const made = (form: Form, more: Partial<CabinetOffer>): CabinetOffer => ({
      ...{ ...kinds.cabinet, id: newId(), code: `model-${form.toLowerCase()}`, zone: ZONES[form], ...more },
    });
    this.cabinets = {
      PLAIN: kinds.cabinet,
      TALL: made('TALL', { includedW: INCLUDED_W.unit }),
      WHOLE: made('WHOLE', { form: 'WHOLE', heightUnits: SIZES.WHOLE[0].units, includedW: INCLUDED_W.whole }),
    };
  }

  static async of(kinds: KindsDesk): Promise<Wares> {
    const wares = new Wares(kinds);
    const { TALL, WHOLE } = wares.cabinets;
    await kinds.get(UnitOfWork).run(async (tx) => {
      const machines = { offers: [wares.two, wares.four, wares.card], images: [] };
      await kinds.get(CatalogService).add(tx, { ...machines, cabinets: [TALL, WHOLE] });
      const prices = [
        { meter: `ACCELERATOR:${CARD}`, price: parseUnitPrice('100.00') },
        { meter: 'CABINET_WHOLE', price: parseUnitPrice('3000.00') },
      ];
      await kinds.get(PricingService).add(
        tx,
        prices.map((one) => ({ ...one, architecture: null, synthetic: true })),
      );
    });
    return wares;
  }

  /** The accelerators of a pool. */
  async giveCards(poolId: string): Promise<void> {
    await this.kinds.app.test.db.query(
      "insert into capacity_counter (kind, subject_id, meter, limit_amount, live_amount) values ('POOL', ?, ?, ?, 0)",
      [poolId, `ACCELERATOR:${CARD}`, CAPACITY.cards],
    );
  }

  line({ kind, count, foreign, card, form = 'PLAIN' }: WishLine, more: Partial<LineContent>): LineContent {
    const line = { ...this.kinds.line(kind, { count }), ...more };
    if (line.vm && foreign)
      return { ...line, remoteMode: 'NONE', vm: { ...line.vm, offerId: this.two.id, zone: FOREIGN_ZONE } };
    if (line.vm) return { ...line, vm: { ...line.vm, diskGib: DISK_GIB, offerId: card ? this.card.id : this.two.id } };
    const [{ units, watts, kg }] = SIZES[form];
    if (line.cabinet)
      return {
        ...line,
        cabinet: { offerId: this.cabinets[form].id, heightUnits: units, powerW: watts, weightKg: kg },
      };
    return line;
  }
}

function sizeOf(vcpu: number): { readonly vcpu: number; readonly memoryMib: number } {
  return { vcpu, memoryMib: memoryOf(vcpu, false) };
}
