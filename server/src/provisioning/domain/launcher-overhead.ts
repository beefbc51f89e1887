/** Decides how much memory machines need beside their guests. */

/** Page tables, emulator, firmware: KubeVirt 1.9 asks 277 MiB and a 512th of the guest; a node reserves some more. */
const MIB_PER_MACHINE = 512;
const MIB_PER_VCPU = 8;

/** Of so many launcher pods, with so many vCPU together. */
export function launcherOverheadMib(machines: number, vcpu: number): number {
  return machines * MIB_PER_MACHINE + vcpu * MIB_PER_VCPU;
}
