import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ResultOf } from '../../../graphql/tada';
import { Panel } from '../../../ui/Panel';
import { quotaFigure, quotaUnits } from '../../../ui/quota/quota-units';
import { Time } from '../../../ui/Time';
import { WideTable } from '../../../ui/WideTable';
import type { PlanFacts, PlanQuotaOutlook } from '../plans.gql';

type Facts = ResultOf<typeof PlanFacts>;
type Outlook = NonNullable<ResultOf<typeof PlanQuotaOutlook>['quotaOutlook']>;

/** What is asked and accepted in all, by the meters of quotas. */
export function AmountsPanel({ plan }: { plan: Facts }) {
  const { t } = useTranslation();
  if (plan.amounts.length === 0) return null;
  return (
    <Panel title={t('plan.amounts')}>
      <dl className="jy-quota-list">
        {plan.amounts.map(({ meter, asked, accepted }) => {
          const unit = quotaUnits[meter].unit && ` ${quotaUnits[meter].unit}`;
          return (
            <div key={meter}>
              <dt>{t(`quota.meter.${meter}`)}</dt>
              <dd className="jy-number">
                <strong>
                  {quotaFigure(meter, accepted)}
                  {unit}
                </strong>
                {accepted !== asked && (
                  <span className="jy-quiet-text">
                    {' '}
                    {t('plan.asked')} {quotaFigure(meter, asked)}
                    {unit}
                  </span>
                )}
              </dd>
            </div>
          );
        })}
      </dl>
    </Panel>
  );
}

type QuotaProps = { plan: Facts; outlook: Outlook; onSet: (() => void) | null; busy: boolean };

/** Which limits follow from the plan: before, after, and what is in use, with what would stand in the way. */
export function QuotaOutlookPanel({ plan, outlook, onSet, busy }: QuotaProps) {
  const { t } = useTranslation();
  const { changes, objections, withApproval } = outlook;
  const figure = (meter: (typeof changes)[number]['meter'], amount: number) => {
    const { unit } = quotaUnits[meter];
    return `${quotaFigure(meter, amount)}${unit && ` ${unit}`}`;
  };
  return (
    <Panel
      title={t('plan.quotas.title')}
      aside={
        onSet && (
          <Button size="small" loading={busy} onClick={onSet}>
            {t('plan.quotas.setNow')}
          </Button>
        )
      }
    >
      <p className="jy-quiet-text">
        {withApproval ? t('plan.quotas.lead') : t('plan.quotas.leadLater', { year: plan.year })}
      </p>
      {objections.length > 0 && (
        <div role="alert">
          <p className="jy-strong">{t('plan.quotas.blocked')}</p>
          <ul className="jy-plain-list">
            {objections.map(({ message, path }) => (
              <li key={`${path.join('.')} ${message}`}>{message}</li>
            ))}
          </ul>
        </div>
      )}
      {changes.length === 0 ? (
        <p>{t('plan.quotas.same')}</p>
      ) : (
        <WideTable label={t('plan.quotas.title')}>
          <table className="jy-small-table" aria-label={t('plan.quotas.title')}>
            <thead>
              <tr>
                <th scope="col">{t('plan.quotas.subject')}</th>
                <th scope="col">{t('plan.quotas.meter')}</th>
                {(['before', 'after', 'live'] as const).map((key) => (
                  <th key={key} scope="col" className="jy-cell-number">
                    {t(`plan.quotas.${key}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {changes.map(({ subjectName, meter, before, after, live }) => (
                <tr key={`${subjectName} ${meter}`}>
                  <th scope="row">{subjectName}</th>
                  <td>{t(`quota.meter.${meter}`)}</td>
                  <td className="jy-cell-number">
                    {before === null ? t('plan.quotas.unlimited') : figure(meter, before)}
                  </td>
                  <td className="jy-cell-number">
                    <strong>{figure(meter, after)}</strong>
                  </td>
                  <td className="jy-cell-number" data-bad={live > after}>
                    {figure(meter, live)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </WideTable>
      )}
    </Panel>
  );
}

/** Who did what with it, the newest first. */
export function StepsPanel({ plan }: { plan: Facts }) {
  const { t } = useTranslation();
  return (
    <Panel title={t('plan.steps')}>
      {plan.steps.length === 0 ? (
        <p className="jy-quiet-text">{t('plan.noStep')}</p>
      ) : (
        <ol className="jy-timeline">
          {plan.steps.toReversed().map((step) => (
            <li key={`${step.at} ${step.action} ${step.actorName}`}>
              <div className="jy-timeline-head">
                <span className="jy-strong">{t(`plan.action.${step.action}`)}</span>
                <Time at={step.at} />
              </div>
              <p className="jy-quiet-text">
                {step.actorName} · {t(`plan.states.${step.toState}`)}
              </p>
              {step.opinion && <blockquote className="jy-opinion">{step.opinion}</blockquote>}
            </li>
          ))}
        </ol>
      )}
    </Panel>
  );
}
