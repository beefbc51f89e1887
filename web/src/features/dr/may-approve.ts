/** Decides what whoever looks at an execution reads on its button of approval: people and departments may have the same name, and are told apart by more. */
type MayApprove = 'NO_BUTTON' | 'OWN_REQUEST' | 'SAME_DEPARTMENT' | 'FREE';

type Asked = {
  /** He signs off, and has not asked for it himself. */
  readonly maySignOff: boolean;
  readonly approvals: readonly { readonly by: string; readonly departmentId: string }[];
};
type Viewer = { readonly displayName: string; readonly departmentId?: string | null };

export function mayApprove({ approvals, maySignOff }: Asked, viewer: Viewer, signsOff: boolean): MayApprove {
  if (!maySignOff) return signsOff ? 'OWN_REQUEST' : 'NO_BUTTON';
  const ofHisDepartment = approvals.filter(({ departmentId }) => departmentId === viewer.departmentId);
  if (ofHisDepartment.length === 0) return 'FREE';
  return ofHisDepartment.some(({ by }) => by === viewer.displayName) ? 'NO_BUTTON' : 'SAME_DEPARTMENT';
}
