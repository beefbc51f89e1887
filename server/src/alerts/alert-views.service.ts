import { Injectable } from '@nestjs/common';
import type { Page, PageRequest } from '../kernel/page.js';
import type { TenantScope } from '../kernel/viewer.js';
import { NotificationsService } from '../notifications/notifications.service.js';
import type { DeliveryOfNotice } from '../notifications/notifications.types.js';
import { GroupStanding } from '../resilience/group-standing.service.js';
import { callKey } from './alert-notices.js';
import { AlertsRepository } from './alerts.repository.js';
import type { AlertFilter, AlertRow, CallRow, EventRow } from './alerts.types.js';

/** Alerts as pages show them. */
@Injectable()
export class AlertViews {
  constructor(
    private readonly repository: AlertsRepository,
    private readonly standing: GroupStanding,
    private readonly notifications: NotificationsService,
  ) {}

  page(scope: TenantScope, filter: AlertFilter, page: PageRequest): Promise<Page<AlertRow>> {
    return this.repository.page(scope, filter, page);
  }

  inScope(scope: TenantScope, id: string): Promise<AlertRow | null> {
    return this.repository.inScope(scope, id);
  }

  counts(scope: TenantScope) {
    return this.repository.counts(scope);
  }

  /** Batches for loaders. */
  readonly groups = (ids: readonly string[]) => this.standing.byIds(ids);
  readonly events = async (ids: readonly string[]): Promise<EventRow[][]> => {
    const of = Map.groupBy(await this.repository.events(ids), ({ alertId }) => alertId);
    return ids.map((id) => of.get(id) ?? []);
  };
  /** Those that are called for with each of these. */
  readonly behind = async (ids: readonly string[]): Promise<AlertRow[][]> => {
    const of = Map.groupBy(await this.repository.followers(ids), ({ headId }) => headId);
    return ids.map((id) => of.get(id) ?? []);
  };
  readonly calls = async (ids: readonly string[]): Promise<CallRow[][]> => {
    const of = Map.groupBy(await this.repository.calls(ids), ({ alertId }) => alertId);
    return ids.map((id) => of.get(id) ?? []);
  };
  readonly deliveries = async (callIds: readonly string[]): Promise<DeliveryOfNotice[][]> => {
    const of = Map.groupBy(await this.notifications.deliveriesOf(callIds.map(callKey)), ({ onceKey }) => onceKey);
    return callIds.map((id) => of.get(callKey(id)) ?? []);
  };
}
