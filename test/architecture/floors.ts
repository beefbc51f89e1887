import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import ts from 'typescript';

/** Features in their order: each may import only earlier ones (design §4). */
export const FEATURE_ORDER = [
  'audit',
  'identity',
  'quorum',
  'backups',
  'editions',
  'files',
  'imports',
  'views',
  'calendars',
  'departments',
  'systems',
  'grades',
  'quotas',
  'facilities',
  'freezes',
  'cabinets',
  'servers',
  'networks',
  'energy',
  'catalog',
  'pricing',
  'sharedcosts',
  'budgets',
  'allocation',
  'drdebts',
  'utilisation',
  'resources',
  'drift',
  'quarantine',
  'clusterhealth',
  'replication',
  'approvals',
  'gates',
  'plans',
  'requests',
  'batches',
  'packages',
  'terms',
  'reclaim',
  'replacements',
  'documents',
  'workorders',
  'outages',
  'golive',
  'seals',
  'provisioning',
  'intake',
  'takeovers',
  'capacity',
  'simulator',
  'metering',
  'accounting',
  'costs',
  'costchanges',
  'selfbuild',
  'budgetyears',
  'spend',
  'performance',
  'exports',
  'resilience',
  'drills',
  'executions',
  'compliance',
  'notifications',
  'alerts',
  'duty',
  'insight',
] as const;

/** What one feature may import of an earlier one: its service, its types, its module and its pure domain. */
const PUBLIC_OF_FEATURE = /\.(service|types|module|graphql)\.ts$/;
/** Packages of a domain and of the kernel: none; node:assert is a language feature in all but name. */
const PURE_PACKAGES = new Set(['node:assert']);
const KUBERNETES_CLIENT = '@kubernetes/client-node';
/** Rooms of the ground floor and the roof that are neither feature nor platform. */
const ROOT_ROOMS = new Set(['demonstration', 'commands']);

export interface Import {
  readonly from: string;
  readonly to: string;
  readonly line: number;
}

type Place =
  | { readonly floor: 'kernel' | 'platform' | 'kubernetes' | 'simulation' | 'root' }
  | { readonly floor: 'domain' | 'feature'; readonly feature: string };

/** Where a path below server/src stands. */
export function placeOf(path: string): Place {
  const [room = '', second] = path.split('/');
  if (second === undefined || ROOT_ROOMS.has(room)) return { floor: 'root' };
  if (room === 'kernel' || room === 'platform' || room === 'kubernetes' || room === 'simulation')
    return { floor: room };
  return { floor: second === 'domain' ? 'domain' : 'feature', feature: room };
}

/** Every import of a source text: static, type-only, re-export and dynamic alike. */
export function importsOf(path: string, text: string): Import[] {
  const { importedFiles } = ts.preProcessFile(text, true, true);
  return importedFiles.map(({ fileName, pos }) => ({
    from: path,
    to: fileName,
    line: text.slice(0, pos).split('\n').length,
  }));
}

/** undefined = allowed; else the sentence that says what is wrong. */
export function violation({ from, to }: Import): string | undefined {
  const here = placeOf(from);
  if (!to.startsWith('.')) return packageViolation(here, to);
  const target = relative('/', resolve('/', from, '..', to)).replace(/\.js$/, '.ts');
  const there = placeOf(target);
  const forbidden = (why: string) => `${from} imports ${target}: ${why}`;
  if (there.floor === 'root') return here.floor === 'root' ? undefined : forbidden('a root is imported by nobody');
  switch (here.floor) {
    case 'root':
      return undefined;
    case 'kernel':
      return there.floor === 'kernel' ? undefined : forbidden('the kernel stands on nothing');
    case 'simulation':
      return there.floor === 'simulation' || there.floor === 'kernel'
        ? undefined
        : forbidden('a simulated cluster knows nothing of the console');
    case 'platform':
      return there.floor === 'platform' || there.floor === 'kernel'
        ? undefined
        : forbidden('the platform knows no feature');
    case 'kubernetes':
      return ['kubernetes', 'platform', 'kernel', 'domain'].includes(there.floor)
        ? undefined
        : forbidden('adapters implement ports that stand in a domain');
    case 'domain':
    case 'feature':
      return featureViolation(here, there, target, forbidden);
  }
}

function featureViolation(
  here: Place & { feature: string },
  there: Place,
  target: string,
  forbidden: (why: string) => string,
): string | undefined {
  if (there.floor === 'kernel') return undefined;
  if (there.floor === 'kubernetes' || there.floor === 'simulation')
    return forbidden('clusters are reached through ports only');
  if (here.floor === 'domain' && there.floor !== 'domain') return forbidden('a domain is pure');
  if (there.floor === 'platform') return undefined;
  if (!('feature' in there) || there.feature === here.feature) return undefined;
  const order = FEATURE_ORDER as readonly string[];
  if (!order.includes(here.feature) || !order.includes(there.feature))
    return forbidden('the table of features does not know it');
  if (order.indexOf(there.feature) > order.indexOf(here.feature))
    return forbidden('only earlier features may be imported');
  if (there.floor === 'domain' || PUBLIC_OF_FEATURE.test(target)) return undefined;
  return forbidden("another feature's entity, repository or resolver is private");
}

function packageViolation(here: Place, name: string): string | undefined {
  if (name.startsWith(KUBERNETES_CLIENT) && here.floor !== 'kubernetes')
    return `${KUBERNETES_CLIENT} is imported by kubernetes/ only`;
  if ((here.floor === 'kernel' || here.floor === 'domain') && !PURE_PACKAGES.has(name))
    return `${name} is imported by a pure floor`;
  return undefined;
}

export interface SourceFile {
  /** Below server/src, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

export function sourcesBelow(directory: string): SourceFile[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.spec.ts') && !path.endsWith('.d.ts'))
    .toSorted()
    .map((path) => ({ path, text: readFileSync(join(directory, path), 'utf8') }));
}
