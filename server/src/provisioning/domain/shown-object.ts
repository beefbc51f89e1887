/** Decides what of a live object is shown to people: all that it says, without secrets and without the machinery's own notes. */
import { at, type ClusterObject, listAt, type Manifest, textAt } from './cluster-object.js';
import { redacted } from './drift.js';

/**
 * Whole copies of what somebody applied, secrets and all: their fields stand in the object itself.
 * kubectl keeps one, and so do tools that imitate it.
 */
const COPIES = /last-applied|applied-configuration/i;

export interface ShownObject {
  /** As it is written out; undefined fields left away. */
  readonly fields: unknown;
  /** Who wrote fields of it, the latest first; what stands in managedFields otherwise is for machines. */
  readonly managers: readonly string[];
}

export function shownObject(object: ClusterObject | Manifest): ShownObject {
  const { apiVersion, kind, metadata, spec } = object;
  const { managedFields: _folded, annotations, ...meta } = { ...metadata } as Record<string, unknown>;
  const status = 'status' in object ? object.status : undefined;
  return {
    fields: {
      ...{ apiVersion, kind },
      metadata: { ...meta, ...(annotations === undefined ? {} : { annotations: withoutCopies(annotations) }) },
      ...(spec === undefined ? {} : { spec: redacted(spec) }),
      ...(status === undefined ? {} : { status: redacted(status) }),
    },
    managers: managersOf(object),
  };
}

function withoutCopies(annotations: unknown): unknown {
  return Object.fromEntries(Object.entries(annotations as object).filter(([key]) => !COPIES.test(key)));
}

function managersOf(object: ClusterObject | Manifest): string[] {
  const entries = listAt(object, 'metadata', 'managedFields').flatMap((entry) => {
    const manager = textAt(entry, 'manager');
    return manager === undefined
      ? []
      : { manager, time: textAt(entry, 'time') ?? '', operation: at(entry, 'operation') };
  });
  const latestFirst = entries.toSorted((a, b) => (a.time < b.time ? 1 : a.time > b.time ? -1 : 0));
  return [...new Set(latestFirst.map(({ manager }) => manager))];
}
