import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type FragmentOf, readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { type Fact, Facts } from '../../../ui/Facts';
import { Money } from '../../../ui/Money';
import { Panel } from '../../../ui/Panel';
import { Time } from '../../../ui/Time';
import { RequestFacts } from '../requests.gql';

export function FactsPanel({ request: masked }: { request: FragmentOf<typeof RequestFacts> }) {
  const { t } = useTranslation();
  const request = readFragment(RequestFacts, masked);
  const { system, project } = request;
  const facts: Fact[] = [
    { label: t('request.purpose'), value: request.purpose, wide: true },
    { label: t('request.department'), value: request.department.name },
    { label: t('request.applicant'), value: request.applicantName },
    { label: t('request.system'), value: `${system.name} (${system.code})` },
    { label: t('request.protection'), value: t('request.protectionLevel', { level: system.protectionLevel }) },
    ...(request.nature === 'CHANGE' && request.machineCount > 0
      ? [{ label: t('change.restart'), value: t(request.restartAgreed ? 'change.restartYes' : 'change.restartNo') }]
      : []),
    {
      // What is asked for stands at the lines, which may differ.
      label: t('request.drModeOfSystem'),
      value: `${t(`localMode.${system.localMode}`)} · ${t(`remoteMode.${system.remoteMode}`)}`,
    },
    { label: t('request.project'), value: `${project.name} (${project.code})` },
    {
      label: t('request.funding'),
      value: t('request.fundingText', { year: project.budgetYear, source: project.fundSource }),
    },
    { label: t('project.fundingMode'), value: t(`project.fundingModes.${project.fundingMode}`) },
    {
      label: t(request.nature === 'CHANGE' ? 'change.costDelta' : 'request.monthlyCost'),
      value: <Money fen={request.monthlyCost} signed={request.nature === 'CHANGE'} />,
    },
    ...(request.nature === 'CHANGE' && request.machineCount > 0
      ? []
      : [
          {
            label: t('life.term'),
            value: request.temporaryUntil ? t('life.until', { day: request.temporaryUntil }) : t('life.longTerm'),
          },
        ]),
    { label: t('request.createdAt'), value: <Time at={request.createdAt} exact /> },
    { label: t('request.submittedAt'), value: <Time at={request.submittedAt} exact /> },
  ];
  if (request.holdExpiresAt)
    facts.push({ label: t('request.holdExpiresAt'), value: <Time at={request.holdExpiresAt} exact /> });
  // What it holds now: earlier holds were given back as the next was taken. What goes beyond the quotas is its department's.
  const within = request.encumbrances.findLast(({ beyondQuota }) => !beyondQuota);
  const beyond = request.encumbrances.findLast(({ beyondQuota, left }) => beyondQuota && left !== '0');
  for (const encumbrance of [within, beyond])
    if (encumbrance)
      facts.push({
        label: t(encumbrance.beyondQuota ? 'budgetFit.encumbranceBeyond' : 'budgetFit.encumbrance'),
        wide: true,
        value: (
          <>
            {encumbrance.budgetId ? (
              <Link to={routes.budget(encumbrance.budgetId)}>{encumbrance.budgetName}</Link>
            ) : (
              encumbrance.budgetName
            )}{' '}
            <span className="jy-budget-figures">
              <span>
                {t('budgetFit.encumbered')} <Money fen={encumbrance.amount} />
              </span>
              <span>
                {t('budgetFit.stillEncumbered')} <Money fen={encumbrance.left} />
              </span>
            </span>
          </>
        ),
      });
  return (
    <Panel title={t('request.facts')}>
      <Facts facts={facts} />
    </Panel>
  );
}
