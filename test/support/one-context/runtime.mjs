import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import Runtime from 'jest-runtime';
import OneContext from './environment.mjs';

const SOURCE = join(import.meta.dirname, '../../../server/src', sep);
const PACKAGES = `${sep}node_modules${sep}`;

/** Of all suites of a worker: the server's modules and the packages, by address and by path, and where their maps are. */
const kept = { esm: new Map(), cjs: new Map(), sourceMaps: new Map() };
/** Of the suite that runs. */
let current = null;

/** What a suite, or a support module that holds it, brings with it is its own. */
function isKept(key) {
  if (key.startsWith('node:')) return true;
  const path = key.startsWith('file:') ? fileURLToPath(key) : key;
  return path.includes(PACKAGES) || (path.startsWith(SOURCE) && !path.endsWith('.spec.ts'));
}

/** What a suite loaded, over what is kept. */
class Registry extends Map {
  constructor(below) {
    super();
    this.below = below;
  }

  get(key) {
    return super.get(key) ?? this.below.get(key);
  }

  has(key) {
    return super.has(key) || this.below.has(key);
  }

  set(key, module) {
    if (isKept(key) && !(module instanceof Promise)) this.below.set(key, module);
    else super.set(key, module);
    return this;
  }

  delete(key) {
    return [super.delete(key), this.below.delete(key)].some(Boolean);
  }
}

/**
 * Jest gives every suite its own copy of every module. For a suite of one second that was another of reading, linking and
 * evaluating some two thousand, all of them the same as before; and the copies were never collected. Here a worker keeps
 * those that hold nothing of a suite. A suite cannot tell, unless it replaces modules (jest.mock), which none does.
 */
class KeepingRuntime extends Runtime {
  constructor(...given) {
    super(...given);
    // A suite may ask for an environment of its own by "@jest-environment node": everything in it is then its own.
    if (!(given[1] instanceof OneContext)) return;
    current = this;
    for (const [key, module] of kept.esm) if (module.status !== 'evaluated') kept.esm.delete(key);
    for (const [key, module] of kept.cjs) if (!module.loaded) kept.cjs.delete(key);
    this.registries.esModuleRegistry = new Registry(kept.esm);
    this.registries.moduleRegistry = new Registry(kept.cjs);
    this.transformCache.sourceMaps = kept.sourceMaps;
    // A kept module imports later what it names then, when its own suite's runtime is long torn down.
    for (const name of ['dynamicImport', 'dynamicImportFromCjs']) {
      const own = this.esmLoader[name].bind(this.esmLoader);
      this.esmLoader[name] = (...asked) => (current === this ? own(...asked) : current.esmLoader[name](...asked));
    }
  }

  requireModuleOrMock(from, name) {
    return current === this || !(this._environment instanceof OneContext)
      ? super.requireModuleOrMock(from, name)
      : current.requireModuleOrMock(from, name);
  }
}

export { KeepingRuntime as 'module.exports' };
