import { Injectable } from '@nestjs/common';
import { type Bilingual, say } from '../kernel/bilingual.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, type Result, refuse } from '../kernel/result.js';
import type { TenantScope, Viewer } from '../kernel/viewer.js';
import { type ConsoleAccess, consoleAccess } from './domain/console-access.js';
import { type PowerAction, refusalOf, whyNot } from './domain/power-actions.js';
import { BATCH_MAX, ofVersion } from './domain/release.js';
import { badBatch } from './resource-life.service.js';
import { type LockedResource, ResourceMoves } from './resource-moves.service.js';
import { type Operated, type OperatingWish, ResourceOperating } from './resource-operating.service.js';

interface PowerLook {
  readonly kind: string;
  readonly did: Bilingual;
  readonly statusText: Bilingual;
  readonly values: (row: LockedResource) => Partial<Pick<LockedResource, 'wishedPower' | 'restartUid'>>;
}

const LOOKS: { readonly [A in PowerAction]: PowerLook } = {
  START: {
    kind: 'STARTED',
    did: say('开机', 'Started'),
    statusText: say('正在开机', 'Starting'),
    values: () => ({ wishedPower: 'ON', restartUid: null }),
  },
  STOP: {
    kind: 'STOPPED',
    did: say('关机', 'Stopped'),
    statusText: say('正在关机', 'Shutting down'),
    values: () => ({ wishedPower: 'OFF', restartUid: null }),
  },
  RESTART: {
    kind: 'RESTARTED',
    did: say('重启', 'Restarted'),
    statusText: say('正在重启', 'Restarting'),
    values: ({ instanceUid }) => ({ restartUid: instanceUid }),
  },
};

/** Switches machines on and off: writes down what is wished, and the worker drives the cluster toward it. */
@Injectable()
export class ResourcePower {
  constructor(
    private readonly operating: ResourceOperating,
    private readonly moves: ResourceMoves,
  ) {}

  operate(
    viewer: Viewer,
    scope: TenantScope,
    wish: OperatingWish & { readonly action: PowerAction; readonly expectedVersion: number },
  ): Operated<{ id: string }> {
    const { action } = wish;
    const look = LOOKS[action];
    return this.operating.perform(
      viewer,
      scope,
      `resource.${action.toLowerCase()}`,
      wish,
      async (tx, row, operator) => {
        const why = whyNot(row, action);
        if (why !== null) return refuse([refusalOf(row, action, why)]);
        const stale = ofVersion(row, wish.expectedVersion);
        if (stale.length > 0) return refuse(stale);
        const values = look.values(row);
        const { statusText } = look;
        await this.moves.operate(tx, row, look.kind, operator.said(look.did), { ...values, statusText });
        return ok({ value: { id: row.id }, did: look.did, after: values });
      },
    );
  }

  /** Each stands alone: its own act, audit row and answer, in the order given. */
  async operateMany(
    viewer: Viewer,
    scope: TenantScope,
    wish: {
      readonly items: readonly { readonly resourceId: string | undefined; readonly expectedVersion: number }[];
      readonly action: PowerAction;
      readonly reason: string;
      readonly idempotencyKey: string;
    },
  ): Promise<Result<Awaited<Operated<{ id: string }>>[], readonly Refusal[]>> {
    const { items, idempotencyKey, ...rest } = wish;
    if (items.length === 0 || items.length > BATCH_MAX) return refuse([badBatch()]);
    const answers: Awaited<Operated<{ id: string }>>[] = [];
    for (const [index, item] of items.entries())
      answers.push(
        await this.operate(viewer, scope, { ...rest, ...item, idempotencyKey: `${idempotencyKey}/${index}` }),
      );
    return ok(answers);
  }

  /** How to get to its console; that somebody was told stands in its log. */
  showConsole(viewer: Viewer, scope: TenantScope, wish: OperatingWish): Operated<ConsoleAccess> {
    return this.operating.perform(viewer, scope, 'resource.showConsole', wish, async (tx, row, operator) => {
      const why = whyNot(row, 'CONSOLE');
      if (why !== null) return refuse([refusalOf(row, 'CONSOLE', why)]);
      const did = say('查看控制台接入方式', 'Looked at the way to its console');
      await this.moves.note(tx, row, 'CONSOLE_SHOWN', operator.said(did));
      return ok({ value: consoleAccess(row), did, after: {} });
    });
  }
}
