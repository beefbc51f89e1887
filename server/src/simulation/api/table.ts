/** Table output: what kubectl prints. */
import type { Json, JsonObject, KubeObject } from '../json.js';
import type { Column, Kind } from '../kinds/kind.js';
import { defaultColumns } from '../kinds/kind.js';

export type IncludeObject = 'None' | 'Metadata' | 'Object';

export interface TableForm {
  readonly include: IncludeObject;
  /** Whether the operators' own columns are shown: their CRDs bring them, and these stand where the operators run. */
  readonly operators: boolean;
  readonly now: number;
}

export function columnsOf(kind: Kind, operators: boolean): readonly Column[] {
  return kind.custom && !kind.columnsInCrd && !operators ? defaultColumns : kind.columns;
}

export function table(kind: Kind, objects: readonly KubeObject[], metadata: JsonObject, form: TableForm): JsonObject {
  const columns = columnsOf(kind, form.operators);
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata,
    columnDefinitions: columns.map((column) => ({
      name: column.name,
      type: column.type,
      format: column.format ?? '',
      description: column.description,
      priority: column.priority,
    })),
    rows: objects.map((object) => ({
      cells: columns.map(
        (column): Json => column.cell(object, form.now) ?? (column.type === 'string' && !kind.custom ? '' : null),
      ),
      object: shown(object, form.include),
    })),
  };
}

function shown(object: KubeObject, include: IncludeObject): Json {
  if (include === 'None') return null;
  return include === 'Object' ? object : partial(object);
}

export function partial(object: KubeObject): JsonObject {
  return { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: object.metadata };
}
