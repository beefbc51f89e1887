/** The Kubernetes API over one cluster's objects: a request in, an answer or a watch out. */

import { timestamp } from '../clock.js';
import { isObject, type Json, type JsonObject, type KubeObject, mergePatch } from '../json.js';
import { groupVersions, kindByPlural } from '../kinds/catalogue.js';
import { type Kind, storedAs, toShown, toStored } from '../kinds/kind.js';
import { serviceAccount } from '../kinds/rights.js';
import { type Access, askedBy } from './access.js';
import { requireCloneSource } from './clone-source.js';
import {
  type Decoded,
  decodeIntent,
  decodeObject,
  decodePatched,
  fieldValidation,
  isDryRun,
  optionalBody,
  parseBody,
  requireName,
} from './decode.js';
import { deleteForm, deleteObject } from './deletion.js';
import { discovery } from './discovery.js';
import { jsonPatch } from './json-patch.js';
import { list } from './list.js';
import { answerForm, listKind, patchTypes, requirePatchType, requireReadable } from './media.js';
import type { Objects, WriteForm } from './objects.js';
import { type ApiAnswer, type ApiRequest, managerOf, type ResourcePath, type Verb } from './request.js';
import { isReview, review, tokenAnswer } from './reviews.js';
import type { User } from './rights.js';
import { ApiError, badRequest, conflict, invalid, methodNotAllowed, noSuchPath, notFound } from './status.js';
import { strategicMerge } from './strategic-merge.js';
import { type IncludeObject, partial, type TableForm, table } from './table.js';
import type { Present, WatchOrder } from './watch.js';

export type Outcome = { readonly answer: ApiAnswer } | { readonly watch: WatchOrder };

const nothingHere: Outcome = { answer: { status: 404, body: '404 page not found\n' } };

interface Target {
  readonly kind: Kind;
  /** '' for a kind without namespaces, and for all namespaces. */
  readonly namespace: string;
  readonly name: string;
  readonly subresource: '' | 'status';
  readonly path: ResourcePath;
  readonly user: User;
}

export class Api {
  constructor(
    private readonly objects: Objects,
    private readonly access: Access,
    private readonly operators: boolean,
  ) {}

  handle(request: ApiRequest, path: ResourcePath | undefined, verb: Verb, user: User): Outcome {
    if (path === undefined) {
      const found = request.method === 'GET' ? discovery(request.path) : undefined;
      return found === undefined ? nothingHere : { answer: { status: 200, body: found } };
    }
    const kind = kindByPlural(path.apiVersion, path.plural);
    if (kind === undefined) return unknownKind(path);
    if (kind === serviceAccount && path.subresource === 'token' && verb === 'create') return this.#token(request, path);
    const collection = path.name === undefined;
    const everywhere = kind.namespaced && path.namespace === '';
    if (everywhere && !(collection && (verb === 'list' || verb === 'watch'))) {
      if (kind.custom) return nothingHere;
      throw methodNotAllowed();
    }
    requireVerb(request, path, kind, verb);
    const namespace = kind.namespaced ? path.namespace : '';
    const subresource = subresourceOf(kind, path);
    const target: Target = { kind, namespace, name: path.name ?? '', subresource, path, user };
    switch (verb) {
      case 'get':
        return this.#get(request, target);
      case 'list':
        return this.#list(request, target);
      case 'watch':
        return this.#watch(request, target);
      case 'create':
        return this.#create(request, target);
      case 'update':
        return this.#replace(request, target);
      case 'patch':
        return this.#patch(request, target);
      case 'delete':
        return this.#delete(request, target);
      default:
        return this.#deleteCollection(request, target);
    }
  }

