import { useTranslation } from 'react-i18next';
import { type FragmentOf, type ResultOf, readFragment } from '../../../graphql/tada';
import { Panel } from '../../../ui/Panel';
import { Time } from '../../../ui/Time';
import { planPicture } from '../../../ui/three-centers/plan-picture';
import { ThreeCenters } from '../../../ui/three-centers/ThreeCenters';
import { ThreeCentersCenter } from '../../../ui/three-centers/three-centers.gql';
import type { RequestParts } from '../requests.gql';

type Props = {
  request: ResultOf<typeof RequestParts>;
  centers: readonly FragmentOf<typeof ThreeCentersCenter>[];
  /** Beside the queue: only the plan. */
  compact: boolean;
};

const GRANTED = new Set(['PROVISIONING', 'DELIVERED', 'CLOSED']);

/** 落位方案: what goes into which center, and whether it is held for it. */
export function PlanPanel({ request, centers, compact }: Props) {
  const { t } = useTranslation();
  const { planned, linked } = planPicture(request.plan, readFragment(ThreeCentersCenter, centers), t);
  const { holdExpiresAt, state } = request;
  return (
    <Panel
      title={t('request.plan')}
      aside={
        <span className="jy-quiet-text">
          {GRANTED.has(state) ? (
            t('planPicture.allocated')
          ) : holdExpiresAt ? (
            <>
              {t('planPicture.heldUntil')} <Time at={holdExpiresAt} exact />
            </>
          ) : (
            t('planPicture.notHeld')
          )}
        </span>
      }
    >
      <ThreeCenters centers={centers} planned={planned} linked={linked} compact={compact} />
    </Panel>
  );
}
