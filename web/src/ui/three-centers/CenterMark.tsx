import type { CenterRole } from '../../graphql/enums';
import { letterOf } from './layout';

/** Alone on a page a center shows its role's colour and letter; further centers of one role share them there. */
const slotOfRole = { ACTIVE_A: 0, ACTIVE_B: 1, RECOVERY: 2 } as const satisfies Record<CenterRole, number>;

/** A center's letter on its colour, beside its name wherever it is named. */
export function CenterMark({ role, name }: { role: CenterRole; name: string }) {
  const slot = slotOfRole[role];
  return (
    <span className="jy-center-mark">
      <span className={`jy-center-badge jy-center-${slot}`} aria-hidden="true">
        {letterOf(slot)}
      </span>
      {name}
    </span>
  );
}
