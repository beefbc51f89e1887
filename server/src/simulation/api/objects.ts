/** Every write to a cluster's objects goes through here, whoever makes it: requests and stages alike. */
import { randomBytes, randomUUID } from 'node:crypto';
import { type SimulationClock, timestamp } from '../clock.js';
import { applyAs } from '../fields/kubectl-apply.js';
import { ownUpdate, type Writer } from '../fields/managed-fields.js';
import { at, equal, isObject, type JsonObject, type KubeObject, listAt, textAt } from '../json.js';
import { namespace as namespaceKind } from '../kinds/core.js';
import type { FieldProblem, Find, Kind } from '../kinds/kind.js';
import { type Store, withRevision } from '../store/store.js';
import { filled } from './defaults.js';
import { withinLimits } from './limit-range.js';
import { metadataProblems } from './metadata-check.js';
import { admit } from './quota.js';
import { violations } from './schema-check.js';
import { ApiError, alreadyExists, badRequest, conflict, forbidden, invalid, notFound } from './status.js';

export interface WriteForm {
  readonly manager: string;
  readonly subresource: '' | 'status';
  /** All checks are made and the answer is given, but nothing is stored. */
  readonly dryRun: boolean;
}

const modified = 'the object has been modified; please apply your changes to the latest version and try again';
const uncheckedRules: FieldProblem = {
  reason: 'FieldValueInvalid',
  field: '<nil>',
  message:
    'Invalid value: null: some validation rules were not checked because the object was invalid; correct the existing errors to complete validation',
};
/** Faults after which a real server does not evaluate a CRD's rules. */
const blockingReasons = [
  'FieldValueNotSupported',
  'FieldValueRequired',
  'FieldValueTooLong',
  'FieldValueTooMany',
  'FieldValueTypeInvalid',
];

export class Objects {
  constructor(
    readonly store: Store,
    readonly clock: SimulationClock,
    /** Whether the operators' webhooks stand. */
    readonly operators: boolean,
  ) {}

