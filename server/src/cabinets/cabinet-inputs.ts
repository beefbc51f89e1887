import type { Viewer } from '../kernel/viewer.js';
import { forbidden } from '../platform/graphql/errors.js';
import type { RequestContext } from '../platform/graphql/request-context.js';

/** The place is nobody's in particular: who changes it does so for the province. */
export function engineer(ctx: RequestContext, action: 'CREATE' | 'EDIT'): Viewer {
  if (ctx.require('CABINET', action).kind !== 'PROVINCE') throw forbidden(ctx.locale, 'CABINET', action);
  return ctx.requireViewer();
}

/** What an edit says. Left out means "as it is"; so does null, except of what may be taken away. */
export function changeOf<T extends object>(
  input: T,
  clearable: ReadonlySet<string>,
): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(
    Object.entries(input).filter(([field, value]) => value !== undefined && (value !== null || clearable.has(field))),
  ) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
