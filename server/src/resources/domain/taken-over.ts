/** Decides what is kept of a machine that ran before the console and was taken over: which object it is, and in which words its size stands there. */

/** The parts of KubeVirt's vCPU product that its object names. */
export const CPU_PARTS = ['sockets', 'cores', 'threads'] as const;
export type CpuPart = (typeof CPU_PARTS)[number];

/**
 * Its size is applied in the very words in which it was found: 4 cores said as 4 sockets would be another template, and ask
 * for a restart that nobody agreed to.
 */
export interface TakenOver {
  readonly uid: string;
  readonly cpu: { readonly [P in CpuPart]?: number };
  readonly memory: { readonly field: 'guest' | 'request'; readonly amount: string };
}
