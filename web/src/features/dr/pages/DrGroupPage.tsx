import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useQuery } from 'urql';
import { failureOf } from '../../../graphql/failure';
import { readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { ActionButton } from '../../../ui/ActionButton';
import { drGrades } from '../../../ui/dr-states';
import { Facts } from '../../../ui/Facts';
import { PageHeader } from '../../../ui/PageHeader';
import { Panel } from '../../../ui/Panel';
import { EmptyState, FailureState, LoadingState } from '../../../ui/page-states';
import { StateTag } from '../../../ui/StateTag';
import { Time } from '../../../ui/Time';
import { useMay } from '../../../ui/viewer-context';
import { ComposeDialog } from '../components/ComposeDialog';
import { ProbeTable } from '../components/ProbeTable';
import { SignalTable } from '../components/SignalTable';
import { StartDialog } from '../components/StartDialog';
import { TargetsDialog } from '../components/TargetsDialog';
import { TierTable } from '../components/TierTable';
import { type DrGroup, DrGroupFacts, DrGroupQuery } from '../dr.gql';
import { durationText, modeText } from '../dr-words';
import { nextOf } from '../next-of';
import { useDrLive } from '../use-dr-live';

export function DrGroupPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const [{ data, error, fetching, stale }, ask] = useQuery({
    query: DrGroupQuery,
    variables: { id },
    requestPolicy: 'cache-and-network',
  });
  useDrLive({ fetching, stale }, ask);
  if (!data)
    return error ? (
      <FailureState wholePage failure={failureOf(error)} onRetry={() => ask({ requestPolicy: 'network-only' })} />
    ) : (
      <LoadingState rows={12} />
    );
  if (!data.drGroup)
    return (
      <EmptyState title={t('dr.notThere')} action={<Link to={routes.drGroups()}>{t('dr.title')}</Link>}>
        {t('dr.notThereText')}
      </EmptyState>
    );
  return <Group group={readFragment(DrGroupFacts, data.drGroup)} />;
}

function Group({ group }: { group: DrGroup }) {
  const { t } = useTranslation();
  const may = useMay();
  const [open, setOpen] = useState<'TARGETS' | 'COMPOSE' | 'START' | null>(null);
  const { level } = group;
  return (
    <>
      <PageHeader
        title={group.name}
        back={<Link to={routes.drGroups()}>{t('dr.title')}</Link>}
        state={<StateTag look={drGrades[group.grade]} word={t(`dr.grade.${group.grade}`)} />}
        actions={
          <>
            <Link to={routes.drDrillsOf(group.id)}>{t('menu.drDrills')}</Link>
            {(may('DR_GROUP', 'OPERATE') || may('DR_GROUP', 'SIGN_OFF')) && (
              <Link to={routes.drExecutions({ group: group.id })}>{t('drexec.title')}</Link>
            )}
            {group.mayEdit && <Link to={routes.drRunbooks({ group: group.id })}>{t('drexec.runbooks')}</Link>}
            {group.mayEdit && <Button onClick={() => setOpen('COMPOSE')}>{t('dr.compose')}</Button>}
            {group.mayEdit && <Button onClick={() => setOpen('TARGETS')}>{t('dr.setTargets')}</Button>}
            {may('DR_GROUP', 'OPERATE') && (
              <ActionButton
                type="primary"
                disabledReason={group.occupiedBy && t(`dr.occupied.${group.occupiedBy.kind}`, group.occupiedBy)}
                onPress={() => setOpen('START')}
              >
                {t('drexec.startShort')}
              </ActionButton>
            )}
          </>
        }
      >
        {t('dr.gradeText', { grade: t(`dr.gradeMeans.${group.grade}`) })}
      </PageHeader>
      {group.occupiedBy && <Occupied by={group.occupiedBy} />}
      <Panel title={t('dr.reasonsTitle')}>
        {group.reasons.length === 0 ? <p>{t('dr.noReason')}</p> : <Reasons group={group} />}
        <p>
          <Link to={routes.alerts({ group: group.id })}>{t('dr.toAlerts')}</Link>
        </p>
      </Panel>
      <Panel title={t('dr.promiseTitle')}>
        <Facts
          facts={[
            { label: t('dr.promised'), value: modeText(t, group.localMode, group.remoteMode) },
            { label: t('dr.reached'), value: modeText(t, group.localReached, group.remoteReached) },
            {
              label: t('dr.system'),
              value: group.system && <Link to={routes.system(group.system.id)}>{group.system.name}</Link>,
            },
            { label: t('request.department'), value: group.department?.name ?? '–' },
            {
              label: t('dr.judgedAt'),
              value: group.judgedAt ? <Time at={group.judgedAt} /> : t('dr.neverJudged'),
            },
            { label: 'RTO', value: durationText(t, group.rtoSeconds) },
            { label: 'RPO', value: durationText(t, group.rpoSeconds) },
            { label: 'DOO', value: durationText(t, group.dooSeconds) },
            { label: 'NRO', value: durationText(t, group.nroSeconds) },
            {
              label: level.standard,
              value: t('dr.levelAgainst', {
                level: level.level ?? t('dr.notAssessed'),
                target: group.targetLevel ?? '–',
              }),
            },
            {
              label: t('dr.elements'),
              wide: true,
              value: level.elements
                .map((one) => `${t(`dr.element.${one.element}`)} ${one.level ?? t('dr.notAssessed')}`)
                .join(' · '),
            },
            ...(level.shortest.length > 0
              ? [
                  {
                    label: t('dr.shortest'),
                    wide: true,
                    value: level.shortest.map((one) => t(`dr.element.${one}`)).join(' · '),
                  },
                ]
              : []),
          ]}
        />
      </Panel>
      <Panel title={t('dr.tiers')} anchor="dr-tiers">
        <TierTable tiers={group.tiers} mayEdit={group.mayEdit} />
      </Panel>
      <Panel title={t('dr.signals')} anchor="dr-signals">
        <SignalTable groupId={group.id} signals={group.signals} />
      </Panel>
      <Panel title={t('dr.probes')} anchor="dr-probes">
        <ProbeTable group={group} />
      </Panel>
      {open === 'START' && <StartDialog groupId={group.id} name={group.name} onClose={() => setOpen(null)} />}
      {open === 'TARGETS' && <TargetsDialog group={group} onClose={() => setOpen(null)} />}
      {open === 'COMPOSE' && group.system && <ComposeDialog systemId={group.system.id} onClose={() => setOpen(null)} />}
    </>
  );
}

