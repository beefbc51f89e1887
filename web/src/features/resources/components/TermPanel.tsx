import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type FragmentOf, type ResultOf, readFragment } from '../../../graphql/tada';
import { routes } from '../../../lib/routes';
import { exactTime } from '../../../lib/time';
import { useNow } from '../../../lib/use-now';
import { type Fact, Facts } from '../../../ui/Facts';
import { Panel } from '../../../ui/Panel';
import { Time } from '../../../ui/Time';
import { leftWords } from '../life-words';
import { ResourceTerm } from '../resources.gql';

type Term = ResultOf<typeof ResourceTerm>;

/** How long it may be used, what is asked of its owner, and what was said about both. */
export function TermPanel({ resource: masked }: { resource: FragmentOf<typeof ResourceTerm> }) {
  const { t } = useTranslation();
  const now = useNow();
  const resource = readFragment(ResourceTerm, masked);
  const { life, reclaimCase } = resource;
  const facts: Fact[] = [
    {
      label: t('life.term'),
      value: life.temporaryUntil
        ? `${t('life.until', { day: life.temporaryUntil })} · ${leftWords(t, life.temporaryUntil, now)}`
        : t('life.longTerm'),
    },
  ];
  if (life.temporaryUntil) {
    facts.push({ label: t('life.stopsAt'), value: <Time at={life.stopsAt} exact /> });
    if (life.binsAt) facts.push({ label: t('life.binsAt'), value: <Time at={life.binsAt} exact /> });
    facts.push({ label: t('life.extensionsUsed'), value: t('life.times', { count: life.extensionsUsed }) });
  }
  if (life.reviewDueAt && resource.state === 'IN_USE')
    facts.push(
      { label: t('life.reviewDueAt'), value: <Time at={life.reviewDueAt} exact /> },
      ...(life.reviewStage === 'NONE'
        ? []
        : [{ label: t('life.reached'), value: t(`life.stage.${life.reviewStage}`) }]),
    );
  if (life.binUntil)
    facts.push(
      { label: t('life.binUntil'), value: <Time at={life.binUntil} exact /> },
      { label: t('life.cause'), value: life.binCause && t(`life.binCause.${life.binCause}`) },
    );
  if (life.keepDiskDays !== null && resource.state !== 'RELEASED')
    facts.push({ label: t('keptDisk.wish'), value: t('keptDisk.wishDays', { count: life.keepDiskDays }) });
  facts.push({
    label: t('life.protection'),
    value: t(life.deletionProtected ? 'life.protectedOn' : 'life.protectedOff'),
  });
  if (reclaimCase)
    facts.push({
      label: t('life.caseOpen'),
      value: (
        <Link className="jy-code" to={routes.reclaimCase(reclaimCase.id)}>
          {reclaimCase.code}
        </Link>
      ),
    });
  return (
    <Panel title={t('life.panel')}>
      {life.off === 'IN_BIN' && life.binUntil && (
        <p className="jy-banner jy-tone-waiting">{t('life.inBin', { at: exactTime(life.binUntil) })}</p>
      )}
      {life.off === 'TERM_OVER' && (
        <p className="jy-banner jy-tone-waiting">
          {life.binsAt ? t('life.offTerm', { at: exactTime(life.binsAt) }) : t('life.offTermPlain')}
        </p>
      )}
      <Facts facts={facts} />
      <History resource={resource} />
    </Panel>
  );
}

function History({ resource: { extensions, reviews } }: { resource: Pick<Term, 'extensions' | 'reviews'> }) {
  const { t } = useTranslation();
  const entries = [
    ...extensions.map((one) => ({
      id: one.id,
      at: one.askedAt,
      by: one.askedByName,
      head: `${t('life.extensionTo', { to: one.toUntil ?? t('life.longTerm') })} · ${t(`life.extensionState.${one.state}`)}`,
      said: [one.reason, one.opinion].filter(Boolean).join(' / '),
      change: null,
    })),
    ...reviews.map((one) => ({
      id: one.id,
      at: one.at,
      by: one.byName,
      head: `${t('resource.action.REVIEW')} · ${t(`life.outcome.${one.outcome}`)}`,
      said: one.note,
      change: one.change,
    })),
  ].sort((a, b) => b.at.localeCompare(a.at));
  if (entries.length === 0) return null;
  return (
    <>
      <h3>{t('life.history')}</h3>
      <ol className="jy-timeline">
        {entries.map((entry) => (
          <li key={entry.id}>
            <div className="jy-timeline-head">
              <span>{entry.head}</span>
              <Time at={entry.at} />
            </div>
            <p className="jy-quiet-text">{entry.by}</p>
            {entry.change && (
              <p>
                <Link to={routes.request(entry.change.id)}>{t('change.begun', { code: entry.change.code })}</Link>
              </p>
            )}
            {entry.said && <blockquote className="jy-opinion">{entry.said}</blockquote>}
          </li>
        ))}
      </ol>
    </>
  );
}
