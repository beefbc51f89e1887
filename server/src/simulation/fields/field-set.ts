/**
 * Sets of paths as server-side apply keeps them (structured-merge-diff's fieldpath.Set). A path element is written
 * as in FieldsV1: `f:spec` a field, `k:{"uid":"…"}` an element of a keyed list, `v:"x"` an element of a set.
 * At each level a path may be a member itself, have deeper paths, or both.
 */
import { isObject, type Json, type JsonObject } from '../json.js';

export type Path = readonly string[];

export class FieldSet {
  readonly members = new Set<string>();
  readonly children = new Map<string, FieldSet>();

  static fromFields(fields: Json | undefined): FieldSet {
    const set = new FieldSet();
    if (!isObject(fields)) return set;
    for (const [element, below] of Object.entries(fields)) {
      if (element === '.') continue;
      const child = FieldSet.fromFields(below);
      const inside = isObject(below) ? Object.keys(below) : [];
      if (inside.length === 0 || inside.includes('.')) set.members.add(element);
      if (!child.isEmpty) set.children.set(element, child);
    }
    return set;
  }

  get isEmpty(): boolean {
    if (this.members.size > 0) return false;
    for (const child of this.children.values()) if (!child.isEmpty) return false;
    return true;
  }

  insert(path: Path): void {
    const [first, ...rest] = path;
    if (first === undefined) return;
    if (rest.length === 0) this.members.add(first);
    else this.child(first).insert(rest);
  }

  child(element: string): FieldSet {
    const found = this.children.get(element) ?? new FieldSet();
    this.children.set(element, found);
    return found;
  }

  has(path: Path): boolean {
    const [first, ...rest] = path;
    if (first === undefined) return false;
    return rest.length === 0 ? this.members.has(first) : (this.children.get(first)?.has(rest) ?? false);
  }

  union(other: FieldSet): FieldSet {
    return this.#combine(other, (mine, theirs) => mine || theirs);
  }

  intersection(other: FieldSet): FieldSet {
    return this.#combine(other, (mine, theirs) => mine && theirs);
  }

  difference(other: FieldSet): FieldSet {
    return this.#combine(other, (mine, theirs) => mine && !theirs);
  }

  equals(other: FieldSet): boolean {
    return this.difference(other).isEmpty && other.difference(this).isEmpty;
  }

  /** Members of a level first, then what is deeper: the order in which a real server names conflicts. */
  *paths(above: Path = []): IterableIterator<Path> {
    for (const element of [...this.members].sort()) yield [...above, element];
    for (const [element, child] of sorted(this.children)) yield* child.paths([...above, element]);
  }

  /** Keeps only what is under these top-level elements, or with `except` what is not. */
  filter(keep: (element: string) => boolean): FieldSet {
    const out = new FieldSet();
    for (const element of this.members) if (keep(element)) out.members.add(element);
    for (const [element, child] of this.children) if (keep(element)) out.children.set(element, child);
    return out;
  }

  toFields(): JsonObject {
    const out: JsonObject = {};
    for (const element of [...new Set([...this.members, ...this.children.keys()])].sort()) {
      const child = this.children.get(element);
      const below = child === undefined || child.isEmpty ? undefined : child.toFields();
      if (below === undefined) {
        if (this.members.has(element)) out[element] = {};
      } else {
        out[element] = this.members.has(element) ? { '.': {}, ...below } : below;
      }
    }
    return out;
  }

  #combine(other: FieldSet, keep: (mine: boolean, theirs: boolean) => boolean): FieldSet {
    const out = new FieldSet();
    for (const element of new Set([...this.members, ...other.members])) {
      if (keep(this.members.has(element), other.members.has(element))) out.members.add(element);
    }
    for (const element of new Set([...this.children.keys(), ...other.children.keys()])) {
      const combined = (this.children.get(element) ?? nothing).#combine(other.children.get(element) ?? nothing, keep);
      if (!combined.isEmpty) out.children.set(element, combined);
    }
    return out;
  }
}

const nothing = new FieldSet();

/** ".spec.template", "[name="root"]", as conflicts print it. */
export function pathText(path: Path): string {
  return path
    .map((element) => {
      const text = element.slice(2);
      if (element.startsWith('f:')) return `.${text}`;
      if (element.startsWith('v:')) return `[=${text}]`;
      const keys = Object.entries(JSON.parse(text) as JsonObject);
      return `[${keys.map(([key, value]) => `${key}=${JSON.stringify(value)}`).join(',')}]`;
    })
    .join('');
}

function sorted(children: ReadonlyMap<string, FieldSet>): (readonly [string, FieldSet])[] {
  return [...children].sort(([a], [b]) => (a < b ? -1 : 1));
}
