/** Decides what the same resources would cost in so many years if somebody built for himself, line by line, beside what they are accounted at here. */
import type { Fen } from '../../kernel/money.js';
import { type AssumptionKey, type AssumptionValues, scaleOf } from './assumptions.js';
import { ceiling, greater, largest, minus, NOUGHT, plus, type Ratio, ratio, rounded, textOf, times } from './ratio.js';
import type { SiteUse } from './site-use.js';

export const SELF_BUILD_LINES = [
  'HOSTS',
  'STORAGE',
  'SERVERS',
  'ACCELERATORS',
  'RESERVE',
  'NETWORK',
  'SOFTWARE',
  'MAINTENANCE',
  'SPACE',
  'POWER',
  'PEOPLE',
  'SITE_LINES',
] as const;
export type SelfBuildLineKey = (typeof SELF_BUILD_LINES)[number];

/** What a line is reckoned from, so that whoever reads it can reckon it again. */
export const LINE_TERMS = [
  'HOSTS',
  'SSD_TIB',
  'HDD_TIB',
  'SERVERS',
  'ACCELERATORS',
  'EQUIPMENT_YUAN',
  'MACHINES',
  'U',
  'KWH',
  'PEOPLE',
  'LINES',
  'PURCHASES',
  'MAINTAINED_YEARS',
  'YEARS',
] as const;
export type LineTerm = (typeof LINE_TERMS)[number];

export interface SelfBuildLine {
  readonly key: SelfBuildLineKey;
  readonly amount: Fen;
  readonly terms: readonly { readonly term: LineTerm; readonly value: string }[];
}

export interface ComparisonFacts {
  readonly values: AssumptionValues;
  readonly sites: readonly SiteUse[];
  /** What the same resources were accounted at in the months looked at. */
  readonly accounted: Fen;
  readonly months: number;
  readonly years: number;
}

export interface Comparison {
  readonly lines: readonly SelfBuildLine[];
  readonly selfBuild: Fen;
  readonly jiyun: Fen;
  /** selfBuild − jiyun; below nought where building would be cheaper. */
  readonly savings: Fen;
  /** Of what building would cost, in hundredths of a percent; null = building costs nothing. */
  readonly savingsPart: number | null;
  /** Both sides up to the end of each year. */
  readonly byYear: readonly { readonly year: number; readonly selfBuild: Fen; readonly jiyun: Fen }[];
}

const MONTHS_PER_YEAR = 12n;
/** Machines run through; leap days are under three in a thousand and stand on neither side's prices. */
const HOURS_PER_YEAR = 8_760n;
const W_PER_KW = 1_000n;
const TIB_PER_STORAGE_HEIGHT = 100n;
const FEN_PER_YUAN = 100n;
const PERCENT = 100n;
const TEXT_DECIMALS = 2;

/** Each line rounds alone, a side is the sum of its lines, and every grouping adds up to the fen. */
export function compare(facts: ComparisonFacts): Comparison {
  const at = (years: number) => ({
    lines: linesOf(facts.values, facts.sites, BigInt(years)),
    jiyun: jiyunOf(facts, years),
  });
  const byYear = Array.from({ length: facts.years }, (_, index) => {
    const { jiyun, lines } = at(index + 1);
    return { year: index + 1, selfBuild: sumOf(lines), jiyun };
  });
  const { jiyun, lines } = at(facts.years);
  const selfBuild = sumOf(lines);
  const savings = selfBuild - jiyun;
  return {
    ...{ lines, selfBuild, jiyun, savings, byYear },
    savingsPart: selfBuild === 0n ? null : Number(rounded(ratio(savings * PERCENT * PERCENT, selfBuild))),
  };
}

function sumOf(lines: readonly SelfBuildLine[]): Fen {
  return lines.reduce((sum, { amount }) => sum + amount, 0n);
}

/** Use goes on as it was: a year comes to twelve times the average month. */
function jiyunOf({ accounted, months }: ComparisonFacts, years: number): Fen {
  return rounded(ratio(accounted * MONTHS_PER_YEAR * BigInt(years), BigInt(months)));
}

/** What is set up in one place. */
interface Built {
  readonly hosts: bigint;
  /** As many as use alone needs. */
  readonly bareHosts: bigint;
  readonly servers: bigint;
  readonly accelerators: bigint;
}

