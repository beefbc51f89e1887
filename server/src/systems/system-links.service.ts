import { Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { UserNames } from '../identity/user-names.service.js';
import { say } from '../kernel/bilingual.js';
import { calendarDate } from '../kernel/calendar.js';
import { ok, refuse } from '../kernel/result.js';
import type { TenantScope, Viewer } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import { FieldChecks, typed } from './domain/field-checks.js';
import { checkEnd, checkLink } from './domain/project-record.js';
import type { PaymentLink } from './domain/system.js';
import { PERSON, PROJECT, SYSTEM, unknown } from './domain/system-acts.js';
import type { VendorBinding } from './domain/vendor-binding.js';
import type { Answer } from './system-records.service.js';
import { SystemWrites } from './system-writes.repository.js';
import { SystemsRepository } from './systems.repository.js';

export interface BindingForm {
  /** With an account: by user name; then name is the account's. */
  readonly username: string | null;
  readonly name: string;
  readonly phone: string;
  readonly company: string;
  readonly until: string;
}

/** Lengths are those of the columns. */
const PERSON_NAME_LENGTH_MAX = 40;
const COMPANY_LENGTH_MAX = 120;

/** What a system is tied to for a time: projects that pay for it, and people of vendors who look after it. */
@Injectable()
export class SystemLinks {
  constructor(
    private readonly repository: SystemsRepository,
    private readonly writes: SystemWrites,
    private readonly users: UserNames,
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

  /** Binds a company's person until a day. One with an account must be a vendor's staff of the system's department. */
  async bind(
    viewer: Viewer,
    scope: TenantScope,
    wish: { readonly systemId: string | undefined; readonly form: BindingForm; readonly idempotencyKey: string },
  ): Answer {
    const { form, systemId } = wish;
    const username = typed(form.username);
    const user = username === null ? null : await this.users.activeByName(username);
    return this.acts.perform(
      { name: 'system.bindVendorStaff', actor: viewer, idempotencyKey: wish.idempotencyKey, input: wish },
      async (tx) => {
        const system = systemId === undefined ? null : await this.writes.lockedSystem(tx, scope, systemId);
        if (!system) return refuse([unknown(['systemId'], SYSTEM)]);
        const isTheirs = user?.departmentId === system.departmentId && user.roles.includes('VENDOR_STAFF');
        if (username !== null && !isTheirs) return refuse([unknown(['username'], PERSON)]);
        const checks = new FieldChecks([]);
        if (user === null) checks.text('name', form.name, PERSON_NAME_LENGTH_MAX);
        checks.phone('phone', form.phone);
        checks.text('company', form.company, COMPANY_LENGTH_MAX);
        checks.date('until', form.until);
        if (form.until < calendarDate(tx.now))
          checks.refuse('until', 'future', say('截止日期不能早于今天', 'The last day cannot lie before today'));
        if (checks.refusals.length > 0) return refuse(checks.refusals);
        const binding: VendorBinding = {
          id: newId(tx.now.getTime()),
          systemId: system.id,
          userId: user?.id ?? null,
          name: user?.displayName ?? form.name.trim(),
          phone: form.phone.trim(),
          company: form.company.trim(),
          until: form.until,
        };
        await this.writes.insert(tx, { bindings: [binding] });
        return ok({
          value: { id: system.id },
          audit: {
            objectType: 'System',
            objectId: system.id,
            departmentId: system.departmentId,
            summary: say(
              `${binding.company} ${binding.name} 绑定 ${system.name} 至 ${binding.until}`,
              `Bind ${binding.name} of ${binding.company} to ${system.name} until ${binding.until}`,
            ),
            after: binding,
          },
        });
      },
    );
  }

  /** From this moment the person has no reach to the system; the row stays. */
  async unbind(
    viewer: Viewer,
    scope: TenantScope,
    wish: {
      readonly systemId: string | undefined;
      readonly bindingId: string | undefined;
      readonly idempotencyKey: string;
    },
  ): Answer {
    return this.acts.perform(
      { name: 'system.unbindVendorStaff', actor: viewer, idempotencyKey: wish.idempotencyKey, input: wish },
      async (tx) => {
        const system = wish.systemId === undefined ? null : await this.writes.lockedSystem(tx, scope, wish.systemId);
        if (!system) return refuse([unknown(['systemId'], SYSTEM)]);
        const binding = wish.bindingId === undefined ? null : await this.writes.openBinding(tx, wish.bindingId);
        if (binding?.systemId !== system.id) return refuse([unknown(['bindingId'], PERSON)]);
        await this.writes.unbind(tx, binding.id);
        return ok({
          value: { id: system.id },
          audit: {
            objectType: 'System',
            objectId: system.id,
            departmentId: system.departmentId,
            summary: say(
              `${binding.company} ${binding.name} 解除绑定 ${system.name}`,
              `Unbind ${binding.name} of ${binding.company} from ${system.name}`,
            ),
            before: binding,
          },
        });
      },
    );
  }
}
