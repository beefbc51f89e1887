import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { importsOf, placeOf, sourcesBelow, violation } from './floors.ts';

const sources = sourcesBelow(resolve(import.meta.dirname, '../../server/src'));
const WEB = resolve(import.meta.dirname, '../../web/src');

/** A file that grows past this has a second purpose (design §4). */
const FILE_LINES_MAX = 400;
const SERVICE_LINES_MAX = 250;

const problems = (path: string, text: string): string[] => importsOf(path, text).flatMap((i) => violation(i) ?? []);

describe('floors of the server', () => {
  it('reads the whole house', () => {
    expect(sources.length).toBeGreaterThan(100);
    expect(sources.flatMap((s) => importsOf(s.path, s.text)).length).toBeGreaterThan(500);
  });

  it('lets nobody import what stands above or belongs to another', () => {
    expect(sources.flatMap((s) => problems(s.path, s.text))).toEqual([]);
  });

  it.each([
    ['kernel/money.ts', "import { Tx } from '../platform/database/unit-of-work.js';"],
    ['kernel/money.ts', "import { readFileSync } from 'node:fs';"],
    ['platform/feed/change-feed.ts', "import { Acts } from '../../audit/acts.service.js';"],
    ['requests/domain/decide.ts', "import { Injectable } from '@nestjs/common';"],
    ['requests/domain/decide.ts', "import type { Tx } from '../../platform/database/unit-of-work.js';"],
    ['allocation/allocation.service.ts', "import { RequestsService } from '../requests/requests.service.js';"],
    ['requests/requests.service.ts', "import { ClaimEntity } from '../allocation/allocation.entity.js';"],
    ['requests/requests.service.ts', "const x = await import('../resources/resources.repository.js');"],
    ['provisioning/worker.ts', "import { KubeConfig } from '@kubernetes/client-node';"],
    ['provisioning/worker.ts', "import { apply } from '../kubernetes/apply.js';"],
    ['kubernetes/apply.ts', "import { ResourcesService } from '../resources/resources.service.js';"],
    ['simulation/store/store.ts', "import { UnitOfWork } from '../../platform/database/unit-of-work.js';"],
    ['requests/requests.service.ts', "export { main } from '../main.js';"],
    ['newcomer/newcomer.service.ts', "import { Acts } from '../audit/acts.service.js';"],
  ])('catches a planted fault in %s: %s', (path, text) => {
    expect(problems(path, text)).toHaveLength(1);
  });

  it.each([
    ['requests/domain/decide.ts', "import type { Share } from '../../allocation/domain/placement-facts.js';"],
    ['requests/requests.service.ts', "import { AllocationService } from '../allocation/allocation.service.js';"],
    ['main.ts', "import { RequestsModule } from './requests/requests.module.js';"],
    ['kubernetes/apply.ts', "import type { ClusterGateway } from '../provisioning/domain/ports.js';"],
  ])('allows in %s: %s', (path, text) => {
    expect(problems(path, text)).toEqual([]);
  });

  it('knows every room', () => {
    expect(placeOf('main.ts')).toEqual({ floor: 'root' });
    expect(placeOf('requests/domain/decide.ts')).toEqual({ floor: 'domain', feature: 'requests' });
    expect(placeOf('requests/requests.service.ts')).toEqual({ floor: 'feature', feature: 'requests' });
  });
});

describe('house rules', () => {
  const withText = (pattern: RegExp, except: RegExp = /$^/): string[] =>
    sources.filter((s) => pattern.test(s.text) && !except.test(s.path)).map((s) => s.path);

  it('has no forwardRef', () => expect(withText(/forwardRef\(/)).toEqual([]));

  it('reads the environment in one place', () =>
    // The finder of a program on the PATH, and simulated clusters' and servers' children, hand theirs on untouched.
    expect(withText(/process\.env/, /^platform\/(config|database\/embedded-mariadb)/)).toEqual([]));

  it('reads no clock and no chance in a pure floor', () => {
    const pure = sources.filter((s) => ['kernel', 'domain'].includes(placeOf(s.path).floor));
    const impure = /Date\.now\(|new Date\(\)|Math\.random\(|process\./;
    expect(pure.filter((s) => impure.test(s.text) && s.path !== 'kernel/clock.ts').map((s) => s.path)).toEqual([]);
  });

  it('begins every domain file with one sentence on what it decides', () => {
    const domain = sources.filter((s) => placeOf(s.path).floor === 'domain');
    expect(domain.length).toBeGreaterThan(15);
    expect(domain.filter((s) => !/^\/\*\*[\s*]+(Decides|Says)/.test(s.text)).map((s) => s.path)).toEqual([]);
  });

  it('has no room with two purposes', () => {
    const lines = (text: string): number => text.split('\n').length - 1;
    const tooLarge = [...sources, ...sourcesBelow(WEB)].filter(
      (s) => lines(s.text) > (/\.service\.ts$/.test(s.path) ? SERVICE_LINES_MAX : FILE_LINES_MAX),
    );
    expect(tooLarge.map((s) => `${s.path} ${lines(s.text)}`)).toEqual([]);
  });

  it('names no Manager, Helper, Util or Common', () => {
    expect(sources.map((s) => s.path).filter((path) => /(manager|helper|util|common)s?[./-]/i.test(path))).toEqual([]);
  });
});