  #get(request: ApiRequest, target: Target): Outcome {
    const form = answerForm(request.accept);
    const object = this.#live(target);
    if (form === 'object') return answer(200, object);
    if (form === 'metadata') return answer(200, partial(object));
    const metadata = { resourceVersion: object.metadata.resourceVersion ?? '' };
    return answer(200, table(target.kind, [object], metadata, this.#tableForm(request)));
  }

  #list(request: ApiRequest, { kind, namespace }: Target): Outcome {
    const form = answerForm(request.accept);
    const page = list(
      this.objects.store,
      kind,
      kind.namespaced && namespace !== '' ? namespace : undefined,
      request.query,
    );
    if (form === 'table') {
      const { continue: next, ...metadata } = page.metadata;
      const shown = next === '' || next === undefined ? metadata : { ...metadata, continue: next };
      return answer(200, table(kind, page.items, shown, this.#tableForm(request)));
    }
    const items: Json[] = page.items.map((object) => (form === 'metadata' ? partial(object) : listed(kind, object)));
    return answer(200, { ...listKind(kind, form), metadata: page.metadata, items });
  }

  #watch(request: ApiRequest, { kind, namespace }: Target): Outcome {
    const form = answerForm(request.accept);
    let first = true;
    const present: Present = ({ object }) => {
      if (form === 'object') return object;
      if (form === 'metadata') return partial(object);
      const shown = table(
        kind,
        [object],
        { resourceVersion: object.metadata.resourceVersion ?? '' },
        this.#tableForm(request),
      );
      if (!first) shown.columnDefinitions = null;
      first = false;
      return shown;
    };
    return {
      watch: { kind, namespace: namespace === '' ? undefined : namespace, query: request.query, present },
    };
  }

  #create(request: ApiRequest, { kind, namespace, user }: Target): Outcome {
    answerForm(request.accept);
    requireReadable(kind, request.contentType);
    const validation = fieldValidation(request, 'CreateOptions');
    const { object, warnings } = decodeObject(kind, namespace, parseBody(request), validation);
    if (isReview(kind))
      return answer(201, review(kind, object, user, this.access, timestamp(this.objects.clock)), warnings);
    this.#requireSource(kind, namespace, object, user);
    return warned(warnings, () => {
      const made = this.objects.create(storedAs(kind), namespace, toStored(kind, object), formOf(request, ''));
      return answer(201, toShown(kind, made), warnings);
    });
  }

  /** Where the operators' webhooks stand. */
  #requireSource(kind: Kind, namespace: string, object: KubeObject, user: User): void {
    if (this.objects.operators) requireCloneSource(kind, namespace, object, user, this.access);
  }

  #replace(request: ApiRequest, target: Target): Outcome {
    const { kind, name, namespace, subresource } = target;
    requireReadable(kind, request.contentType);
    const validation = fieldValidation(request, 'UpdateOptions');
    const { object, warnings } = decodeObject(kind, namespace, parseBody(request), validation);
    requireName(object, name);
    const live = this.#live(target);
    const { resourceVersion, uid } = object.metadata;
    if (kind.custom && resourceVersion === undefined) throw unversioned(kind, name);
    if (uid !== undefined && uid !== live.metadata.uid) {
      throw conflict(
        kind,
        name,
        `Precondition failed: UID in precondition: ${String(uid)}, UID in object meta: ${String(live.metadata.uid)}`,
      );
    }
    return warned(warnings, () =>
      answer(200, this.#update(kind, live, object, formOf(request, subresource)), warnings),
    );
  }

  #patch(request: ApiRequest, target: Target): Outcome {
    const { kind, name, namespace, subresource } = target;
    const type = requirePatchType(kind, request.contentType);
    const form = formOf(request, subresource);
    const validation = fieldValidation(request, 'PatchOptions');
    if (type === patchTypes.apply) return this.#apply(request, target, form);
    const live = this.#live(target);
    const { object, warnings } = patched(kind, live, type, parseBody(request), validation);
    requireName(object, name);
    void namespace;
    return warned(warnings, () => answer(200, this.#update(kind, live, object, form), warnings));
  }

  #apply(request: ApiRequest, target: Target, form: WriteForm): Outcome {
    const { kind, name, namespace, subresource } = target;
    if ((request.query.get('fieldManager') ?? '') === '') throw unmanaged();
    const intent = decodeIntent(kind, namespace, parseBody(request));
    requireName(intent, name);
    const existed = this.objects.store.get(storedAs(kind), namespace, name) !== undefined;
    // What an apply would make, the applier must be allowed to create.
    if (!existed && subresource === '') this.access.require(target.user, askedBy(target.path, 'create'));
    const named: KubeObject = {
      ...intent,
      metadata: { ...intent.metadata, name, ...(kind.namespaced ? { namespace } : {}) },
    };
    if (!existed && subresource === '') this.#requireSource(kind, namespace, named, target.user);
    const force = ['true', '1'].includes(request.query.get('force') ?? '');
    const applied = this.objects.apply(storedAs(kind), namespace, toStored(kind, named), form, force);
    return answer(existed ? 200 : 201, toShown(kind, applied));
  }

  #delete(request: ApiRequest, target: Target): Outcome {
    const form = deleteForm(optionalBody(request), request.query);
    return answer(
      200,
      deleteObject(this.objects, storedAs(target.kind), toStored(target.kind, this.#live(target)), form, target.kind),
    );
  }

  #deleteCollection(request: ApiRequest, { kind, namespace }: Target): Outcome {
    const form = deleteForm(optionalBody(request), request.query);
    const page = list(this.objects.store, kind, kind.namespaced ? namespace : undefined, request.query);
    for (const object of page.items) deleteObject(this.objects, storedAs(kind), toStored(kind, object), form);
    const items: Json[] = page.items.map((object) => listed(kind, object));
    return answer(200, { ...listKind(kind, 'object'), metadata: page.metadata, items });
  }

  #live({ kind, name, namespace }: Target): KubeObject {
    const found = this.objects.store.get(storedAs(kind), namespace, name);
    if (found === undefined) throw notFound(kind, name);
    return toShown(kind, found);
  }

  #update(kind: Kind, live: KubeObject, object: KubeObject, form: WriteForm): KubeObject {
    return toShown(kind, this.objects.update(storedAs(kind), toStored(kind, live), toStored(kind, object), form));
  }

  #token(request: ApiRequest, path: ResourcePath): Outcome {
    const account = this.objects.store.get(serviceAccount, path.namespace, path.name ?? '');
    if (account === undefined) throw notFound(serviceAccount, path.name ?? '');
    const body = optionalBody(request);
    return answer(201, tokenAnswer(this.objects, this.access, account, isObject(body) ? body : {}));
  }

  #tableForm(request: ApiRequest): TableForm {
    const asked = request.query.get('includeObject') ?? '';
    const include: IncludeObject = asked === 'None' || asked === 'Object' ? asked : 'Metadata';
    return { include, operators: this.operators, now: this.objects.clock.now() };
  }
}

