import { ClaimMoves } from '../../server/src/allocation/claim-moves.service.js';
import { LoginResetsRepository } from '../../server/src/documents/login-resets.repository.js';
import { resetContextOf } from '../../server/src/documents/machine-logins.service.js';
import { entities } from '../../server/src/entities.js';
import type { NetworkZone, Pool } from '../../server/src/facilities/domain/facility.js';
import { type Viewer, WHOLE_PROVINCE } from '../../server/src/kernel/viewer.js';
import { Counters } from '../../server/src/platform/counters/counters.js';
import { newId } from '../../server/src/platform/database/ids.js';
import type { Tx } from '../../server/src/platform/database/unit-of-work.js';
import { type RestartConsent } from '../../server/src/resources/resource-changes.service.js';
import { ResourceLife } from '../../server/src/resources/resource-life.service.js';
import { ResourcePlacing } from '../../server/src/resources/resource-placing.service.js';
import { ResourcesRepository } from '../../server/src/resources/resources.repository.js';
import { openTestDatabase, type TestDatabase } from './database.ts';
import { ProvinceMakings, SIZE, subjectOf } from './province/makings.ts';
import { servicesOf } from './province/services.ts';

/** A province without people: centers with pools in a database of its own, and approved requests whose machines are due. */
export class Province extends ProvinceMakings {
  /** Left out: a database of its own. Given, other processes may be led to it. */
  static async open(centerCodes: readonly string[], database?: TestDatabase): Promise<Province> {
    const pools = new Map<string, Pool>();
    const province = Province.over(database ?? (await openTestDatabase(entities)), pools);
    for (const code of centerCodes) pools.set(code, await province.openCenter(code));
    return province;
  }

  /** As a process of its own sees it: with centers that others have opened. */
  static over(database: Pick<TestDatabase, 'db' | 'close'>, pools: ReadonlyMap<string, Pool> = new Map()): Province {
    return new Province(database, pools, servicesOf(database.db));
  }

  get life(): ResourceLife {
    return this.services.life;
  }

  /** As a department's person presses it: given back, and purged from the bin without waiting. */
  async release(resourceId: string, keepDiskDays: number | null = null): Promise<void> {
    await this.giveBack(resourceId, keepDiskDays);
    if ((await this.row(resourceId)).state === 'IN_BIN') await this.purge(resourceId);
  }

  /** What was delivered is stopped and lies in the bin; what was not is released. */
  async giveBack(resourceId: string, keepDiskDays: number | null = null): Promise<void> {
    const [viewer, wish] = await this.pressed(resourceId);
    const released = await this.services.life.release(viewer, WHOLE_PROVINCE, { ...wish, keepDiskDays });
    if (!released.ok) throw new Error(JSON.stringify(released.error));
  }

  /** From the bin for good. */
  async purge(resourceId: string): Promise<void> {
    const [viewer, wish] = await this.pressed(resourceId);
    const purged = await this.services.life.purge(viewer, WHOLE_PROVINCE, wish);
    if (!purged.ok) throw new Error(JSON.stringify(purged.error));
  }

  /** As its department presses it; the machine that gets it is one of the same system. */
  async onDisk(of: string, act: 'ATTACH' | 'DETACH' | 'GIVE_UP', to?: string): Promise<void> {
    const [viewer, { confirmName, idempotencyKey }] = await this.pressed(of);
    const disk = await this.diskOf(of);
    const wish = { diskId: disk?.id, expectedVersion: disk?.version ?? 0, idempotencyKey };
    const answer = await {
      ATTACH: () => this.services.disks.attach(viewer, WHOLE_PROVINCE, { ...wish, resourceId: to }),
      DETACH: () => this.services.disks.detach(viewer, WHOLE_PROVINCE, { ...wish, days: 3 }),
      GIVE_UP: () => this.services.disks.giveUp(viewer, WHOLE_PROVINCE, { ...wish, confirmName }),
    }[act]();
    if (!answer.ok) throw new Error(JSON.stringify(answer.error));
  }

