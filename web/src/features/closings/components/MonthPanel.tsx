import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type FragmentOf, readFragment } from '../../../graphql/tada';
import { count } from '../../../lib/quantity';
import { routes } from '../../../lib/routes';
import { ActionButton } from '../../../ui/ActionButton';
import { closingStates } from '../../../ui/closing-states';
import { Money } from '../../../ui/Money';
import { Panel } from '../../../ui/Panel';
import { StateTag } from '../../../ui/StateTag';
import { ClosingCheckFields, ClosingMonthParts } from '../closings.gql';
import { ChecklistTable } from './ChecklistTable';
import { RequestClosingDialog } from './RequestClosingDialog';

/** How the chosen month stands: what it comes to, what keeps it open, and who has signed. */
export function MonthPanel({
  month: masked,
  cityId,
}: {
  month: FragmentOf<typeof ClosingMonthParts>;
  cityId: string | null;
}) {
  const { t } = useTranslation();
  const month = readFragment(ClosingMonthParts, masked);
  const [asking, setAsking] = useState(false);
  const standing = month.closings.find(({ state }) => ['REQUESTED', 'FREEZING', 'CLOSED'].includes(state));
  const blocked = readFragment(ClosingCheckFields, month.checklist).filter(({ result }) => result === 'BLOCKS');
  const reason = blocked.length > 0 ? t('closing.blocked', { count: blocked.length }) : null;
  return (
    <Panel
      title={t('closing.monthTitle', { month: month.month })}
      aside={
        <>
          {standing && <StateTag look={closingStates[standing.state]} word={t(`closing.state.${standing.state}`)} />}
          {standing && (
            <Link to={routes.closing(standing.id)}>{t(standing.mayDecide ? 'closing.decide' : 'closing.open')}</Link>
          )}
          {month.mayRequest && (
            <ActionButton type="primary" disabledReason={reason} onPress={() => setAsking(true)}>
              {t('closing.request')}
            </ActionButton>
          )}
        </>
      }
    >
      <ul className="jy-figures jy-figures-narrow" aria-label={t('closing.figures')}>
        {[
          { label: t('closing.amount'), value: <Money fen={month.amount} compact /> },
          { label: t('closing.departments'), value: count(month.departments) },
          { label: t('closing.lines'), value: count(month.lines) },
        ].map(({ label, value }) => (
          <li key={label} className="jy-figure">
            <div>
              <span className="jy-figure-label">{label}</span>
              <span className="jy-figure-value">{value}</span>
            </div>
          </li>
        ))}
      </ul>
      {month.checklist.length > 0 && (
        <ChecklistTable checks={month.checklist} monthAt={(at) => routes.closings({ month: at, city: cityId })} />
      )}
      {asking && <RequestClosingDialog month={month} cityId={cityId} onClose={() => setAsking(false)} />}
    </Panel>
  );
}
