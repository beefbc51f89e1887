import { Injectable } from '@nestjs/common';
import { DataSource, In, IsNull, type SelectQueryBuilder } from 'typeorm';
import type { Page, PageRequest } from '../kernel/page.js';
import type { TenantScope } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import { matching, newestOf, withinScope } from '../platform/database/listing.js';
import { inList, type Tx } from '../platform/database/unit-of-work.js';
import { AlertCallEntity, AlertEntity, AlertEventEntity } from './alerts.entity.js';
import type { AlertFilter, AlertRow, CallRow, EventRow } from './alerts.types.js';
import type { AlertSeverity, AlertState } from './domain/alert-state.js';
import type { Call } from './domain/escalation.js';

/** Alerts of a group belong to its department and its system; those of a center to the whole province. */
@Injectable()
export class AlertsRepository {
  constructor(private readonly db: DataSource) {}

  page(scope: TenantScope, filter: AlertFilter, page: PageRequest): Promise<Page<AlertRow>> {
    return newestOf(() => this.filtered(scope, filter), 'a.openedAt', 'a.id', page);
  }

  inScope(scope: TenantScope, id: string): Promise<AlertRow | null> {
    return this.shown(scope).andWhere('a.id = :id', { id }).getOne();
  }

  locked(tx: Tx, scope: TenantScope, id: string | undefined): Promise<AlertRow | null> {
    if (id === undefined) return Promise.resolve(null);
    return this.shown(scope, tx).andWhere('a.id = :id', { id }).setLock('pessimistic_write').getOne();
  }

  async counts(scope: TenantScope): Promise<{ state: AlertState; severity: AlertSeverity; n: number }[]> {
    const rows = await this.shown(scope)
      .andWhere("a.state <> 'CLOSED'")
      .select('a.state', 'state')
      .addSelect('a.severity', 'severity')
      .addSelect('count(*)', 'n')
      .groupBy('a.state, a.severity')
      .getRawMany<{ state: AlertState; severity: AlertSeverity; n: string }>();
    return rows.map(({ n, severity, state }) => ({ state, severity, n: Number(n) }));
  }

  /** Held and open alike. By their states, of which there is an index: those that are over are kept for years. */
  standing(): Promise<AlertRow[]> {
    return this.db.manager.find(AlertEntity, { where: { state: In(['HELD', 'OPEN', 'ACKNOWLEDGED']) } });
  }

  /** Of one center, or of all: what whoever takes a shift over should know of. */
  countOpen(tx: Tx): Promise<number> {
    return tx.manager.count(AlertEntity, { where: { state: In(['OPEN', 'ACKNOWLEDGED']) } });
  }

  async insert(tx: Tx, row: AlertRow): Promise<void> {
    await tx.manager.insert(AlertEntity, row);
  }

  /** false = somebody else has changed it: what was decided was decided of another state. */
  async update(tx: Tx, { id, version }: Pick<AlertRow, 'id' | 'version'>, values: Partial<AlertRow>): Promise<boolean> {
    const done = await tx.manager.update(AlertEntity, { id, version }, { ...values, version: version + 1 });
    return done.affected === 1;
  }

  /**
   * The same alert with newer figures: its version stays, for whoever takes it on has seen what it is about, and would be
   * refused at every measurement. What people or the calling have changed meanwhile has another version, and stands.
   */
  async follow(tx: Tx, { id, version }: Pick<AlertRow, 'id' | 'version'>, values: Partial<AlertRow>): Promise<boolean> {
    const done = await tx.manager.update(AlertEntity, { id, version }, values);
    return done.affected === 1;
  }

  /** They are called for with the head from now on; their versions stay, for nobody has decided anything of them. */
  async putBehind(tx: Tx, headId: string, ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    const joining = In(inList(ids) as string[]);
    await tx.manager.update(
      AlertEntity,
      { id: joining, state: 'OPEN', headId: IsNull() },
      { headId, nextCallAt: null },
    );
    // Whatever one of them was called for with comes along: nobody is called for a follower of a follower.
    await tx.manager.update(AlertEntity, { headId: joining, state: In(['OPEN', 'ACKNOWLEDGED']) }, { headId });
  }

  /** Those that are called for with this one. */
  followers(headIds: readonly string[], tx?: Tx): Promise<AlertRow[]> {
    return (tx?.manager ?? this.db.manager).find(AlertEntity, {
      where: { headId: In(inList(headIds) as string[]), state: In(['OPEN', 'ACKNOWLEDGED']) },
      order: { seenAt: 'ASC', id: 'ASC' },
    });
  }