  private async pressed(resourceId: string) {
    const { departmentId, name, version } = await this.row(resourceId);
    const viewer = { userId: newId(), name: '王五', departmentId, address: null, traceId: 't' } as Viewer;
    const reason = { resourceId, reason: '系统下线', confirmName: name };
    return [viewer, { ...reason, expectedVersion: version, idempotencyKey: newId() }] as const;
  }

  /** One address of each family of a new network of the machine's zone, as its hold and grant leave them; IPv4 first. */
  async claimAddresses(resourceId: string, { code, vlanId }: { code: string; vlanId: number }): Promise<string[]> {
    const { centerId, departmentId, name, zone } = await this.row(resourceId);
    const where = { centerId: centerId as string, zone: zone as NetworkZone };
    await this.records.unitOfWork.run(async (tx) => {
      const id = await this.insertNetwork(tx, { ...where, code, vlanId });
      await this.services.addresses.claimNext(tx, id, [subjectOf({ id: resourceId, departmentId, name })]);
    });
    return [...(await this.desiredOf(resourceId)).claimedAddresses];
  }

  /** As its applicant's wish leaves it: another password waits for the machine's guest. */
  async resetLogin(resourceId: string, password: string): Promise<void> {
    const resets = new LoginResetsRepository(this.database.db);
    const [latest] = await resets.latestOf([resourceId]);
    const number = (latest?.number ?? 0) + 1;
    const sealed = await this.services.crypto.seal(Buffer.from(password), resetContextOf(resourceId, number));
    await this.records.unitOfWork.run(async (tx) => {
      const expiresAt = new Date(tx.now.getTime() + 86_400_000);
      const reset = {
        id: newId(),
        resourceId,
        number,
        reason: '遗失',
        askedBy: '李四',
        askedById: null,
        sealed,
        expiresAt,
      };
      await resets.insert(tx, reset);
      await this.applyAgain(tx, resourceId);
    });
  }

  /** As the hand-over leaves it: the password is in no row any more. */
  async handOverReset(resourceId: string): Promise<void> {
    await this.records.unitOfWork.run(async (tx) => {
      const [reset] = await new LoginResetsRepository(this.database.db).latestOf([resourceId], tx.manager);
      await new LoginResetsRepository(this.database.db).take(tx, reset?.id ?? '', '李四');
      await this.applyAgain(tx, resourceId);
    });
  }

  private async applyAgain(tx: Tx, resourceId: string): Promise<void> {
    await tx.manager.query('update resource set generation = generation + 1 where id = ?', [resourceId]);
    tx.changed('resource', resourceId);
  }

  /** As the grant of a change leaves it: another size is wanted. */
  async resize(
    resourceId: string,
    size: { vcpu: number; memoryMib: number; diskGib: number },
    consent?: RestartConsent,
  ): Promise<void> {
    await this.records.unitOfWork.run((tx) =>
      this.services.resourceChanges.resize(
        tx,
        resourceId,
        { ...size, offerId: newId(), monthlyFen: 0n },
        '集云',
        consent,
      ),
    );
  }

  /** 改放, as the allocator's choice leaves it: claim and machine in another center's pool, what is there still to be removed. */
  async rePlace(resourceId: string, toCenterCode: string): Promise<void> {
    const { id: poolId, centerId } = this.poolOf(toCenterCode);
    const { unitOfWork } = this.records;
    await unitOfWork.run(async (tx) => {
      const row = await this.services.moves.locked(tx, WHOLE_PROVINCE, resourceId);
      if (!row) throw new Error(`no machine ${resourceId}`);
      const move = { claimId: row.claimId, fromPoolId: row.poolId, toPoolId: poolId, size: SIZE };
      const { takeLast } = await new ClaimMoves(new Counters(this.db)).move(tx, [move], 'ALLOCATED');
      const said = { text: { zh: '改放', en: 'Placed elsewhere' }, by: '孙分配' };
      await new ResourcePlacing(new ResourcesRepository(this.db), this.services.moves).rePlace(
        tx,
        row,
        { centerId: centerId as string, poolId },
        said,
      );
      await tx.writeChanges();
      await takeLast();
    });
  }
}