  create(kind: Kind, namespace: string, body: KubeObject, form: WriteForm): KubeObject {
    this.#mayCreateIn(kind, namespace, body);
    const named = filled(kind, this.#fresh(kind, namespace, body));
    const prepared = cleaned(kind.prepareCreate?.(named) ?? named);
    const base = emptyOf(kind, prepared);
    // A real server notes owners before it fills in spec and status itself.
    const written = { ...prepared };
    for (const key of ['spec', 'status']) {
      if (named[key] === undefined) delete written[key];
      else written[key] = named[key] ?? null;
    }
    const { metadata } = ownUpdate(kind, base, written, this.#writer(form));
    return this.#insert(kind, { ...prepared, metadata }, form);
  }

  /** Creates or changes what is there to the applied intent. */
  apply(
    kind: Kind,
    namespace: string,
    intent: KubeObject,
    form: WriteForm,
    force: boolean,
  ): KubeObject & { created?: never } {
    const { name } = intent.metadata;
    const live = this.store.get(kind, namespace, name);
    if (live !== undefined) {
      return this.update(kind, live, applyAs(kind, live, intent, this.#writer(form), force), form, true);
    }
    if (form.subresource !== '') throw notFound(kind, name);
    const uid = textAt(intent, 'metadata', 'uid');
    if (uid !== undefined) {
      throw conflict(
        kind,
        name,
        `uid mismatch: the provided object specified uid ${uid}, and no existing object was found`,
      );
    }
    this.#mayCreateIn(kind, namespace, intent);
    const base = emptyOf(kind, { ...intent, metadata: { name, ...(kind.namespaced ? { namespace } : {}) } });
    const { resourceVersion: _, ...metadata } = intent.metadata;
    const applied = applyAs(kind, base, { ...intent, metadata }, this.#writer(form), force);
    const named = filled(kind, this.#fresh(kind, namespace, applied));
    return this.#insert(kind, cleaned(kind.prepareCreate?.(named) ?? named), form);
  }

  update(kind: Kind, live: KubeObject, asked: KubeObject, form: WriteForm, ownersKnown = false): KubeObject {
    const { name } = live.metadata;
    const resourceVersion = textAt(asked, 'metadata', 'resourceVersion') ?? '';
    if (resourceVersion !== '' && resourceVersion !== live.metadata.resourceVersion)
      throw conflict(kind, name, modified);
    const scoped = filled(kind, this.#scoped(kind, live, asked, form));
    const owned = ownersKnown ? scoped : ownUpdate(kind, live, scoped, this.#writer(form));
    const next = this.#withGeneration(kind, live, owned);
    this.#validate(kind, next, live, form);
    if (sameButTimes(live, next)) return live;
    if (isReleased(kind, next)) {
      if (!form.dryRun) this.store.remove(kind, live);
      return withRevision(next, Number(live.metadata.resourceVersion));
    }
    if (form.dryRun) return next;
    admit(this.store, kind, next, live);
    return this.store.put(kind, next);
  }

  /** The object as the write may change it: the server's own fields, and those of the other part, stay as they are. */
  #scoped(kind: Kind, live: KubeObject, asked: KubeObject, form: WriteForm): KubeObject {
    if (form.subresource === 'status') {
      const { managedFields } = asked.metadata;
      const { managedFields: _, ...rest } = live.metadata;
      const metadata = managedFields === undefined ? live.metadata : { ...rest, managedFields };
      return asked.status === undefined
        ? (({ status: __, ...object }) => ({ ...object, metadata }) as KubeObject)(live)
        : { ...live, metadata, status: asked.status };
    }
    const metadata: KubeObject['metadata'] = { ...asked.metadata, uid: asked.metadata.uid ?? live.metadata.uid ?? '' };
    for (const key of ['creationTimestamp', 'deletionTimestamp', 'deletionGracePeriodSeconds', 'generation'] as const) {
      delete metadata[key];
      const value = live.metadata[key];
      if (value !== undefined) metadata[key] = value;
    }
    metadata.name = live.metadata.name;
    delete metadata.namespace;
    if (live.metadata.namespace !== undefined) metadata.namespace = live.metadata.namespace;
    metadata.resourceVersion = live.metadata.resourceVersion ?? '';
    const kept: KubeObject = { ...asked, metadata };
    if (kind.statusSubresource) {
      delete kept.status;
      if (live.status !== undefined) kept.status = live.status;
    }
    return cleaned(kind.prepareUpdate?.(kept, live) ?? kept);
  }

  #withGeneration(kind: Kind, live: KubeObject, next: KubeObject): KubeObject {
    if (!kind.generation) return next;
    const counted = ({ metadata: _, status, ...rest }: KubeObject) =>
      kind.statusSubresource || status === undefined ? rest : { ...rest, status };
    if (equal(counted(live) as JsonObject, counted(next) as JsonObject)) return next;
    return { ...next, metadata: { ...next.metadata, generation: Number(live.metadata.generation ?? 0) + 1 } };
  }

  #fresh(kind: Kind, namespace: string, body: KubeObject): KubeObject {
    const prefix = textAt(body, 'metadata', 'generateName');
    const given = textAt(body, 'metadata', 'name') ?? '';
    const name =
      given === '' && prefix !== undefined ? `${prefix}${randomBytes(3).toString('hex').slice(0, 5)}` : given;
    const { deletionTimestamp: _, deletionGracePeriodSeconds: __, selfLink: ___, ...metadata } = body.metadata;
    const object: KubeObject = {
      ...body,
      metadata: {
        ...metadata,
        name,
        ...(kind.namespaced ? { namespace } : {}),
        uid: randomUUID(),
        creationTimestamp: timestamp(this.clock),
        ...(kind.generation ? { generation: 1 } : {}),
      },
    };
    if (!kind.generation) delete object.metadata.generation;
    if (!kind.namespaced) delete object.metadata.namespace;
    if (kind.statusSubresource) delete object.status;
    return object;
  }

  #insert(kind: Kind, asked: KubeObject, form: WriteForm): KubeObject {
    const object = kind.admission?.(asked) ?? asked;
    const { name } = object.metadata;
    if (textAt(object, 'metadata', 'resourceVersion')) {
      throw new ApiError(500, '', 'resourceVersion should not be set on objects to be created');
    }
    this.#validate(kind, object, undefined, form);
    const taken = this.store.get(kind, textAt(object, 'metadata', 'namespace') ?? '', name);
    if (taken !== undefined) {
      const error = alreadyExists(kind, name);
      if (taken.metadata.deletionTimestamp === undefined) throw error;
      throw new ApiError(error.code, error.reason, `object is being deleted: ${error.message}`, error.details);
    }
    if (form.dryRun) return object;
    withinLimits(this.store, kind, object);
    admit(this.store, kind, object);
    return this.store.put(kind, object);
  }

  #mayCreateIn(kind: Kind, namespace: string, body: KubeObject): void {
    if (!kind.namespaced) return;
    const owner = this.store.get(namespaceKind, '', namespace);
    if (owner === undefined) throw notFound(namespaceKind, namespace);
    if (owner.metadata.deletionTimestamp === undefined) return;
    throw forbidden(
      kind,
      body.metadata.name,
      `unable to create new content in namespace ${namespace} because it is being terminated`,
      [
        {
          reason: 'NamespaceTerminating',
          message: `namespace ${namespace} is being terminated`,
          field: 'metadata.namespace',
        },
      ],
    );
  }

  #validate(kind: Kind, next: KubeObject, live: KubeObject | undefined, form: WriteForm): void {
    const problems = metadataProblems(kind, next, live);
    if (kind.custom) {
      const isStatus = form.subresource === 'status';
      const whole = kind.schema;
      const found = isStatus
        ? violations(whole.fields.status ?? whole, next.status, 'status')
        : violations(whole, { ...next, metadata: {} }, '');
      problems.push(...found);
    } else {
      problems.push(...(kind.validate?.(next, live) ?? []));
    }
    if (kind.celRules && problems.some((each) => blockingReasons.includes(each.reason))) problems.push(uncheckedRules);
    else if (form.subresource === '') problems.push(...broken(kind, next, live));
    if (problems.length > 0) throw invalid(kind.group, kind.kind, next.metadata.name, problems);
    const refusal = this.operators && form.subresource === '' ? kind.webhook?.(next, live, this.#find) : undefined;
    if (refusal !== undefined) {
      throw badRequest(`admission webhook "${kind.singular}-validate.${kind.group}" denied the request: ${refusal}`);
    }
  }

  readonly #find: Find = (kind, namespace, name) => this.store.get(kind, namespace, name);

  #writer(form: WriteForm): Writer {
    return { manager: form.manager, subresource: form.subresource, now: timestamp(this.clock) };
  }
}

/** The CEL rules that a new state does not keep. */
function broken(kind: Kind, next: KubeObject, live: KubeObject | undefined): FieldProblem[] {
  return kind.rules
    .filter((rule) => !rule.holds(next, live))
    .map(({ field, message }) => {
      const value = at(next, ...field.split('.'));
      // What has parts is not printed.
      const shown = isObject(value) ? '' : `${JSON.stringify(value)}: `;
      return { reason: 'FieldValueInvalid', field, message: `Invalid value: ${shown}${message}` };
    });
}

/** Against what a new object is compared: Go types have their spec and status even when these are empty. */
function emptyOf(kind: Kind, { apiVersion, kind: name, metadata }: KubeObject): KubeObject {
  const base: KubeObject = {
    apiVersion,
    kind: name,
    metadata: { name: metadata.name, ...(metadata.namespace === undefined ? {} : { namespace: metadata.namespace }) },
  };
  for (const key of kind.custom ? [] : ['spec', 'status']) if (kind.schema.fields[key] !== undefined) base[key] = {};
  return { ...base, ...kind.zero };
}

/** Empty maps and lists of metadata are never stored, nor is null. */
export function cleaned(object: KubeObject): KubeObject {
  const metadata: KubeObject['metadata'] = { name: object.metadata.name };
  for (const [key, value] of Object.entries(object.metadata)) {
    const bare = value === null || value === '' || (Array.isArray(value) && value.length === 0);
    if (!bare && !(isObject(value) && Object.keys(value).length === 0)) metadata[key] = value;
  }
  return { ...object, metadata };
}

/** Being deleted, and nothing holds it any more. */
function isReleased(kind: Kind, object: KubeObject): boolean {
  if (object.metadata.deletionTimestamp === undefined || listAt(object, 'metadata', 'finalizers').length > 0)
    return false;
  return kind !== namespaceKind || listAt(object, 'spec', 'finalizers').length === 0;
}

function sameButTimes(a: KubeObject, b: KubeObject): boolean {
  const timeless = (object: KubeObject): KubeObject => ({
    ...object,
    metadata: {
      ...object.metadata,
      managedFields: listAt(object, 'metadata', 'managedFields').map((each) => {
        if (!isObject(each)) return each;
        const { time: _, ...rest } = each;
        return rest;
      }),
    },
  });
  return equal(timeless(a), timeless(b));
}
