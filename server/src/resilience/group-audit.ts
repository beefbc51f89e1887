import type { GroupRow, TierRow, TierWish } from './resilience.types.js';

/** What the audit keeps of a group, a tier and its targets. */
export const auditOf = ({ departmentId, id }: Pick<GroupRow, 'id' | 'departmentId'>) => ({
  ...{ objectType: 'DrGroup', objectId: id, departmentId },
});

export const saidOf = ({ dataKind, layer, localMode, party, partyName, remoteMode, source }: TierRow) => ({
  ...{ dataKind, layer, localMode, party, partyName, remoteMode, source },
});

/** What a person says of a tier, as it is kept. */
export const valuesOf = ({ dataKind, layer, party, partyName, source }: TierWish) => ({
  ...{ dataKind, layer, party, partyName: partyName?.trim() || null, source },
});

export const targetsOf = (row: GroupRow) => ({
  ...{ level: row.targetLevel, rtoSeconds: row.rtoSeconds, rpoSeconds: row.rpoSeconds },
  ...{ dooSeconds: row.dooSeconds, nroSeconds: row.nroSeconds, elements: { ...row.elements } },
});
