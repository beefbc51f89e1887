/** DELETE: at once, or a mark and the wait for finalizers. */
import { timestamp } from '../clock.js';
import { type Json, type JsonObject, type KubeObject, listAt, textAt } from '../json.js';
import { namespace as namespaceKind } from '../kinds/core.js';
import type { Kind } from '../kinds/kind.js';
import { isDryRun } from './decode.js';
import type { Objects } from './objects.js';
import { ApiError, invalid, success } from './status.js';

export interface DeleteForm {
  readonly propagationPolicy: string | undefined;
  readonly uid: string | undefined;
  readonly resourceVersion: string | undefined;
  readonly dryRun: boolean;
}

export const FOREGROUND = 'foregroundDeletion';
export const ORPHAN = 'orphan';

export function deleteForm(body: Json | undefined, query: URLSearchParams): DeleteForm {
  const options = body ?? {};
  const propagationPolicy = textAt(options, 'propagationPolicy') ?? query.get('propagationPolicy') ?? undefined;
  if (propagationPolicy !== undefined && !['Foreground', 'Background', 'Orphan'].includes(propagationPolicy)) {
    throw invalid('meta.k8s.io', 'DeleteOptions', '', [
      {
        reason: 'FieldValueNotSupported',
        field: 'propagationPolicy',
        message: `Unsupported value: "${propagationPolicy}": supported values: "Foreground", "Background", "Orphan", "nil"`,
      },
    ]);
  }
  return {
    propagationPolicy,
    uid: textAt(options, 'preconditions', 'uid'),
    resourceVersion: textAt(options, 'preconditions', 'resourceVersion'),
    dryRun: isDryRun(query.get('dryRun') ?? listAt(options, 'dryRun')[0], 'DeleteOptions'),
  };
}

/** Deletes the object and gives the answer's body. */
export function deleteObject(
  objects: Objects,
  kind: Kind,
  live: KubeObject,
  form: DeleteForm,
  /** The kind that was asked for, where what is stored is another's. */
  shownAs: Kind = kind,
): JsonObject {
  checkPreconditions(kind, live, form);
  const marked = kind === namespaceKind ? terminating(objects, live) : held(objects, kind, live, form);
  if (marked !== undefined) {
    if (marked === live) return live;
    return form.dryRun ? marked : objects.store.put(kind, marked);
  }
  const last = form.dryRun ? live : objects.store.remove(kind, live);
  if (kind.answersDeleteWithObject) return last;
  return success({
    name: live.metadata.name,
    ...(shownAs.group === '' ? {} : { group: shownAs.group }),
    kind: shownAs.plural,
    uid: live.metadata.uid ?? '',
  });
}

/** A namespace stays, terminating, until it is empty. */
function terminating(objects: Objects, live: KubeObject): KubeObject | undefined {
  const holders = [...listAt(live, 'spec', 'finalizers'), ...listAt(live, 'metadata', 'finalizers')];
  if (holders.length === 0) return undefined;
  if (live.metadata.deletionTimestamp !== undefined) return live;
  return {
    ...live,
    metadata: { ...live.metadata, deletionTimestamp: timestamp(objects.clock) },
    status: { phase: 'Terminating' },
  };
}

function held(objects: Objects, kind: Kind, live: KubeObject, form: DeleteForm): KubeObject | undefined {
  const before = listAt(live, 'metadata', 'finalizers');
  const own = { Foreground: FOREGROUND, Orphan: ORPHAN }[form.propagationPolicy ?? ''];
  const others =
    form.propagationPolicy === undefined ? before : before.filter((each) => each !== FOREGROUND && each !== ORPHAN);
  const finalizers = own === undefined ? others : [...others, own];
  if (finalizers.length === 0) return undefined;
  const going = live.metadata.deletionTimestamp !== undefined;
  if (going && finalizers.length === before.length) return live;
  return {
    ...live,
    metadata: {
      ...live.metadata,
      finalizers,
      deletionTimestamp: live.metadata.deletionTimestamp ?? timestamp(objects.clock),
      deletionGracePeriodSeconds: 0,
      ...(kind.generation && !going ? { generation: Number(live.metadata.generation ?? 0) + 1 } : {}),
    },
  };
}

function checkPreconditions(kind: Kind, live: KubeObject, form: DeleteForm): void {
  const { name, resourceVersion, uid } = live.metadata;
  const qualifiedKind = kind.group === '' ? kind.kind : `${kind.kind}.${kind.group}`;
  const refuse = (why: string) =>
    new ApiError(409, 'Conflict', `Operation cannot be fulfilled on ${qualifiedKind} "${name}": ${why}`, {
      name,
      ...(kind.group === '' ? {} : { group: kind.group }),
      kind: kind.kind,
    });
  if (form.uid !== undefined && form.uid !== uid) {
    throw refuse(
      `the UID in the precondition (${form.uid}) does not match the UID in record (${String(uid)}). The object might have been deleted and then recreated`,
    );
  }
  if (form.resourceVersion !== undefined && form.resourceVersion !== resourceVersion) {
    throw refuse(
      `the ResourceVersion in the precondition (${form.resourceVersion}) does not match the ResourceVersion in record (${String(resourceVersion)}). The object might have been modified`,
    );
  }
}
