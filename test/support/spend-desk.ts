import type { Center } from '../../server/src/facilities/domain/facility.js';
import { FacilitiesService } from '../../server/src/facilities/facilities.service.js';
import { FilesService } from '../../server/src/files/files.service.js';
import type { Viewer } from '../../server/src/kernel/viewer.js';
import { newId } from '../../server/src/platform/database/ids.js';
import { UnitOfWork } from '../../server/src/platform/database/unit-of-work.js';
import { ContractsService, type ContractWish } from '../../server/src/spend/contracts.service.js';
import { checkSignOf } from '../../server/src/spend/domain/credit-code.js';
import { EntriesService } from '../../server/src/spend/entries.service.js';
import type { PaymentWish } from '../../server/src/spend/entry-wishes.js';
import { type TestApplication, viewerWith } from './application.ts';
import { center } from './builders/facility.ts';
import { idOf } from './request-journey.ts';

/** Two people of finance with a supplier, a center, and contracts as they want them. */
export class SpendDesk {
  readonly clerk = viewerWith(['FINANCE'], null, { name: '录入员' });
  readonly checker = viewerWith(['FINANCE'], null, { name: '复核员' });
  readonly contracts: ContractsService;
  readonly entries: EntriesService;
  private supplierId = '';
  private made = 0;

  private constructor(
    private readonly app: TestApplication,
    readonly center: Center,
  ) {
    this.contracts = this.get(ContractsService);
    this.entries = this.get(EntriesService);
  }

  /** @param known a center that is there already; otherwise one is made. */
  static async open(app: TestApplication, known?: Center): Promise<SpendDesk> {
    const desk = new SpendDesk(app, known ?? center());
    if (!known)
      await desk
        .get(UnitOfWork)
        .run((tx) => desk.get(FacilitiesService).add(tx, { centers: [desk.center], clusters: [], pools: [] }));
    desk.supplierId = idOf(
      await desk.contracts.createSupplier(desk.clerk, {
        ...{ idempotencyKey: newId(), creditCode: '914403001922038216', name: '云平台公司', contact: '', phone: '' },
      }),
    );
    return desk;
  }

  get = <T>(type: new (...args: never[]) => T): T => this.app.context.get(type, { strict: false });

  wish(more: Partial<ContractWish> = {}): ContractWish {
    this.made += 1;
    return {
      ...{ idempotencyKey: newId(), supplierId: this.supplierId, number: `HT-${this.made}`, name: '云平台服务' },
      ...{ kind: 'CLOUD_PLATFORM', currency: 'CNY', ceiling: 1_000_00n, from: '2026-01-01', to: '2027-01-01' },
      ...{ note: '', services: [], shares: [{ centerId: this.center.id, weight: 1 }], instalments: [] },
      assessment: null,
      ...more,
    };
  }

  async contract(more: Partial<ContractWish> = {}): Promise<string> {
    const id = idOf(await this.contracts.enter(this.clerk, this.wish(more)));
    idOf(await this.contracts.decide(this.checker, 'CONFIRM', { idempotencyKey: newId(), id, expectedVersion: 1 }));
    return id;
  }

  async evidence(by: Viewer = this.clerk): Promise<string> {
    const kept = await this.get(FilesService).upload({ name: '验收单.pdf', bytes: Buffer.from('%PDF-1.7 验收') }, by);
    return idOf(kept);
  }

  async accept(contractId: string, amount: bigint) {
    return this.entries.accept(this.clerk, {
      ...{ idempotencyKey: newId(), contractId, amount, onDate: '2026-06-30', note: '' },
      fileIds: [await this.evidence()],
    });
  }

  async accepted(contractId: string, amount: bigint): Promise<string> {
    return this.confirmed(idOf(await this.accept(contractId, amount)));
  }

  pay(contractId: string, amount: bigint, more: Partial<PaymentWish> = {}) {
    return this.entries.pay(this.clerk, {
      ...{ idempotencyKey: newId(), contractId, amount, onDate: '2026-07-10', note: '', voucher: newId() },
      ...{ from: '2026-01-01', to: '2026-07-01', instalment: null },
      ...more,
    });
  }

  decide(id: string, action: 'CONFIRM' | 'WITHDRAW', by = this.checker, expectedVersion = 1) {
    return this.entries.decide(by, action, { idempotencyKey: newId(), id, expectedVersion });
  }

  async confirmed(id: string): Promise<string> {
    return idOf(await this.decide(id, 'CONFIRM'));
  }

  reverse(id: string, voucher: string | null = newId()) {
    return this.entries.reverse(this.clerk, {
      ...{ idempotencyKey: newId(), id, onDate: '2026-08-01', note: '多付', voucher },
    });
  }

  async figures(id: string) {
    const [row] = await this.contracts.contractsByIds([id]);
    if (!row) throw new Error('no such contract');
    const { accepted, deducted, claimed, paid } = row;
    return { accepted, deducted, claimed, paid };
  }

  creditCode(): string {
    this.made += 1;
    const body = `91320000MA${String(this.made).padStart(7, '0')}`;
    return `${body}${checkSignOf(body)}`;
  }
}