  /** What stood behind it stands on its own again, and is called for where nobody has taken it on. */
  async leaveHead(tx: Tx, headId: string): Promise<void> {
    await tx.manager.update(AlertEntity, { headId, state: 'OPEN', callsOut: true }, { nextCallAt: tx.now });
    await tx.manager.update(AlertEntity, { headId }, { headId: null });
  }

  /** Taken on with the head, all of them by one statement each. */
  async takeFollowers(tx: Tx, head: AlertRow, values: Partial<AlertRow>, byName: string): Promise<void> {
    const open = (await this.followers([head.id], tx)).filter(({ state }) => state === 'OPEN');
    if (open.length === 0) return;
    await tx.manager
      .createQueryBuilder()
      .update(AlertEntity)
      .set({ ...values, version: () => 'version + 1' })
      .where("headId = :headId and state = 'OPEN'", { headId: head.id })
      .execute();
    const of = { at: tx.now, kind: 'ACKNOWLEDGED' as const, byName, note: head.code };
    await tx.manager.insert(
      AlertEventEntity,
      open.map(({ id, severity }) => ({ ...of, id: newId(tx.now.getTime()), alertId: id, severity })),
    );
  }

  async callLater(tx: Tx, ids: readonly string[], until: Date): Promise<void> {
    await tx.manager.update(AlertEntity, { id: In(inList(ids) as string[]), state: 'OPEN' }, { nextCallAt: until });
  }

  /** It was never told to anybody. */
  async forget(tx: Tx, { id, version }: AlertRow): Promise<void> {
    await tx.manager.delete(AlertEntity, { id, version, state: 'HELD' });
  }

  async happened(tx: Tx, event: Omit<EventRow, 'id' | 'at'>): Promise<void> {
    await tx.manager.insert(AlertEventEntity, { ...event, id: newId(tx.now.getTime()), at: tx.now });
  }

  /** A page's alerts at once, in their order. */
  events(alertIds: readonly string[]): Promise<EventRow[]> {
    return this.db.manager.find(AlertEventEntity, {
      where: { alertId: In(inList(alertIds) as string[]) },
      order: { at: 'ASC', id: 'ASC' },
    });
  }

  calls(alertIds: readonly string[], tx?: Tx): Promise<CallRow[]> {
    return (tx?.manager ?? this.db.manager).find(AlertCallEntity, {
      where: { alertId: In(inList(alertIds) as string[]) },
      order: { calledAt: 'ASC', id: 'ASC' },
    });
  }

  /** The last of the series, inside the transaction in which the next is decided. */
  lastCall(tx: Tx, { id, series }: AlertRow): Promise<CallRow | null> {
    return tx.manager.findOne(AlertCallEntity, {
      where: { alertId: id, series },
      order: { calledAt: 'DESC', id: 'DESC' },
    });
  }

  /** Of several, each of its present series: of those that are being called for the one that was called last. */
  async lastCallOf(tx: Tx, alertIds: readonly string[]): Promise<CallRow | null> {
    if (alertIds.length === 0) return null;
    return tx.manager
      .createQueryBuilder(AlertCallEntity, 'c')
      .innerJoin(AlertEntity, 'a', 'a.id = c.alertId and a.series = c.series')
      .where("c.alertId in (:...ids) and a.state = 'OPEN' and a.nextCallAt is not null", { ids: inList(alertIds) })
      .orderBy('c.calledAt', 'DESC')
      .addOrderBy('c.id', 'DESC')
      .getOne();
  }

  async call(tx: Tx, alertId: string, call: Call): Promise<string> {
    const id = newId(tx.now.getTime());
    await tx.manager.insert(AlertCallEntity, { ...call, id, alertId });
    return id;
  }

  private filtered(scope: TenantScope, filter: AlertFilter): SelectQueryBuilder<AlertEntity> {
    const query = this.shown(scope);
    if (filter.states.length > 0) query.andWhere('a.state in (:...states)', { states: filter.states });
    if (filter.severities.length > 0)
      query.andWhere('a.severity in (:...severities)', { severities: filter.severities });
    if (filter.headsOnly) query.andWhere('a.headId is null');
    if (filter.groupId) query.andWhere('a.groupId = :groupId', { groupId: filter.groupId });
    return matching(query, ['a.code', 'a.name', 'a.tierName'], filter.search);
  }

  private shown(scope: TenantScope, tx?: Tx): SelectQueryBuilder<AlertEntity> {
    const query = (tx?.manager ?? this.db.manager).createQueryBuilder(AlertEntity, 'a').where("a.state <> 'HELD'");
    return withinScope(query, 'a.departmentId', scope, 'a.systemId in (:...scopeSystemIds)');
  }
}
