/** Decides how the addresses that machines have and those that were claimed stand to each other (账 / 实 / 差异). */

/**
 * UNCLAIMED: a machine has it and nobody claimed it. RESTING: a machine still has what was given back. OTHER_HOLDER: it was
 * claimed for another department than the machine's. TWICE: several machines have it at once. NOT_SEEN: claimed, and on no
 * machine that the console sees, as with devices, or with machines that are off.
 */
export const ADDRESS_MATCHES = ['MATCHED', 'UNCLAIMED', 'RESTING', 'OTHER_HOLDER', 'TWICE', 'NOT_SEEN'] as const;
export type AddressMatch = (typeof ADDRESS_MATCHES)[number];

export interface ClaimedAddress {
  readonly id: string;
  /** Sorts as the addresses do. */
  readonly key: string;
  readonly address: string;
  readonly state: 'HELD' | 'ALLOCATED' | 'QUARANTINE';
  readonly departmentId: string | null;
}
export interface AddressOnMachine {
  readonly key: string;
  readonly address: string;
  readonly resourceId: string;
  readonly departmentId: string;
}

export interface MatchedAddress {
  readonly key: string;
  readonly address: string;
  readonly match: AddressMatch;
  readonly claimId: string | null;
  readonly resourceIds: readonly string[];
}

/** Of one network, in the order of the addresses. What is only held or rests and is on no machine is as it should be. */
export function matchAddresses(claims: readonly ClaimedAddress[], seen: readonly AddressOnMachine[]): MatchedAddress[] {
  const claimed = new Map(claims.map((claim) => [claim.key, claim]));
  const onMachines = Map.groupBy(seen, (one) => one.key);
  return [...new Set([...claimed.keys(), ...onMachines.keys()])].toSorted().flatMap((key) => {
    const [claim, machines] = [claimed.get(key), onMachines.get(key) ?? []];
    const match = matchOf(claim, machines);
    if (match === null) return [];
    return {
      key,
      address: claim?.address ?? (machines[0]?.address as string),
      match,
      claimId: claim?.id ?? null,
      resourceIds: [...new Set(machines.map((machine) => machine.resourceId))].toSorted(),
    };
  });
}

function matchOf(claim: ClaimedAddress | undefined, machines: readonly AddressOnMachine[]): AddressMatch | null {
  const [machine] = machines;
  if (!machine) return claim?.state === 'ALLOCATED' ? 'NOT_SEEN' : null;
  if (machines.some((other) => other.resourceId !== machine.resourceId)) return 'TWICE';
  if (!claim) return 'UNCLAIMED';
  if (claim.state === 'QUARANTINE') return 'RESTING';
  return claim.departmentId === null || claim.departmentId === machine.departmentId ? 'MATCHED' : 'OTHER_HOLDER';
}
