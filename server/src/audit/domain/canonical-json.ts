/** Decides how a value is written so that equal values always have equal bytes: keys sorted, nothing optional. */
export function canonicalJson(value: unknown): string {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return JSON.stringify(value);
    case 'number':
      if (!Number.isFinite(value)) throw new TypeError(`${value} has no canonical form`);
      return JSON.stringify(value);
    case 'bigint':
      return `"${value.toString()}"`;
    case 'object':
      if (value === null) return 'null';
      if (value instanceof Date) return `"${value.toISOString()}"`;
      if (Array.isArray(value)) return `[${value.map((v) => canonicalJson(v ?? null)).join(',')}]`;
      return canonicalObject(value);
    default:
      throw new TypeError(`a ${typeof value} has no canonical form`);
  }
}

/** Own fields only; an absent field and an undefined one are the same. */
function canonicalObject(value: object): string {
  if (value instanceof Map || value instanceof Set || ArrayBuffer.isView(value))
    throw new TypeError(`a ${value.constructor.name} has no canonical form`);
  const fields = Object.entries(value)
    .filter(([, v]) => v !== undefined)
    // By code unit: localeCompare depends on the machine.
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([key, v]) => `${JSON.stringify(key)}:${canonicalJson(v)}`);
  return `{${fields.join(',')}}`;
}
