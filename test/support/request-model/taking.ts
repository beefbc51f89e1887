import type { ModelRequest } from './request.ts';
import {
  add,
  addData,
  addMachine,
  addPlace,
  addRoom,
  addSize,
  memoryOf,
  more,
  type Share,
  SITES,
  type Taking,
} from './shares.ts';

/** What a request takes now: all that it asked for while it holds, what is left of it once it was granted. */
export function addTaken(to: Taking, request: ModelRequest): void {
  const { holds, shares, machines, servers, places } = request;
  if (holds) addAsked(to, request, shares);
  for (const { state, share, vcpu } of machines)
    if (state !== 'RELEASED') addMachine(to[share.site], { ...share, vcpu });
  for (const share of servers) add(to, share);
  for (const { share, size } of places) addPlace(to[share.site], share.form, size);
  if (machines.length > 0)
    for (const share of shares)
      if (share.standing === 'DATA') addData(to[share.site], Math.min(share.count, mostMachines(request, share.line)));
}

/** All that it holds once it holds: of a change only what its machine, or its places, get more. */
export function addAsked(
  to: Taking,
  { change, resize }: Pick<ModelRequest, 'change' | 'resize'>,
  shares: readonly Share[],
): void {
  for (const share of shares) add(to, share);
  if (change && change.vcpu > change.machine.vcpu) {
    const { vcpu, share } = change.machine;
    const memory = memoryOf(change.vcpu, share.card) - memoryOf(vcpu, share.card);
    addSize(to[share.site], change.vcpu - vcpu, memory);
  }
  for (const { share, size } of resize?.places ?? [])
    addRoom(to[share.site], share.form, more(size, resize?.to ?? size));
}

/** Of a line, in whichever site has most: so many data sets are needed. */
export function mostMachines({ machines }: Pick<ModelRequest, 'machines'>, line: number): number {
  const living = machines.filter((machine) => machine.share.line === line && machine.state !== 'RELEASED');
  return Math.max(...SITES.map((site) => living.filter((machine) => machine.share.site === site).length));
}
