import { Inject, Injectable } from '@nestjs/common';
import { Acts } from '../audit/acts.service.js';
import { UserNames } from '../identity/user-names.service.js';
import { say } from '../kernel/bilingual.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import { ok, refuse } from '../kernel/result.js';
import type { Viewer } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import { DUPLICATE_KEY_ERRNO, errnoOf, type Tx } from '../platform/database/unit-of-work.js';
import { inOrderOf } from '../platform/graphql/request-context.js';
import { CompaniesRepository } from './companies.repository.js';
import { type Answer, changedMeanwhile, invalid, unknown } from './order-refusals.js';
import type { CompanyRow } from './workorders.types.js';

const NAME_LENGTH_MAX = 60;
/** A center has a handful of companies in its rooms. */
const COMPANIES_SHOWN_MAX = 200;
const MEMBERS_MAX = 200;

export interface CompanyWish {
  /** null = a new one. */
  readonly id: string | null | undefined;
  readonly expectedVersion: number | null;
  readonly name: string;
  readonly active: boolean;
  readonly usernames: readonly string[];
  readonly idempotencyKey: string;
}

/** The companies that run the place, and their people who work the orders. */
@Injectable()
export class Companies {
  constructor(
    private readonly repository: CompaniesRepository,
    private readonly names: UserNames,
    private readonly acts: Acts,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  list(): Promise<CompanyRow[]> {
    return this.repository.all(COMPANIES_SHOWN_MAX);
  }

  /** Batch for loaders. Unscoped: a name that whoever sees the order may see. */
  readonly companies = async (ids: readonly string[]): Promise<(CompanyRow | null)[]> =>
    inOrderOf(ids, await this.repository.byIds(ids), (company) => company.id);

  /** Batch for loaders. */
  readonly membersOf = async (companyIds: readonly string[]): Promise<string[][]> => {
    const members = Map.groupBy(await this.repository.membersOf(companyIds), (member) => member.companyId);
    return companyIds.map((id) => (members.get(id) ?? []).map((member) => member.userId));
  };

  companyOf(userId: string): Promise<string | null> {
    return this.repository.companyOf(userId);
  }

  async peopleOf(tx: Tx, companyId: string | null): Promise<string[]> {
    if (companyId === null) return [];
    return (await this.repository.membersOf([companyId], tx)).map((member) => member.userId);
  }

  /** In the transaction of an assignment: open, and the person is of it. */
  async fits(tx: Tx, companyId: string, assigneeId: string | null): Promise<boolean> {
    const company = await this.repository.locked(tx, companyId);
    if (!company?.active) return false;
    if (assigneeId === null) return true;
    return (await this.repository.membersOf([companyId], tx)).some((member) => member.userId === assigneeId);
  }

  async save(viewer: Viewer, wish: CompanyWish): Answer {
    const name = wish.name.trim();
    const people = await Promise.all(
      wish.usernames.slice(0, MEMBERS_MAX + 1).map((username) => this.names.activeByName(username)),
    );
    const id = wish.id ?? newId(this.clock.now().getTime());
    return this.acts.perform(
      { name: 'workorder.saveCompany', actor: viewer, idempotencyKey: wish.idempotencyKey, input: wish },
      async (tx) => {
        const refusals = people.flatMap((person, at) =>
          person?.roles.includes('PROVIDER_OPERATOR')
            ? []
            : [
                invalid(
                  ['usernames', String(at)],
                  'operator',
                  `${wish.usernames[at]} 不是服务商运维人员账号`,
                  `${wish.usernames[at]} is no account of a provider's operator`,
                ),
              ],
        );
        if (wish.usernames.length > MEMBERS_MAX)
          refusals.push(invalid(['usernames'], 'count', `最多 ${MEMBERS_MAX} 人`, `At most ${MEMBERS_MAX} people`));
        if (name === '' || name.length > NAME_LENGTH_MAX)
          refusals.push(
            invalid(
              ['name'],
              'length',
              `名称须为 1 至 ${NAME_LENGTH_MAX} 字`,
              `A name of 1 to ${NAME_LENGTH_MAX} characters`,
            ),
          );
        if (refusals.length > 0) return refuse(refusals);
        const before = wish.id === null ? null : await this.repository.locked(tx, id);
        if (wish.id !== null && !before) return refuse([unknown(['id'], say('服务商', 'company'))]);
        if (before && before.version !== wish.expectedVersion)
          return refuse([changedMeanwhile(wish.expectedVersion ?? 0, before.version)]);
        try {
          if (before) await this.repository.update(tx, id, { name, active: wish.active, version: before.version + 1 });
          else await this.repository.insert(tx, { id, name, active: wish.active, version: 1, createdAt: tx.now });
        } catch (error) {
          if (errnoOf(error) !== DUPLICATE_KEY_ERRNO) throw error;
          return refuse([invalid(['name'], 'unique', '已有同名服务商', 'There is a company of that name')]);
        }
        const userIds = [...new Set(people.flatMap((person) => person?.id ?? []))];
        await this.repository.setMembers(tx, id, userIds);
        return ok({
          value: { id },
          audit: {
            objectType: 'ProviderCompany',
            objectId: id,
            departmentId: null,
            summary: say(`保存服务商 ${name}`, `Save company ${name}`),
            before: before && { name: before.name, active: before.active },
            after: { name, active: wish.active, members: wish.usernames },
          },
        });
      },
    );
  }

  /** Takes in rows that are known to be well-formed, as the demonstration does. */
  async add(
    tx: Tx,
    company: { readonly id: string; readonly name: string },
    userIds: readonly string[],
  ): Promise<void> {
    await this.repository.insert(tx, { ...company, active: true, version: 1, createdAt: tx.now });
    await this.repository.setMembers(tx, company.id, userIds);
  }
}
