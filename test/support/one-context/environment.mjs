import { constants, createContext } from 'node:vm';
import { ModernFakeTimers } from '@jest/fake-timers';
import { ModuleMocker } from 'jest-mock';
import { installCommonGlobals } from 'jest-util';

/** Of its own in every context, or of the language; what jest puts there itself comes after. */
const OWN = new Set(Object.getOwnPropertyNames(createContext(constants.DONT_CONTEXTIFY)));
/** Checked by identity in Node's own code, which makes them outside. */
const OF_NODE = ['Buffer', 'ArrayBuffer', 'Uint8Array'];
/** By what jest knows the suite that runs, on its global object. */
const SUITE_STATE = /^(JEST_STATE_SYMBOL|EVENT_HANDLERS|TEST_TIMEOUT_SYMBOL|RETRY_.*|WAIT_BEFORE_RETRY|LOG_ERRORS_.*)$/;
/** The same of `expect`, which makes it once and for ever. */
const MATCHERS = Symbol.for('$$jest-matchers-object');

/** One for all suites of a worker, so that modules of one can serve the next (see runtime.mjs). */
let shared = null;

/**
 * Node's globals as jest-environment-node has them, with two differences. Its context asks a proxy for every global that
 * code names ("Math", "Array"), which costs some sixty times what a look costs here; and here it is made once in a worker.
 */
export default class OneContext {
  constructor({ projectConfig }) {
    shared ??= newContext(projectConfig.globals);
    const { global, exit } = shared;
    // What a suite may have left: the next one begins with the environment and the listeners that the worker began with.
    for (const key of Object.getOwnPropertySymbols(global))
      if (SUITE_STATE.test(key.description ?? '')) delete global[key];
    Object.assign(global[MATCHERS] ?? {}, {
      matchers: Object.create(null),
      state: newState(),
      customEqualityTesters: [],
    });
    global.process.exit = exit;
    global.process.removeAllListeners();
    global.process.env = { ...process.env };
    this.global = global;
    this.moduleMocker = new ModuleMocker(global);
    this.fakeTimers = null;
    this.fakeTimersModern = new ModernFakeTimers({ config: projectConfig, global });
  }

  async setup() {}

  async teardown() {
    this.fakeTimersModern.dispose();
  }

  exportConditions() {
    return ['node', 'node-addons'];
  }

  getVmContext() {
    return this.global;
  }
}

/** As `expect` begins. */
function newState() {
  return {
    ...{ assertionCalls: 0, expectedAssertionsNumber: null, isExpectingAssertions: false, numPassingAsserts: 0 },
    suppressedErrors: [],
  };
}

function newContext(globals) {
  const global = createContext(constants.DONT_CONTEXTIFY);
  for (const name of Object.getOwnPropertyNames(globalThis)) {
    if (OWN.has(name) || name === 'global' || name === 'root' || name === 'GLOBAL') continue;
    const { configurable, enumerable } = Object.getOwnPropertyDescriptor(globalThis, name);
    // Some are made, or warn, when they are first read.
    Object.defineProperty(global, name, {
      configurable,
      enumerable,
      get: () => {
        const value = globalThis[name];
        Object.defineProperty(global, name, { configurable: true, enumerable, value, writable: true });
        return value;
      },
      set: (value) => Object.defineProperty(global, name, { configurable: true, enumerable, value, writable: true }),
    });
  }
  global.global = global;
  for (const name of OF_NODE) global[name] = globalThis[name];
  installCommonGlobals(global, globals, 'off');
  global.Error.stackTraceLimit = 100;
  return { global, exit: global.process.exit };
}