function patched(
  kind: Kind,
  live: KubeObject,
  type: string,
  patch: Json,
  validation: 'Strict' | 'Warn' | 'Ignore',
): Decoded {
  if (type === patchTypes.json) return decodePatched(kind, jsonPatch(live, patch), validation);
  if (!isObject(patch)) throw badRequest('error decoding patch: json: cannot unmarshal into Go value of type map');
  const next = type === patchTypes.merge ? mergePatch(live, patch) : strategicMerge(kind.schema, live, patch);
  return decodePatched(kind, next, validation);
}

function unknownKind(path: ResourcePath): Outcome {
  if (path.group !== '' || !groupVersions.some((each) => each.apiVersion === path.apiVersion)) return nothingHere;
  throw noSuchPath();
}

function requireVerb(request: ApiRequest, path: ResourcePath, kind: Kind, verb: Verb): void {
  const named = path.name !== undefined;
  const fits =
    (request.method !== 'POST' || !named) && (!['PUT', 'PATCH'].includes(request.method) || named) && verb !== '';
  const inStatus = path.subresource !== undefined;
  const served = inStatus ? ['get', 'patch', 'update'].includes(verb) : kind.verbs.includes(verb);
  if (!fits || (!served && !kind.custom)) throw methodNotAllowed();
}

function subresourceOf(kind: Kind, path: ResourcePath): '' | 'status' {
  if (path.subresource === undefined) return '';
  if (path.subresource === 'status' && kind.statusSubresource) return 'status';
  throw kind.custom ? notFound(kind, path.name ?? '') : noSuchPath();
}

function formOf(request: ApiRequest, subresource: '' | 'status'): WriteForm {
  const options = ({ POST: 'CreateOptions', PUT: 'UpdateOptions' } as Record<string, string>)[request.method];
  const dryRun = isDryRun(request.query.get('dryRun') ?? undefined, options ?? 'PatchOptions');
  return { manager: managerOf(request), subresource, dryRun };
}

/** Items of a core list do not name their kind; custom resources do. */
function listed(kind: Kind, object: KubeObject): JsonObject {
  if (kind.custom) return object;
  const { apiVersion: _, kind: __, ...rest } = object;
  return rest;
}

function answer(status: number, body: JsonObject, warnings: readonly string[] = []): Outcome {
  return { answer: { status, body, warnings } };
}

/** What was noticed of a body is said also when it is refused for something else. */
function warned(warnings: readonly string[], act: () => Outcome): Outcome {
  try {
    return act();
  } catch (error) {
    if (error instanceof ApiError) error.warnings = warnings;
    throw error;
  }
}

const unmanaged = () =>
  invalid('meta.k8s.io', 'PatchOptions', '', [
    { reason: 'FieldValueRequired', field: 'fieldManager', message: 'Required value: is required for apply patch' },
  ]);

function unversioned(kind: Kind, name: string): ApiError {
  const message = 'Invalid value: 0: must be specified for an update';
  const field = 'metadata.resourceVersion';
  return new ApiError(422, 'Invalid', `${kind.plural}.${kind.group} "${name}" is invalid: ${field}: ${message}`, {
    name,
    group: kind.group,
    kind: kind.plural,
    causes: [{ reason: 'FieldValueInvalid', message, field }],
  });
}
