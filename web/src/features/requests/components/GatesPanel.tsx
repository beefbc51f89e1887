import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type FragmentOf, readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { GateVerdicts } from '../../../ui/gates/GateVerdicts';
import { Panel } from '../../../ui/Panel';
import { Time } from '../../../ui/Time';
import { RequestGates } from '../requests.gql';

/** 准入判定: how it was judged when it last went on, by which edition; warnings stand open for whoever decides. */
export function GatesPanel({ request: masked }: { request: FragmentOf<typeof RequestGates> }) {
  const { t } = useTranslation();
  const { judgements } = readFragment(RequestGates, masked);
  const last = judgements.at(-1);
  if (!last) return null;
  return (
    <Panel
      title={t('gates.panel')}
      aside={
        <span className="jy-quiet-text">
          <Link to={routes.gatesEdition(last.editionId)}>{t('gates.judged', { number: last.editionNumber })}</Link> ·{' '}
          {t(`gates.moments.${last.moment}`)} <Time at={last.judgedAt} />
        </span>
      }
    >
      <GateVerdicts verdicts={last.verdicts} />
    </Panel>
  );
}