function linesOf(values: AssumptionValues, sites: readonly SiteUse[], years: bigint): SelfBuildLine[] {
  const of = (key: AssumptionKey): Ratio => ratio(values[key], scaleOf(key));
  const fen = (key: AssumptionKey): Ratio => times(of(key), FEN_PER_YUAN);
  const part = (key: AssumptionKey): Ratio => times(of(key), ratio(1n, PERCENT));
  const withReserve = plus(ratio(1n), part('RESERVE_PART'));

  const built = sites.map((site) => builtOf(values, site, withReserve));
  const count = (field: keyof Built): bigint => built.reduce((sum, each) => sum + each[field], 0n);
  const use = (field: 'ssdTib' | 'hddTib' | 'cabinetU' | 'extraW'): Ratio => plus(...sites.map((site) => site[field]));
  const [hosts, bareHosts, servers, accelerators] = [
    count('hosts'),
    count('bareHosts'),
    count('servers'),
    count('accelerators'),
  ];
  const [ssd, hdd] = [use('ssdTib'), use('hddTib')];
  const machines = hosts + servers;
  const tib = times(plus(ssd, hdd), withReserve);
  // A machine is bought anew when its life is over; a last one that lives on beyond the time is paid for whole.
  const purchases = ceiling(ratio(years * scaleOf('LIFE'), values.LIFE));
  const maintained = maintainedYears(values, years);

  const ofHosts = times(bareHosts, fen('HOST_PRICE'));
  const ofStorage = plus(times(ssd, fen('SSD_PRICE')), times(hdd, fen('HDD_PRICE')));
  const ofServers = times(servers, fen('SERVER_PRICE'));
  const ofAccelerators = times(accelerators, fen('ACCELERATOR_PRICE'));
  const ofReserve = plus(times(hosts - bareHosts, fen('HOST_PRICE')), minus(times(ofStorage, withReserve), ofStorage));
  const equipment = plus(ofHosts, ofStorage, ofServers, ofAccelerators, ofReserve);
  const ofNetwork = times(equipment, part('NETWORK_PART'));
  const licences = times(hosts, fen('SOFTWARE_PRICE'));
  // Machines are maintained each at a price; what has none of its own by a part of what it cost.
  const beside = plus(times(ofStorage, withReserve), ofAccelerators, ofNetwork);

  const height = plus(
    times(hosts, of('HOST_HEIGHT')),
    times(servers, of('SERVER_HEIGHT')),
    times(tib, of('STORAGE_HEIGHT'), ratio(1n, TIB_PER_STORAGE_HEIGHT)),
    use('cabinetU'),
  );
  const watts = plus(
    times(hosts, of('HOST_POWER')),
    times(servers, of('SERVER_POWER')),
    times(accelerators, of('ACCELERATOR_POWER')),
    times(tib, of('STORAGE_POWER')),
    times(use('cabinetU'), of('SPACE_POWER')),
    use('extraW'),
  );
  const kwh = times(watts, of('PUE'), HOURS_PER_YEAR * years, ratio(1n, W_PER_KW));
  const people =
    machines === 0n && height.n === 0n
      ? NOUGHT
      : greater(of('PEOPLE_MIN'), times(machines, ratio(scaleOf('MACHINES_PER_PERSON'), values.MACHINES_PER_PERSON)));
  const places = BigInt(sites.filter(({ centerId }) => centerId !== null).length);
  const links = places > 1n ? places - 1n : 0n;

  return [
    line('HOSTS', times(ofHosts, purchases), { HOSTS: bareHosts, PURCHASES: purchases }),
    line('STORAGE', times(ofStorage, purchases), { SSD_TIB: ssd, HDD_TIB: hdd, PURCHASES: purchases }),
    line('SERVERS', times(ofServers, purchases), { SERVERS: servers, PURCHASES: purchases }),
    line('ACCELERATORS', times(ofAccelerators, purchases), { ACCELERATORS: accelerators, PURCHASES: purchases }),
    line('RESERVE', times(ofReserve, purchases), { HOSTS: hosts - bareHosts, PURCHASES: purchases }),
    line('NETWORK', times(ofNetwork, purchases), {
      EQUIPMENT_YUAN: times(equipment, ratio(1n, FEN_PER_YUAN)),
      PURCHASES: purchases,
    }),
    line('SOFTWARE', plus(times(licences, purchases), times(licences, part('SOFTWARE_SUPPORT'), years)), {
      ...{ HOSTS: hosts, PURCHASES: purchases, YEARS: years },
    }),
    line(
      'MAINTENANCE',
      times(plus(times(machines, fen('MAINTENANCE')), times(beside, part('MAINTENANCE_PART'))), maintained),
      {
        MACHINES: machines,
        EQUIPMENT_YUAN: times(beside, ratio(1n, FEN_PER_YUAN)),
        MAINTAINED_YEARS: maintained,
      },
    ),
    line('SPACE', times(height, fen('CABINET_RENT'), MONTHS_PER_YEAR * years), { U: height, YEARS: years }),
    line('POWER', times(kwh, fen('ELECTRICITY')), { KWH: kwh, YEARS: years }),
    line('PEOPLE', times(people, fen('PERSON_COST'), years), { PEOPLE: people, YEARS: years }),
    line('SITE_LINES', times(links, fen('SITE_LINE'), years), { LINES: links, YEARS: years }),
  ];
}

/** One place by itself: what fails there is borne there. */
function builtOf(values: AssumptionValues, site: SiteUse, withReserve: Ratio): Built {
  const hostsFor = (vcpu: Ratio, memoryGib: Ratio): bigint => {
    const byVcpu = ceiling(times(vcpu, ratio(scaleOf('HOST_VCPU'), values.HOST_VCPU)));
    const byMemory = ceiling(times(memoryGib, ratio(scaleOf('HOST_MEMORY_GIB'), values.HOST_MEMORY_GIB)));
    return largest(byVcpu, byMemory);
  };
  const bareHosts = hostsFor(site.vcpu, site.memoryGib);
  const wanted = hostsFor(times(site.vcpu, withReserve), times(site.memoryGib, withReserve));
  const hosts = bareHosts === 0n ? 0n : largest(wanted, values.HOSTS_MIN);
  return { hosts, bareHosts, servers: ceiling(site.servers), accelerators: ceiling(site.accelerators) };
}

/** Years beyond warranty, life by life. */
function maintainedYears({ LIFE, WARRANTY }: AssumptionValues, years: bigint): bigint {
  const beyond = (of: bigint): bigint => (of > WARRANTY ? of - WARRANTY : 0n);
  return (years / LIFE) * beyond(LIFE) + beyond(years % LIFE);
}

function line(
  key: SelfBuildLineKey,
  amount: Ratio,
  terms: { readonly [T in LineTerm]?: Ratio | bigint },
): SelfBuildLine {
  return {
    key,
    amount: rounded(amount),
    terms: Object.entries(terms).map(([term, value]) => ({
      term: term as LineTerm,
      value: textOf(typeof value === 'bigint' ? ratio(value) : value, TEXT_DECIMALS),
    })),
  };
}
