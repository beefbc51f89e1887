import { Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { say } from '../kernel/bilingual.js';
import { calendarDate } from '../kernel/calendar.js';
import { ok, refuse } from '../kernel/result.js';
import type { TenantScope, Viewer } from '../kernel/viewer.js';
import { typed } from './domain/field-checks.js';
import { checkEnd, checkLink, checkTakeBack } from './domain/project-record.js';
import type { PaymentLink } from './domain/system.js';
import { PROJECT, SYSTEM, unknown } from './domain/system-acts.js';
import { PaymentUse } from './payment-use.service.js';
import type { Answer } from './system-records.service.js';
import { SystemWrites } from './system-writes.repository.js';
import { SystemsRepository } from './systems.repository.js';

/** Which projects pay for a system, and for how long. */
@Injectable()
export class SystemLinks {
  constructor(
    private readonly repository: SystemsRepository,
    private readonly writes: SystemWrites,
    private readonly use: PaymentUse,
    private readonly acts: Acts,
  ) {}

  /**
   * The system is the viewer's to edit; the project need only be theirs to read, as when a province pays for a city's
   * system. Periods of one pair never overlap: the system's row is locked before they are read.
   */
  async linkProject(
    viewer: Viewer,
    scopes: { readonly system: TenantScope; readonly project: TenantScope },
    wish: {
      readonly systemId: string | undefined;
      readonly projectId: string | undefined;
      readonly from: string;
      readonly to: string | null;
      readonly idempotencyKey: string;
    },
  ): Answer {
    const { systemId, projectId } = wish;
    const [project] = projectId === undefined ? [] : await this.repository.projectsByIds(scopes.project, [projectId]);
    return this.acts.perform(
      { name: 'system.linkProject', actor: viewer, idempotencyKey: wish.idempotencyKey, input: wish },
      async (tx) => {
        const system = systemId === undefined ? null : await this.writes.lockedSystem(tx, scopes.system, systemId);
        if (!system || !project)
          return refuse([
            ...(system ? [] : [unknown(['systemId'], SYSTEM)]),
            ...(project ? [] : [unknown(['projectId'], PROJECT)]),
          ]);
        const link: PaymentLink = { systemId: system.id, projectId: project.id, from: wish.from, to: typed(wish.to) };
        const periods = await this.repository.links('systemId', [system.id], tx.manager);
        const refusals = checkLink(
          link,
          periods.filter((other) => other.projectId === project.id),
        );
        if (refusals.length > 0) return refuse(refusals);
        await this.writes.insert(tx, { links: [link] });
        return ok({
          value: { id: system.id },
          audit: {
            objectType: 'System',
            objectId: system.id,
            departmentId: system.departmentId,
            summary: say(
              `${project.code} 自 ${link.from} 起支付 ${system.name}`,
              `${project.code} pays for ${system.name} from ${link.from}`,
            ),
            after: link,
          },
        });
      },
    );
  }

  async endLink(
    viewer: Viewer,
    scope: TenantScope,
    wish: {
      readonly systemId: string | undefined;
      readonly projectId: string | undefined;
      readonly from: string;
      readonly to: string;
      readonly idempotencyKey: string;
    },
  ): Answer {
    return this.acts.perform(
      { name: 'system.endProjectLink', actor: viewer, idempotencyKey: wish.idempotencyKey, input: wish },
      async (tx) => {
        const system = wish.systemId === undefined ? null : await this.writes.lockedSystem(tx, scope, wish.systemId);
        if (!system) return refuse([unknown(['systemId'], SYSTEM)]);
        const periods = await this.repository.links('systemId', [system.id], tx.manager);
        const link = periods.find(({ projectId, from }) => projectId === wish.projectId && from === wish.from);
        if (!link) return refuse([unknown(['projectId'], PROJECT)]);
        const refusals = checkEnd(link, wish.to);
        if (refusals.length > 0) return refuse(refusals);
        await this.writes.endLink(tx, link, wish.to);
        return ok({
          value: { id: system.id },
          audit: {
            objectType: 'System',
            objectId: system.id,
            departmentId: system.departmentId,
            summary: say(
              `${system.name} 的项目付费期止于 ${wish.to}`,
              `A project stops paying for ${system.name} on ${wish.to}`,
            ),
            before: link,
            after: { ...link, to: wish.to },
          },
        });
      },
    );
  }

  /** Takes back a period that was written by mistake: it is gone, and the audit row says what it was and why. */
  async takeBackLink(
    viewer: Viewer,
    scope: TenantScope,
    wish: {
      readonly systemId: string | undefined;
      readonly projectId: string | undefined;
      readonly from: string;
      readonly reason: string;
      readonly idempotencyKey: string;
    },
  ): Answer {
    return this.acts.perform(
      { name: 'system.takeBackProjectLink', actor: viewer, idempotencyKey: wish.idempotencyKey, input: wish },
      async (tx) => {
        const system = wish.systemId === undefined ? null : await this.writes.lockedSystem(tx, scope, wish.systemId);
        if (!system) return refuse([unknown(['systemId'], SYSTEM)]);
        const periods = await this.repository.links('systemId', [system.id], tx.manager);
        const link = periods.find(({ projectId, from }) => projectId === wish.projectId && from === wish.from);
        if (!link) return refuse([unknown(['projectId'], PROJECT)]);
        const used = await this.use.of(tx, link);
        const refusals = checkTakeBack(link, { today: calendarDate(tx.now), used, reason: wish.reason });
        if (refusals.length > 0) return refuse(refusals);
        await this.writes.removeLink(tx, link);
        return ok({
          value: { id: system.id },
          audit: {
            objectType: 'System',
            objectId: system.id,
            departmentId: system.departmentId,
            summary: say(
              `撤回 ${system.name} 自 ${link.from} 起的项目付费期：${wish.reason.trim()}`,
              `Took back the period of a project for ${system.name} from ${link.from}: ${wish.reason.trim()}`,
            ),
            before: link,
            after: { reason: wish.reason.trim() },
          },
        });
      },
    );
  }
}
