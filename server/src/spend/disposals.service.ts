import { Inject, Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { type Bilingual, say } from '../kernel/bilingual.js';
import { calendarDate } from '../kernel/calendar.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, refuse } from '../kernel/result.js';
import type { Actor, Viewer } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import { AssetsRepository, type OwnedAssetRow } from './assets.repository.js';
import { type Answer, decisionOf, enteredBy, type SpendActWish, unlessTaken } from './contracts.service.js';
import { type DisposalRow, DisposalsRepository } from './disposals.repository.js';
import { checkDisposal, checkPaper, type DisposalFacts, writeDownOf } from './domain/owned-asset.js';
import { invalid, yuanText } from './domain/spend-checks.js';
import { decideSpend, type SpendAction } from './domain/spend-state.js';
import { changed, unknown } from './spend-refusals.js';

export type DisposalWish = DisposalFacts & { readonly idempotencyKey: string; readonly assetId: string | undefined };

export type ReversalWish = Pick<DisposalFacts, 'document' | 'reason'> & {
  readonly idempotencyKey: string;
  readonly id: string | undefined;
};

/** 资产报废: entered by one, in force once another has confirmed it; what the asset was still worth is a cost of that month. */
@Injectable()
export class DisposalsService {
  constructor(
    private readonly repository: DisposalsRepository,
    private readonly assets: AssetsRepository,
    private readonly acts: Acts,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Batch for loaders. */
  byIds = async (ids: readonly string[]): Promise<(DisposalRow | null)[]> => {
    const rows = await this.repository.byIds(ids);
    return ids.map((id) => rows.find((row) => row.id === id) ?? null);
  };

  /** Batch for loaders: what takes each of these back, waiting or confirmed. */
  reversalsOf = async (ids: readonly string[]): Promise<(DisposalRow | null)[]> => {
    const rows = new Map((await this.repository.reversalsOf(ids)).map((row) => [row.reversesId, row]));
    return ids.map((id) => rows.get(id) ?? null);
  };

  /** Batch for loaders: what waits or holds of each asset; null = it is there. */
  ofAssets = async (assetIds: readonly string[]): Promise<(DisposalRow | null)[]> => {
    const rows = new Map((await this.repository.standingOf(assetIds)).map((row) => [row.assetId, row]));
    return assetIds.map((id) => rows.get(id) ?? null);
  };

  enter(actor: Actor, { assetId, idempotencyKey, ...facts }: DisposalWish): Answer {
    const input = { assetId, ...facts, proceeds: facts.proceeds.toString() };
    return unlessTaken(disposedAlready, () =>
      this.acts.perform({ name: 'ownedAsset.dispose', actor, idempotencyKey, input }, async (tx) => {
        const [asset] = assetId === undefined ? [] : await this.assets.byIds([assetId], tx.manager);
        if (!asset) return refuse([unknown(['assetId'])]);
        if (asset.state !== 'CONFIRMED') return refuse([notOwned()]);
        const wrong = checkDisposal(facts, asset, calendarDate(this.clock.now()));
        if (wrong.length > 0) return refuse(wrong);
        const row: DisposalRow = {
          ...{ id: newId(tx.now.getTime()), assetId: asset.id, disposedOn: facts.disposedOn, proceeds: facts.proceeds },
          ...{ document: facts.document.trim(), reason: facts.reason.trim(), standing: 1 },
          ...{ reversesId: null, reversing: null, reversedById: null },
          ...enteredBy(tx, actor),
        };
        await this.repository.insert(tx, row);
        const summary = say(`录入资产报废 ${asset.code}`, `Entered the disposal of the asset ${asset.code}`);
        return ok({ value: { id: row.id }, audit: factOf(row, asset, summary, {}) });
      }),
    );
  }

  /** 冲销报废: a confirmed disposal that was wrong is taken back by another entry; months are again as if it had never been. */
  reverse(actor: Actor, { idempotencyKey, ...wish }: ReversalWish): Answer {
    return unlessTaken(reversedAlready, () =>
      this.acts.perform({ name: 'ownedAsset.reverseDisposal', actor, idempotencyKey, input: wish }, async (tx) => {
        const [disposal] = wish.id === undefined ? [] : await this.repository.byIds([wish.id], tx.manager);
        const [asset] = disposal ? await this.assets.byIds([disposal.assetId], tx.manager) : [];
        if (!disposal || !asset) return refuse([unknown(['id'])]);
        if (disposal.state !== 'CONFIRMED' || disposal.reversesId !== null) return refuse([notInForceYet()]);
        if (disposal.reversedById !== null) return refuse([reversedAlready()]);
        const wrong = checkPaper(wish);
        if (wrong.length > 0) return refuse(wrong);
        const row: DisposalRow = {
          ...{ id: newId(tx.now.getTime()), assetId: asset.id, disposedOn: disposal.disposedOn },
          ...{ proceeds: disposal.proceeds, document: wish.document.trim(), reason: wish.reason.trim() },
          ...{ standing: null, reversesId: disposal.id, reversing: 1, reversedById: null },
          ...enteredBy(tx, actor),
        };
        await this.repository.insert(tx, row);
        const summary = say(
          `录入资产报废冲销 ${asset.code}`,
          `Entered that the disposal of ${asset.code} is taken back`,
        );
        return ok({ value: { id: row.id }, audit: factOf(row, asset, summary, { reverses: disposal.id }) });
      }),
    );
  }

  decide(viewer: Viewer, action: SpendAction, { idempotencyKey, ...wish }: SpendActWish): Answer {
    const name = action === 'CONFIRM' ? 'ownedAsset.confirmDisposal' : 'ownedAsset.withdrawDisposal';
    return this.acts.perform({ name, actor: viewer, idempotencyKey, input: wish }, async (tx) => {
      const [row] = wish.id === undefined ? [] : await this.repository.byIds([wish.id], tx.manager);
      const [asset] = row ? await this.assets.byIds([row.assetId], tx.manager) : [];
      if (!row || !asset) return refuse([unknown(['id'])]);
      const to = decideSpend(viewer.userId, row, action, wish.expectedVersion);
      if (!to.ok) return to;
      if (!(await this.repository.decide(tx, row, decisionOf(tx, viewer, to.value))))
        return refuse([changed(wish.expectedVersion, row.version + 1)]);
      if (action === 'CONFIRM' && row.reversesId !== null && !(await this.repository.takeBack(tx, row)))
        return refuse([reversedAlready()]);
      const summary =
        row.reversesId !== null
          ? reversalSummary(asset.code, action)
          : action === 'CONFIRM'
            ? say(`复核资产报废 ${asset.code}`, `Confirmed the disposal of the asset ${asset.code}`)
            : say(`撤回资产报废 ${asset.code}`, `Withdrew the disposal of the asset ${asset.code}`);
      return ok({ value: { id: row.id }, audit: factOf(row, asset, summary, { state: to.value }) });
    });
  }
}

function factOf(row: DisposalRow, asset: OwnedAssetRow, summary: Bilingual, more: object) {
  const { disposedOn, document, proceeds, reason } = row;
  const writeDown = writeDownOf({ ...asset, disposedOn });
  return {
    ...{ objectType: 'OwnedAssetDisposal', objectId: row.id, departmentId: null, summary },
    after: {
      ...{ assetId: asset.id, disposedOn, document, reason, proceeds: proceeds.toString() },
      ...{ writeDownYuan: yuanText(writeDown?.amount ?? 0n), ...more },
    },
  };
}

function reversalSummary(code: string, action: SpendAction): Bilingual {
  return action === 'CONFIRM'
    ? say(`复核资产报废冲销 ${code}`, `Confirmed that the disposal of ${code} is taken back`)
    : say(`撤回资产报废冲销 ${code}`, `Withdrew that the disposal of ${code} be taken back`);
}

const reversedAlready = (): Refusal =>
  invalid(
    ['id'],
    'unique',
    '这笔报废已冲销，或已有冲销待复核',
    'This disposal was taken back, or that waits for the second person',
  );

const notInForceYet = (): Refusal => ({
  code: 'NOT_PERMITTED',
  path: ['id'],
  reason: 'NOT_CONFIRMED',
  message: say(
    '只有已复核的报废才需冲销；待复核的请直接撤回',
    'Only a confirmed disposal is taken back by another entry; withdraw one that waits',
  ),
});

const disposedAlready = (): Refusal =>
  invalid(
    ['assetId'],
    'unique',
    '这项资产已报废，或已有报废待复核',
    'This asset is disposed of, or a disposal of it waits for the second person',
  );

const notOwned = (): Refusal => ({
  code: 'NOT_PERMITTED',
  path: ['assetId'],
  reason: 'NOT_CONFIRMED',
  message: say('资产还没有经另一人复核，不能报废', 'Nothing is disposed of that no second person has confirmed'),
});
