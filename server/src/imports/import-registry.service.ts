import { Injectable } from '@nestjs/common';
import type { ImportKind } from './import-kind.types.js';

const NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** Every feature says here what can be imported into it (in onModuleInit), so that imports need to know none of them. */
@Injectable()
export class ImportRegistry {
  private readonly kinds = new Map<string, ImportKind>();

  register<T>(kind: ImportKind<T>): void {
    if (!NAME.test(kind.name)) throw new Error(`"${kind.name}" is no name of a kind of import`);
    if (this.kinds.has(kind.name)) throw new Error(`two kinds of import are named ${kind.name}`);
    this.kinds.set(kind.name, kind as ImportKind);
  }

  kind(name: string): ImportKind | undefined {
    return this.kinds.get(name);
  }

  /** In the order of their names. */
  all(): readonly ImportKind[] {
    return [...this.kinds.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
  }
}
