/** Decides in which of the fields that the console applies a live object says something else, and who wrote that. */
import { at, type ClusterObject, listAt, type Manifest, textAt } from './cluster-object.js';
import { pathText, stepsOf } from './field-path.js';
import { MARK, POD_SECURITY } from './marks.js';

export interface Difference {
  readonly path: string;
  readonly wanted: unknown;
  /** null = it is not there at all. */
  readonly found: unknown;
}

export interface ForeignEdit extends Difference {
  /** As the cluster names whoever wrote it; null = the cluster does not say. */
  readonly manager: string | null;
}

/** What the comparison needs of a live object; small enough to be kept of each one. */
export type Said = Pick<Manifest, 'spec'> & { readonly metadata: Pick<Manifest['metadata'], 'labels' | 'annotations'> };

/** Where Kubernetes writes amounts: 1Gi and 1024Mi are one. Elsewhere a text is a text ("80" is a port's name, 80 its number). */
const AMOUNTS = new Set(['guest', 'maxGuest', 'requests', 'limits', 'hard', 'storage', 'hugepages']);
const OURS = new Set<string>([...Object.values(MARK), ...Object.keys(POD_SECURITY)]);
/** The console's field manager, as `kubernetes/apply.ts` names it. */
export const OUR_MANAGER = 'jiyun';
const REDACTED = '***';
/** Fields in which people put passwords and keys; they leave the cluster in no list and no page. */
const SECRET_FIELD = /^(user|network)data(base64)?$|passw|token|secretkey|privatekey|^(stringdata|data)$/i;

/**
 * Only over fields that the manifest names: what a webhook or anyone else adds beside them is no drift. Lists are whole,
 * because those that the console applies are atomic under server-side apply.
 */
export function differences(wanted: Pick<Manifest, 'metadata' | 'spec'>, said: Said): Difference[] {
  const { annotations, labels } = wanted.metadata;
  return [
    ...within(['metadata', 'labels'], labels, said.metadata.labels),
    ...within(['metadata', 'annotations'], annotations, said.metadata.annotations),
    ...within(['spec'], wanted.spec, said.spec),
  ];
}

function within(steps: readonly string[], wanted: unknown, found: unknown): Difference[] {
  if (wanted === undefined) return [];
  if (isMap(wanted) && isMap(found))
    return Object.entries(wanted).flatMap(([key, value]) => within([...steps, key], value, found[key]));
  if (saysTheSame(wanted, found, steps)) return [];
  return [{ path: pathText(steps), wanted: redacted(wanted), found: found === undefined ? null : redacted(found) }];
}

function saysTheSame(wanted: unknown, found: unknown, steps: readonly string[]): boolean {
  if (Array.isArray(wanted) && Array.isArray(found))
    return wanted.length === found.length && wanted.every((each, index) => saysTheSame(each, found[index], steps));
  if (isMap(wanted) && isMap(found)) {
    const keys = new Set([...Object.keys(wanted), ...Object.keys(found)]);
    return [...keys].every((key) => saysTheSame(wanted[key], found[key], [...steps, key]));
  }
  if (wanted === found) return true;
  if (!steps.includes('spec') || !steps.some((step) => AMOUNTS.has(step))) return false;
  const amount = amountOf(wanted);
  return amount !== undefined && amount === amountOf(found);
}

const AMOUNT = /^([0-9]{1,18})(?:\.([0-9]{1,9}))?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$/;
const MILLI = 1_000n;
const FACTORS: { readonly [suffix: string]: bigint } = {
  m: 1n,
  ...Object.fromEntries(
    ['', 'k', 'M', 'G', 'T', 'P', 'E'].map((suffix, power) => [suffix, MILLI * 1_000n ** BigInt(power)]),
  ),
  ...Object.fromEntries(
    ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'].map((suffix, power) => [suffix, MILLI << BigInt(10 * (power + 1))]),
  ),
};
/** So that a fraction of a thousandth is still a whole number. */
const FRACTION = 10n ** 9n;

/** In billionths of a thousandth; undefined = no amount. */
function amountOf(value: unknown): bigint | undefined {
  const match = typeof value === 'string' || typeof value === 'number' ? AMOUNT.exec(String(value)) : null;
  if (!match) return undefined;
  const [, whole = '', fraction = '', suffix = ''] = match;
  return (BigInt(whole) * FRACTION + BigInt(fraction.padEnd(9, '0'))) * (FACTORS[suffix] as bigint);
}

