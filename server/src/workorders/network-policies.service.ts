import { Inject, Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { DepartmentsService } from '../departments/departments.service.js';
import type { Change } from '../freezes/domain/freeze.js';
import { FreezeGate } from '../freezes/freeze-gate.service.js';
import { say } from '../kernel/bilingual.js';
import { accountingYear, calendarDate } from '../kernel/calendar.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import type { Page, PageRequest } from '../kernel/page.js';
import type { Refusal } from '../kernel/refusal.js';
import { ok, refuse } from '../kernel/result.js';
import { type Actor, covers, scopeFor, type TenantScope, type Viewer, WHOLE_PROVINCE } from '../kernel/viewer.js';
import { CodeSequence } from '../platform/database/code-sequence.js';
import { newId } from '../platform/database/ids.js';
import { Notices } from '../platform/notices/notices.js';
import { SystemSites } from '../resources/system-sites.service.js';
import { SystemsService } from '../systems/systems.service.js';
import {
  checkPolicy,
  type PolicyAction,
  type PolicyState,
  type PolicyWish,
  policyAfter,
} from './domain/network-policy.js';
import { NetworkPoliciesRepository, type PolicyRow, type PolicySiteRow } from './network-policies.repository.js';
import { newPolicy } from './new-policy.js';
import { type Answer, changedMeanwhile, invalid, unknown } from './order-refusals.js';
import { PolicyClosing } from './policy-closing.service.js';
import { PolicyOpening } from './policy-opening.service.js';

export interface PolicyAct {
  readonly id: string | undefined;
  readonly expectedVersion: number;
  readonly idempotencyKey: string;
  readonly opinion: string | null;
}

const OPINION_LENGTH_MAX = 500;
const unknownPolicy = (): Refusal => unknown(['id'], say('网络策略', 'network policy'));

/** What may be reached of a system: a department asks, its head or the center allows, clusters and people follow. */
@Injectable()
export class NetworkPolicies {
  constructor(
    private readonly repository: NetworkPoliciesRepository,
    private readonly systems: SystemsService,
    private readonly departments: DepartmentsService,
    private readonly sites: SystemSites,
    private readonly opening: PolicyOpening,
    private readonly closing: PolicyClosing,
    private readonly freezes: FreezeGate,
    private readonly codes: CodeSequence,
    private readonly notices: Notices,
    private readonly acts: Acts,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  inScope(scope: TenantScope, id: string): Promise<PolicyRow | null> {
    return this.repository.inScope(scope, id);
  }

  page(
    scope: TenantScope,
    filter: { readonly systemId: string | null; readonly states: readonly PolicyState[] | null },
    page: PageRequest,
  ): Promise<Page<PolicyRow>> {
    return this.repository.page(scope, filter, page);
  }

  /** Batch for loaders; callers have been let see the policies. */
  readonly sitesOf = async (ids: readonly string[]): Promise<PolicySiteRow[][]> => {
    const sites = Map.groupBy(await this.repository.sitesOf(ids), (site) => site.policyId);
    return ids.map((id) => sites.get(id) ?? []);
  };

  /** 申请: of a system that is the applicant's to ask for. */
  async apply(viewer: Viewer, systemId: string | undefined, wish: PolicyWish, idempotencyKey: string): Answer {
    const scope = scopeFor(viewer, 'WORK_ORDER', 'CREATE') as TenantScope;
    const system = systemId ? await this.systems.system(scope, systemId) : null;
    const peer = wish.peerSystemId ? await this.systems.system(scope, wish.peerSystemId) : null;
    const [department] = system ? await this.departments.departments([system.departmentId]) : [];
    const code = await this.codes.next('CL', accountingYear(this.clock.now()));
    return this.acts.perform(
      { name: 'networkpolicy.apply', actor: viewer, idempotencyKey, input: { systemId, wish } },
      async (tx) => {
        if (!system || !department) return refuse([unknown(['systemId'], say('系统', 'system'))]);
        if (wish.peerSystemId !== null && peer?.departmentId !== system.departmentId)
          return refuse([unknown(['peerSystemId'], say('系统', 'system'))]);
        const checked = checkPolicy(wish, calendarDate(tx.now));
        if (!checked.ok) return checked;
        const row = newPolicy(newId(tx.now.getTime()), code, checked.value, tx.now, {
          system: { id: system.id, code: system.code, departmentId: system.departmentId },
          departmentCode: department.code,
          peerSystemCode: peer?.code ?? null,
          applicant: viewer,
        });
        await this.repository.insert(tx, row);
        await this.notices.tell(tx, {
          kind: 'WORK_WAITING',
          subject: { type: 'System', id: row.systemId },
          audience: {
            roles: row.exposed
              ? [{ role: 'CENTER_REVIEWER', departmentId: null }]
              : [{ role: 'DEPARTMENT_HEAD', departmentId: row.departmentId }],
            except: [viewer.userId],
          },
          text: say(`网络策略 ${code} 待您审定`, `Network policy ${code} waits for your decision`),
          onceKey: null,
        });
        tx.changed('networkPolicy', row.id);
        return ok({
          value: { id: row.id },
          audit: factOf(row, say(`申请网络策略 ${code}`, `Ask for network policy ${code}`)),
        });
      },
    );
  }

  /** Which acts are open to the viewer. Nobody allows what he asked for; what faces the outside the center decides. */
  actionsOf(viewer: Viewer, policy: PolicyRow): PolicyAction[] {
    const actions: PolicyAction[] = [];
    const heads = covers(scopeFor(viewer, 'REQUEST', 'SIGN_OFF'), policy.departmentId) && !policy.exposed;
    const reviews = viewer.roles.includes('CENTER_REVIEWER') && scopeFor(viewer, 'REQUEST', 'REVIEW') !== undefined;
    if (policy.state === 'SUBMITTED' && policy.applicantId !== viewer.userId && (heads || reviews))
      actions.push('ALLOW', 'REJECT');
    const owns = covers(scopeFor(viewer, 'WORK_ORDER', 'CREATE'), policy.departmentId);
    if ((policy.state === 'SUBMITTED' || policy.state === 'ACTIVE') && (owns || reviews)) actions.push('END');
    return actions;
  }

  async act(viewer: Viewer, scope: TenantScope, action: 'ALLOW' | 'REJECT' | 'END', wish: PolicyAct): Answer {
    const known = wish.id ? await this.repository.inScope(scope, wish.id) : null;
    const where = known && action === 'ALLOW' ? await this.sites.of(known.systemId) : [];
    return this.acts.perform(
      {
        name: `networkpolicy.${action.toLowerCase()}`,
        actor: viewer,
        idempotencyKey: wish.idempotencyKey,
        input: wish,
      },
      async (tx) => {
        const policy = await this.repository.locked(tx, scope, wish.id);
        if (!policy) return refuse([unknownPolicy()]);
        const to = policyAfter(policy.state, action);
        if (to === undefined || !this.actionsOf(viewer, policy).includes(action))
          return refuse([notOpen(policy, action)]);
        if (policy.version !== wish.expectedVersion)
          return refuse([changedMeanwhile(wish.expectedVersion, policy.version)]);
        const opinion = wish.opinion?.trim() || null;
        if (action === 'REJECT' && opinion === null)
          return refuse([invalid(['opinion'], 'required', '请说明原因', 'Say why')]);
        if (opinion !== null && opinion.length > OPINION_LENGTH_MAX)
          return refuse([
            invalid(['opinion'], 'length', `最多 ${OPINION_LENGTH_MAX} 字`, `At most ${OPINION_LENGTH_MAX} characters`),
          ]);
        if (action === 'ALLOW') {
          // A way is opened after the freeze. What closes one waits for nobody: that is how somebody who breaks in is kept out.
          const frozen = await this.freezes.refused(tx, changeOfPolicy(policy, where));
          if (frozen.length > 0) return refuse(frozen);
          const opened = await this.opening.open(tx, policy, where);
          if (!opened.ok) return opened;
        }
        await this.repository.update(tx, policy.id, {
          state: to,
          version: policy.version + 1,
          opinion,
          ...(action === 'END' ? {} : { decidedBy: viewer.name, decidedAt: tx.now }),
          ...(to === 'ENDED' || to === 'REJECTED' ? { endedAt: tx.now } : {}),
        });
        if (to === 'ENDING') await this.closing.close(tx, policy, viewer);
        tx.changed('networkPolicy', policy.id);
        return ok({
          value: { id: policy.id },
          audit: factOf(
            { ...policy, state: to },
            say(`网络策略 ${policy.code}：${WORDS[action].zh}`, `Network policy ${policy.code}: ${WORDS[action].en}`),
          ),
        });
      },
    );
  }

  /** Ends what has passed its last day. */
  async endOne(actor: Actor, id: string): Promise<void> {
    await this.acts.perform({ name: 'networkpolicy.expire', actor, input: { id } }, async (tx) => {
      const policy = await this.repository.locked(tx, WHOLE_PROVINCE, id);
      if (policy?.state !== 'ACTIVE' || policy.untilDate === null || policy.untilDate >= calendarDate(tx.now))
        return refuse([unknownPolicy()]);
      await this.repository.update(tx, id, { state: 'ENDING', version: policy.version + 1 });
      await this.closing.close(tx, policy, actor);
      tx.changed('networkPolicy', id);
      return ok({
        value: { id },
        audit: factOf(
          policy,
          say(`网络策略 ${policy.code} 到期关闭`, `Network policy ${policy.code} ran out and is closed`),
        ),
      });
    });
  }
}

const WORDS = { ALLOW: say('同意', 'allow'), REJECT: say('驳回', 'reject'), END: say('关闭', 'end') };

function changeOfPolicy({ systemId }: PolicyRow, where: readonly { readonly centerId: string }[]): Change {
  return {
    centerIds: [...new Set(where.map(({ centerId }) => centerId))],
    subjects: [{ type: 'System', id: systemId }],
  };
}

function notOpen(policy: PolicyRow, action: string): Refusal {
  return {
    code: 'ILLEGAL_TRANSITION',
    path: ['id'],
    state: policy.state,
    action,
    message: say(
      `策略 ${policy.code} 的状态或您的身份不允许此操作，未作任何更改`,
      `The state of policy ${policy.code}, or your part in it, does not allow this; nothing was changed`,
    ),
  };
}

function factOf(policy: PolicyRow, summary: ReturnType<typeof say>) {
  const { id, departmentId, state, direction, protocol, peerCidr, peerSystemCode, ports, untilDate } = policy;
  return {
    objectType: 'NetworkPolicy',
    objectId: id,
    departmentId,
    summary,
    after: { state, direction, protocol, peerCidr, peerSystemCode, ports: [...ports], untilDate },
  };
}