/** Before anything else: whoever comes to switch it over is refused as long as this lasts. */
function Occupied({ by }: { by: NonNullable<DrGroup['occupiedBy']> }) {
  const { t } = useTranslation();
  const may = useMay();
  const mayOpen = by.kind === 'DRILL' || may('DR_GROUP', 'OPERATE') || may('DR_GROUP', 'SIGN_OFF');
  const to = by.kind === 'DRILL' ? routes.drDrill(by.byId) : routes.drExecution(by.byId);
  return (
    <p className="jy-dr-occupied">
      <StateTag look={by.blockedSince ? drGrades.BROKEN : drGrades.AT_RISK} word={t(`dr.occupied.${by.kind}`, by)} />
      <span>
        {t('dr.occupied.since')} <Time at={by.since} />
        {by.blockedSince && ` · ${t('dr.occupied.blocked')}`}
      </span>
      {mayOpen && <Link to={to}>{t('dr.occupied.open')}</Link>}
    </p>
  );
}

function Reasons({ group }: { group: DrGroup }) {
  const { t } = useTranslation();
  const may = useMay();
  const probed = new Set(group.tiers.flatMap(({ name, source }) => (source === 'PROBE' ? [name] : [])));
  return (
    <ul className="jy-dr-reasons">
      {group.reasons.map(({ code, grade, resourceIds, signal, text, tierName }, at) => {
        const why = { code, signal, resourceIds, isProbed: tierName !== null && probed.has(tierName) };
        const next = nextOf(why, { id: group.id, systemId: group.system?.id ?? null }, may);
        const words = t(`dr.next.${next.word}`);
        return (
          <li key={`${code}-${tierName}-${String(at)}`}>
            <StateTag look={drGrades[grade]} word={t(`dr.grade.${grade}`)} />
            <span>{tierName ? t('dr.ofTier', { tier: tierName, text }) : text}</span>
            {next.to ? (
              <Link to={next.to}>{words}</Link>
            ) : next.href ? (
              <a href={next.href}>{words}</a>
            ) : (
              <span className="jy-quiet-text">{words}</span>
            )}
          </li>
        );
      })}
    </ul>
  );
}
