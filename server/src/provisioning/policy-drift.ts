import { isDeepStrictEqual } from 'node:util';
import type { HandlingRules } from '../drift/domain/drift-policy.js';
import { isLeftAlone, isToBePutBack } from '../drift/domain/drift-state.js';
import { opensBoundary } from '../drift/domain/opened-boundary.js';
import type { DriftObject, DriftRow, SeenDrift } from '../drift/drift.types.js';
import { type ClusterObject, keyOf, keyText, type Manifest } from './domain/cluster-object.js';
import { leavingWhole } from './domain/desired-policy.js';
import { foreignEdits, OUR_MANAGER, wantsStill, writersOf } from './domain/drift.js';
import { pathText } from './domain/field-path.js';
import type { ClusterGateway } from './domain/ports.js';
import type { DriftRecords } from './drift-guard.js';
import { type LeaseGuard, LeaseLost } from './lease-guard.js';
import type { PolicyRecords, Records } from './provisioning.types.js';

type Policy = Awaited<ReturnType<PolicyRecords['drivenIn']>>[number]['policy'];

/** Sees what somebody else wrote into a NetworkPolicy, writes it down, and says whether it is put back or waits. */
export class PolicyDrift {
  /** Of the beat that runs, by "namespace/name"; few, because a boundary that was moved does not stay so for long. */
  private standing: ReadonlySet<string> = new Set();

  constructor(
    private readonly center: { readonly id: string },
    private readonly gateway: ClusterGateway,
    private readonly guard: LeaseGuard,
    private readonly records: Pick<Records, 'unitOfWork' | 'leases' | 'clock'>,
    private readonly drift: DriftRecords | undefined,
  ) {}

  /** Before a beat looks at its policies. */
  async begin(): Promise<void> {
    const rows = (await this.drift?.drifts.standingOfKind(this.center.id, 'NetworkPolicy')) ?? [];
    this.standing = new Set(rows.map((row) => keyText({ namespace: row.objectNamespace, name: row.objectName })));
  }

  /** It says what was applied: what stood of it has ended. */
  async isRight(policy: Policy, manifest: Manifest): Promise<void> {
    if (this.stands(manifest)) await this.see(policy, manifest, false);
  }

  /** Whether something of it is on record that has not ended. */
  stands(manifest: Manifest): boolean {
    return this.standing.has(keyText(keyOf(manifest)));
  }

  /** It says something else. What is applied of it: all, or without what a person lets be; WAIT: a person decides. */
  async isAnother(policy: Policy, manifest: Manifest): Promise<Manifest | 'WAIT'> {
    const rows = await this.see(policy, manifest, true);
    const now = this.records.clock.now();
    const putBack = rows.filter((row) => isToBePutBack(row, now));
    const left = rows.filter((row) => isLeftAlone(row, now) && wantsStill(manifest, row));
    if (putBack.length === 0 && left.length > 0) return 'WAIT';
    const pathsOf = (some: readonly DriftRow[]) => some.map(({ path }) => path);
    return leavingWhole(manifest, pathsOf(left), pathsOf(putBack));
  }

  /** A wall between departments says what was applied: what stood of it has ended. */
  async wallStands(manifest: Manifest): Promise<void> {
    if (this.stands(manifest)) await this.write(manifest, ofWall(manifest), [], WALL_RULES);
  }

  /**
   * A wall between departments says something else, or is gone. It is put up again whole and at once, by whatever rule and in
   * whatever freeze; so only what it let through meanwhile is written down, and nothing waits for anybody.
   * @param stood it was seen to stand before: what was never put up was not taken down.
   */
  async wallIsAnother(manifest: Manifest, stood: boolean): Promise<void> {
    if (!this.drift) return;
    const live = await this.gateway.get(keyOf(manifest));
    const gone = stood || this.stands(manifest) ? [takenDown(manifest)] : [];
    const found = live ? openedIn(manifest, live) : gone;
    if (found.length > 0 || this.stands(manifest)) await this.write(manifest, ofWall(manifest), found, WALL_RULES);
  }

  private async see(policy: Policy, manifest: Manifest, differs: boolean): Promise<DriftRow[]> {
    if (!this.drift) return [];
    const live = differs ? await this.gateway.get(keyOf(manifest)) : undefined;
    const found = live ? foreignEdits(manifest, live) : [];
    // A field that the console itself owns differs for a webhook's reasons: nothing stands, nothing is to be written.
    if (found.length === 0 && !this.stands(manifest)) return [];
    const { code, departmentId, systemId } = policy;
    return this.write(manifest, { subjectCode: code, departmentId, systemId }, found);
  }

  private async write(
    manifest: Manifest,
    of: Pick<DriftObject, 'subjectCode' | 'departmentId' | 'systemId'>,
    found: readonly SeenDrift[],
    over: Partial<HandlingRules> = {},
  ): Promise<DriftRow[]> {
    const { drift } = this;
    if (!drift) return [];
    const { kind, name, namespace } = keyOf(manifest);
    const { rules } = await drift.policies.inForce();
    return this.records.unitOfWork.run(async (tx) => {
      if (!(await this.records.leases.stillHeld(tx, this.guard.lease))) throw new LeaseLost(this.guard.lease);
      const object = {
        ...{ ...of, centerId: this.center.id, resourceId: null },
        ...{ objectKind: kind, objectNamespace: namespace ?? '', objectName: name },
      };
      return drift.drifts.see(tx, object, found, { rules: { ...rules, ...over } });
    });
  }
}

const WALL_RULES = { BOUNDARY: 'HEAL' } as const;

/** A department's place is nobody's resource: the record names the namespace. */
function ofWall(manifest: Manifest) {
  const { name, namespace } = keyOf(manifest);
  return { subjectCode: namespace ?? name, departmentId: null, systemId: null };
}

function takenDown({ spec }: Manifest): SeenDrift {
  return { path: 'spec', wanted: spec, found: null, manager: null };
}

/** Field by field, also of those that the console never named: a wall that selects nobody is none. */
function openedIn(manifest: Manifest, live: ClusterObject): SeenDrift[] {
  const [wanted, found] = [manifest, live].map(({ spec }) => (spec ?? {}) as Readonly<Record<string, unknown>>) as [
    Readonly<Record<string, unknown>>,
    Readonly<Record<string, unknown>>,
  ];
  return [...new Set([...Object.keys(wanted), ...Object.keys(found)])].flatMap((field): SeenDrift[] => {
    if (isDeepStrictEqual(wanted[field], found[field])) return [];
    const path = pathText(['spec', field]);
    const writers = writersOf(live, path);
    // A webhook of the cluster, on the console's own apply.
    if (writers.includes(OUR_MANAGER)) return [];
    const edit = { path, wanted: wanted[field] ?? null, found: found[field] ?? null, manager: writers[0] ?? null };
    return opensBoundary(manifest.kind, edit) ? [edit] : [];
  });
}
