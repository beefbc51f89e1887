/** What a person asked of one machine while a fault stood. */
export const PHASES = ['create', 'resize', 'stop', 'release'] as const;
export type LifePhase = (typeof PHASES)[number];

export interface Item {
  readonly phase: LifePhase;
  readonly id: string;
  readonly objectName: string;
  /** As its claim has it, and as it was asked to be at last. */
  readonly claimedVcpu: number;
  readonly wantedVcpu: number;
}

/** What one cluster, its record and its counter must show of these machines, and of no other, once a fault has ended. */
export interface World {
  readonly machines: readonly Shown[];
  readonly instances: readonly Shown[];
  readonly disks: readonly Shown[];
  readonly records: readonly {
    readonly id: string;
    readonly state: string;
    readonly power: string;
    /** Nothing is under way any more. */
    readonly settled: boolean;
  }[];
  readonly liveVcpu: number;
}

export interface Shown {
  readonly resourceId: string;
  readonly name: string;
  /** vCPU and whether it shall run, of a machine; null where it says nothing of it. */
  readonly vcpu: number | null;
  readonly halted: boolean | null;
}

const END: Readonly<Record<LifePhase, { readonly state: string; readonly power: string }>> = {
  create: { state: 'IN_USE', power: 'RUNNING' },
  resize: { state: 'IN_USE', power: 'RUNNING' },
  stop: { state: 'IN_BIN', power: 'STOPPED' },
  release: { state: 'RELEASED', power: 'STOPPED' },
};

/** The oracle: it knows what was asked, and nothing of faults. */
export function worldOf(items: readonly Item[]): World {
  const there = items.filter(({ phase }) => phase !== 'release');
  const runs = there.filter(({ phase }) => phase !== 'stop');
  const named = ({ id, objectName }: Item) => ({ resourceId: id, name: objectName });
  return inOrder({
    machines: there.map((item) => ({ ...named(item), vcpu: item.wantedVcpu, halted: item.phase === 'stop' })),
    instances: runs.map((item) => ({ ...named(item), vcpu: item.wantedVcpu, halted: null })),
    disks: there.map((item) => ({ resourceId: item.id, name: `${item.objectName}-root`, vcpu: null, halted: null })),
    records: items.map(({ id, phase }) => ({ id, ...END[phase], settled: true })),
    liveVcpu: there.reduce((sum, { claimedVcpu }) => sum + claimedVcpu, 0),
  });
}

export function inOrder(world: World): World {
  const byName = (shown: readonly Shown[]) => [...shown].sort((a, b) => (a.name < b.name ? -1 : 1));
  return {
    machines: byName(world.machines),
    instances: byName(world.instances),
    disks: byName(world.disks),
    records: [...world.records].sort((a, b) => (a.id < b.id ? -1 : 1)),
    liveVcpu: world.liveVcpu,
  };
}
