import { Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { Sessions } from '../identity/sessions.service.js';
import { UserNames } from '../identity/user-names.service.js';
import { say } from '../kernel/bilingual.js';
import { calendarDate } from '../kernel/calendar.js';
import { ok, refuse } from '../kernel/result.js';
import type { TenantScope, Viewer } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import { FieldChecks, typed } from './domain/field-checks.js';
import { PERSON, SYSTEM, unknown } from './domain/system-acts.js';
import type { VendorBinding } from './domain/vendor-binding.js';
import type { Answer } from './system-records.service.js';
import { SystemWrites } from './system-writes.repository.js';

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

/** People of vendors who look after a system: what they are bound to is all that they reach. */
@Injectable()
export class VendorBindings {
  constructor(
    private readonly writes: SystemWrites,
    private readonly users: UserNames,
    private readonly sessions: Sessions,
    private readonly acts: Acts,
  ) {}

  /** Binds a company's person until a day. One with an account must be a vendor's staff of the system's department. */
  async bind(
    viewer: Viewer,
    scope: TenantScope,
    wish: { readonly systemId: string | undefined; readonly form: BindingForm; readonly idempotencyKey: string },
  ): Answer {
    const { form, systemId } = wish;
    const username = typed(form.username);
    const user = username === null ? null : await this.users.activeByName(username);
    const theirs = user ? await this.users.departmentsAs('VENDOR_STAFF', user.id) : [];
    return this.acts.perform(
      { name: 'system.bindVendorStaff', actor: viewer, idempotencyKey: wish.idempotencyKey, input: wish },
      async (tx) => {
        const system = systemId === undefined ? null : await this.writes.lockedSystem(tx, scope, systemId);
        if (!system) return refuse([unknown(['systemId'], SYSTEM)]);
        if (username !== null && !theirs.includes(system.departmentId)) return refuse([unknown(['username'], PERSON)]);
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

  /** From this moment the person has no reach to the system, nor a page that is still open on it; the row stays. */
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
        if (binding.userId !== null) await this.sessions.endAllOf(tx, binding.userId);
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
