import { timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { Acts } from '../audit/acts.service.js';
import { DepartmentsService } from '../departments/departments.service.js';
import { HttpCallers, httpError } from '../identity/http-callers.service.js';
import { PeopleRights } from '../identity/people-rights.service.js';
import { type Locale, say } from '../kernel/bilingual.js';
import { CLOCK, type Clock } from '../kernel/clock.js';
import { ok } from '../kernel/result.js';
import { type Actor, type PermissionObject, type Rights, scopeFor, type TenantScope } from '../kernel/viewer.js';
import { newId } from '../platform/database/ids.js';
import { localeOf } from '../platform/http/caller.js';
import {
  type ExportName,
  refusalOf,
  type ShownToken,
  shownToken,
  TOKEN_ANSWERS,
  type TokenRefusal,
} from './domain/token.js';
import type { ExportTokenEntity } from './tokens.entity.js';
import { TokensRepository } from './tokens.repository.js';
import { TokensService } from './tokens.service.js';

/** Who asks for an export, and whose rows may be in it. */
export interface ExportCaller {
  readonly actor: Actor;
  readonly locale: Locale;
  readonly scope: TenantScope;
  /** null = in person, by a session. */
  readonly token: { readonly id: string; readonly purpose: string } | null;
}

/** What each export is made of; reading it is what exporting it needs. */
const NEEDS: { readonly [E in ExportName]: PermissionObject } = {
  ...{ FOCUS: 'BUDGET', STATEMENT: 'BUDGET', COSTS: 'BUDGET', BUDGETS: 'BUDGET' },
  ...{ RECONCILIATION: 'SPEND', CONTRACTS: 'SPEND', PAYMENTS: 'SPEND' },
};
/** Of a token that there is none of: compared all the same, so that the answer takes as long. */
const NO_HASH = Buffer.alloc(32);

/** Lets a person or a token in, to one named export. */
@Injectable()
export class ExportCallers {
  constructor(
    private readonly callers: HttpCallers,
    private readonly people: PeopleRights,
    private readonly departments: DepartmentsService,
    private readonly repository: TokensRepository,
    private readonly tokens: TokensService,
    private readonly acts: Acts,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Throws 401, 403 or 429. A token is a header and never a part of an address, which would stand in logs. */
  async callerOf(request: Request, name: ExportName): Promise<ExportCaller> {
    const shown = shownToken(request.headers.authorization);
    const locale = localeOf(request.headers['accept-language'], undefined);
    if (shown !== undefined) return this.byToken(shown, name, request.socket.remoteAddress ?? null, locale);
    const caller = await this.callers.callerOf(request);
    const scope = scopeOf(caller.viewer, name);
    if (!scope) throw httpError(403, 'FORBIDDEN', say('您无权导出', 'You may not export this'), caller.locale);
    return { actor: caller.viewer, locale: caller.locale, scope, token: null };
  }

  private async byToken(
    shown: ShownToken | null,
    name: ExportName,
    address: string | null,
    locale: Locale,
  ): Promise<ExportCaller> {
    const token = shown && (await this.repository.byPublicId(shown.publicId));
    const right = timingSafeEqual(
      Buffer.from(this.tokens.hashOf(shown?.secret ?? ''), 'hex'),
      token ? Buffer.from(token.secretHash, 'hex') : NO_HASH,
    );
    if (!token || !right) throw httpError(401, 'UNAUTHENTICATED', say('令牌无效', 'The token is none of ours'), locale);
    const now = this.clock.now();
    const actor: Actor = {
      ...{ userId: token.ownerId, name: token.ownerName, departmentId: token.ownerDepartmentId },
      ...{ address, traceId: newId(now.getTime()) },
    };
    const refused = refusalOf(token, name, now);
    // As many a minute are written down as it may be used: whoever keeps a dead token fills no record with it.
    if (refused) return this.refuse(token, actor, refused, name, locale, await this.repository.knock(token.id, now));
    if (!(await this.repository.use(token.id, address, now))) return this.refuse(token, actor, 'RATE', name, locale);
    const scope = await this.scopeOfToken(token, name);
    if (!scope) return this.refuse(token, actor, 'PERSON', name, locale);
    return { actor, locale, scope, token: { id: token.id, purpose: token.purpose } };
  }

  /** What its owner may read at this moment, and of that what it was made for. null = he may no longer read anything. */
  private async scopeOfToken(token: ExportTokenEntity, name: ExportName): Promise<TenantScope | null> {
    const [person] = await this.people.of([token.ownerId]);
    const scope = person?.active ? scopeOf(person, name) : undefined;
    if (!scope) return null;
    if (token.departmentId === null) return scope;
    const tree = await this.departments.wholeTreeIds(token.departmentId);
    const departmentIds = scope.kind === 'PROVINCE' ? tree : tree.filter((id) => scope.departmentIds.includes(id));
    return { kind: 'DEPARTMENTS', departmentIds };
  }

  /** Of a token that is known: somebody has it, so its refusals are evidence. Too many uses alone are not written down. */
  private async refuse(
    { departmentId, id, ownerDepartmentId, purpose }: ExportTokenEntity,
    actor: Actor,
    refusal: TokenRefusal,
    name: ExportName,
    locale: Locale,
    written = refusal !== 'RATE',
  ): Promise<never> {
    const [status, message] = TOKEN_ANSWERS[refusal];
    if (written)
      await this.acts.perform({ name: 'export.refuse', actor, input: null }, async () =>
        ok({
          value: null,
          audit: {
            ...{ objectType: 'ExportToken', objectId: id, departmentId: departmentId ?? ownerDepartmentId },
            summary: say(`令牌导出被拒：${purpose}`, `An export by token was refused: ${purpose}`),
            after: { export: name, refusal },
            outcome: 'REFUSED',
          },
        }),
      );
    const code = status === 401 ? 'UNAUTHENTICATED' : 'FORBIDDEN';
    throw httpError(status, code, message, locale);
  }
}

function scopeOf(rights: Rights, name: ExportName): TenantScope | undefined {
  return scopeFor(rights, NEEDS[name], 'READ');
}
