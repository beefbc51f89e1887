/** Decides of which class a field is that somebody else changed: the rule is given for a class. */

export const FIELD_CLASSES = [
  'POWER',
  'SIZE',
  'NETWORK',
  'STORAGE',
  'PLACEMENT',
  'IDENTITY',
  'BOUNDARY',
  'OTHER',
] as const;
export type FieldClass = (typeof FIELD_CLASSES)[number];

/** The first that fits decides. */
const ROWS: readonly (readonly [kind: RegExp, path: RegExp, fieldClass: FieldClass])[] = [
  [/^(NetworkPolicy|ResourceQuota|LimitRange)$/, /^spec\b/, 'BOUNDARY'],
  [/./, /^metadata\b/, 'IDENTITY'],
  [/^DataVolume$/, /^spec\b/, 'STORAGE'],
  [/^VirtualMachine$/, /^spec\.runStrategy$/, 'POWER'],
  [/^VirtualMachine$/, /^spec\.template\.metadata\b/, 'IDENTITY'],
  [/^VirtualMachine$/, /^spec\.template\.spec\.domain\.(cpu|memory)\b/, 'SIZE'],
  [/^VirtualMachine$/, /^spec\.template\.spec\.domain\.devices\.gpus\b/, 'SIZE'],
  [
    /^VirtualMachine$/,
    /^spec\.template\.spec\.(networks|domain\.devices\.(interfaces|networkInterfaceMultiqueue))\b/,
    'NETWORK',
  ],
  [/^VirtualMachine$/, /^spec\.template\.spec\.(volumes|domain\.devices\.disks)\b/, 'STORAGE'],
  [
    /^VirtualMachine$/,
    /^spec\.template\.spec\.(nodeSelector|architecture|evictionStrategy|terminationGracePeriodSeconds)\b/,
    'PLACEMENT',
  ],
  [/^VirtualMachine$/, /^spec\.template\.spec\.domain\.(firmware|machine)\b/, 'IDENTITY'],
];

export function classOf(kind: string, path: string): FieldClass {
  return ROWS.find(([kinds, paths]) => kinds.test(kind) && paths.test(path))?.[2] ?? 'OTHER';
}
