import DataLoader from 'dataloader';
import type { Response } from 'express';
import { GraphQLError } from 'graphql';
import { type Bilingual, type Locale, say } from '../../kernel/bilingual.js';
import {
  type Actor,
  type PermissionAction,
  type PermissionObject,
  scopeFor,
  type TenantScope,
  type Viewer,
} from '../../kernel/viewer.js';
import { forbidden, passwordFirst } from './errors.js';

export type Batch<K, V> = (keys: readonly K[]) => Promise<readonly V[]>;

/** Most keys of one IN list; the list pages are at most 100 rows, so one batch serves a page. */
const BATCH_SIZE_MAX = 500;

/** What one operation knows of its caller. A subscription's context lives as long as the subscription. */
export class RequestContext {
  // biome-ignore lint/complexity/noBannedTypes: the key is the batch function itself, whatever its types.
  private readonly loaders = new Map<Function, DataLoader<unknown, unknown>>();

  constructor(
    readonly viewer: Viewer | undefined,
    readonly locale: Locale,
    readonly actor: Actor,
    /** HTTP only; signing in sets a cookie. */
    readonly response: Response | undefined,
    /** Subscriptions read afresh at each event: a caching loader would answer with the row as it was at the first. */
    private readonly longLived: boolean,
  ) {}

  requireViewer(): Viewer {
    if (!this.viewer)
      throw new GraphQLError(this.say(say('请先登录', 'Please sign in')), { extensions: { code: 'UNAUTHENTICATED' } });
    if (this.viewer.mustChangePassword) throw passwordFirst(this.locale);
    return this.viewer;
  }

  /** The one act that is open before the first password was changed. */
  requireViewerToChangePassword(): Viewer {
    return this.viewer ?? this.requireViewer();
  }

  /** The viewer's scope for this act, or FORBIDDEN with whom to ask. */
  require(object: PermissionObject, action: PermissionAction): TenantScope {
    const scope = scopeFor(this.requireViewer(), object, action);
    if (!scope) throw forbidden(this.locale, object, action);
    return scope;
  }

  say(sentence: Bilingual): string {
    return sentence[this.locale];
  }

  /** One batching loader per operation and batch function. The function's identity must be stable: an arrow property. */
  loader<K, V>(batch: Batch<K, V>): DataLoader<K, V> {
    const known = this.loaders.get(batch) as DataLoader<K, V> | undefined;
    if (known) return known;
    const made = new DataLoader<K, V>(batch as DataLoader.BatchLoadFn<K, V>, {
      cache: !this.longLived,
      maxBatchSize: BATCH_SIZE_MAX,
    });
    this.loaders.set(batch, made as DataLoader<unknown, unknown>);
    return made;
  }
}

/** Puts rows in the order of the keys; a key without row is null. For batch functions. */
export function inOrderOf<T>(ids: readonly string[], rows: readonly T[], idOf: (row: T) => string): (T | null)[] {
  const byId = new Map(rows.map((row) => [idOf(row), row]));
  return ids.map((id) => byId.get(id) ?? null);
}