/** Kept of each object that is watched: what the console may have an opinion on, and no more. */
export function saidOf(object: Pick<ClusterObject, 'metadata' | 'spec'>): Said {
  const own = (marks: Readonly<Record<string, string>> | undefined) =>
    Object.fromEntries(Object.entries(marks ?? {}).filter(([key]) => OURS.has(key)));
  return {
    metadata: { labels: own(object.metadata.labels), annotations: own(object.metadata.annotations) },
    ...(object.spec === undefined ? {} : { spec: object.spec }),
  };
}

/**
 * Differences that somebody else made. A field that the console still owns was written so on its own apply, by a webhook
 * of the cluster: putting it back would only ask the same webhook again.
 */
export function foreignEdits(wanted: Pick<Manifest, 'metadata' | 'spec'>, live: ClusterObject): ForeignEdit[] {
  return differences(wanted, saidOf(live)).flatMap((difference) => {
    const owners = writersOf(live, difference.path);
    if (owners.includes(OUR_MANAGER)) return [];
    return { ...difference, manager: owners[0] ?? (difference.found === null ? lastForeignWriter(live) : null) };
  });
}

interface FieldsEntry {
  readonly manager: string;
  readonly time: string;
  readonly fields: unknown;
}

function entriesOf(live: ClusterObject): FieldsEntry[] {
  return listAt(live, 'metadata', 'managedFields').flatMap((entry) => {
    const manager = textAt(entry, 'manager');
    if (manager === undefined || textAt(entry, 'subresource') !== undefined) return [];
    return { manager, time: textAt(entry, 'time') ?? '', fields: at(entry, 'fieldsV1') };
  });
}

/** Whoever owns the field itself or something below it, the latest writer first. */
export function writersOf(live: ClusterObject, path: string): string[] {
  const owned = entriesOf(live).filter(({ fields }) => owns(fields, stepsOf(path)));
  return owned.toSorted((a, b) => (a.time < b.time ? 1 : -1)).map(({ manager }) => manager);
}

/** Nothing is named below a field that is one thing (a selector): who owns it owns what is in it. */
function owns(fields: unknown, [step, ...rest]: readonly string[]): boolean {
  if (step === undefined) return fields !== undefined;
  const inner = at(fields, `f:${step}`);
  return inner !== undefined && (isEmpty(inner) || owns(inner, rest));
}

/** Of what was taken away nobody is the owner any more. */
function lastForeignWriter(live: ClusterObject): string | null {
  const foreign = entriesOf(live).filter(({ manager }) => manager !== OUR_MANAGER);
  return foreign.toSorted((a, b) => (a.time < b.time ? 1 : -1))[0]?.manager ?? null;
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Where a person put a password into a field that is shown, it is not shown. A map only names where one is. */
export function redacted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(redacted);
  if (!isMap(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      SECRET_FIELD.test(key) && !isMap(inner) ? REDACTED : redacted(inner),
    ]),
  );
}

/**
 * The manifest without what is left as it was found: what is not applied is not taken over. A map that would be empty is not
 * applied either: whoever applies it owns it, with all that others write below.
 */
export function leaving(manifest: Manifest, paths: readonly string[]): Manifest {
  return paths.reduce((left, path) => without(left, stepsOf(path), isEmpty) as Manifest, manifest);
}

function without(value: unknown, [step, ...rest]: readonly string[], goesToo: (inner: unknown) => boolean): unknown {
  if (!isMap(value) || step === undefined || !(step in value)) return value;
  const { [step]: inner, ...others } = value;
  if (rest.length === 0) return others;
  const left = without(inner, rest, goesToo);
  return goesToo(left) ? others : { ...others, [step]: left };
}

const isEmpty = (value: unknown): boolean => isMap(value) && Object.keys(value).length === 0;

/**
 * Whether the manifest wants of that field still what it wanted when somebody else's value was written down. If not, the
 * wish is newer than what a person let be, and is applied.
 */
export function wantsStill(manifest: Manifest, { path, wanted }: Pick<Difference, 'path' | 'wanted'>): boolean {
  const { metadata, spec } = without(manifest, stepsOf(path), () => false) as Manifest;
  const [difference] = differences(manifest, { metadata, ...(spec === undefined ? {} : { spec }) });
  return difference?.path === path && saysTheSame(difference.wanted, wanted, []);
}
