import { Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { say } from '../kernel/bilingual.js';
import { calendarDate } from '../kernel/calendar.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, refuse } from '../kernel/result.js';
import type { Viewer } from '../kernel/viewer.js';
import { unknownNetwork } from '../networks/networks.service.js';
import { WriteConflict } from '../platform/database/unit-of-work.js';
import { ResourcesService } from '../resources/resources.service.js';
import { AddressReconciliation } from './address-reconciliation.service.js';
import { type IntakeItemDraft, ITEMS_MAX, itemKey, NAME_LENGTH_MAX } from './domain/intake-item.js';
import { type Answer, IntakeService } from './intake.service.js';

/** The machine says whose it is and since when: what is missing of an entry is known already. */
const SOURCE = '集群读取';

/** From the addresses that machines have and nobody claimed to a batch that waits for approval. */
@Injectable()
export class SeenAddressIntake {
  constructor(
    private readonly intake: IntakeService,
    private readonly reconciliation: AddressReconciliation,
    private readonly resources: ResourcesService,
    private readonly acts: Acts,
  ) {}

  /** What another batch speaks of already is left to it. */
  async prepare(viewer: Viewer, networkId: string | undefined, idempotencyKey: string): Answer {
    const read = networkId === undefined ? null : await this.unclaimedIn(networkId);
    return this.acts.perform(
      { name: 'intake.prepare_addresses', actor: viewer, idempotencyKey, input: { networkId } },
      async (tx) => {
        if (!read) return refuse([unknownNetwork(['networkId'])]);
        const known = await this.intake.liveByKeys(read.drafts, tx);
        const drafts = read.drafts.filter((draft) => !known.has(itemKey(draft))).slice(0, ITEMS_MAX);
        if (drafts.length === 0) return refuse([nothing()]);
        const submitted = await this.intake.submit(tx, viewer, 'CLUSTER', drafts);
        // Those that another batch speaks of have just been left out; one that comes in between runs this act again.
        if (!submitted.ok) throw new WriteConflict('another intake spoke of an address meanwhile');
        const batch = submitted.value;
        const { code } = read.network;
        return ok({
          value: { id: batch.id },
          audit: {
            objectType: 'IntakeBatch',
            objectId: batch.id,
            departmentId: null,
            summary: say(
              `从机器读取网络 ${code} 的 ${drafts.length} 个地址，编制纳管批次 ${batch.code}`,
              `Prepared intake ${batch.code} of ${drafts.length} addresses of network ${code} seen on machines`,
            ),
            after: { items: drafts.map(itemKey) },
          },
        });
      },
    );
  }

  private async unclaimedIn(networkId: string) {
    const unclaimed = await this.reconciliation.unclaimedIn(networkId);
    if (!unclaimed) return null;
    const { network, rows } = unclaimed;
    const machines = await this.resources.rows(rows.map((row) => row.resourceIds[0] ?? ''));
    const drafts = rows.flatMap((row, at): IntakeItemDraft[] => {
      const machine = machines[at];
      if (!machine) return [];
      return [
        {
          name: machine.name.slice(0, NAME_LENGTH_MAX),
          systemId: machine.systemId,
          departmentId: machine.departmentId,
          sourcePlatform: SOURCE,
          startedOn: calendarDate(machine.deliveredAt ?? machine.createdAt),
          content: { kind: 'ADDRESS', networkId, networkCode: network.code, address: row.address },
        },
      ];
    });
    return { network, drafts };
  }
}

function nothing(): Refusal {
  return {
    code: 'INVALID_INPUT',
    path: ['networkId'],
    rule: 'nothing',
    message: say(
      '没有可纳管的地址：都已登记，或已在另一批纳管中',
      'There is nothing to take in: all are claimed, or in another intake already',
    ),
  };
}
