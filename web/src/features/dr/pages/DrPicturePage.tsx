import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { useQuery } from 'urql';
import type { DrGroupGrade } from '../../../graphql/enums';
import { failureOf } from '../../../graphql/failure';
import { readFragment } from '../../../graphql/tada';
import { count } from '../../../lib/quantity';
import { routes } from '../../../lib/routes';
import { drGrades, drLevels } from '../../../ui/dr-states';
import { PageHeader } from '../../../ui/PageHeader';
import { Panel } from '../../../ui/Panel';
import { FailureState, LoadingState } from '../../../ui/page-states';
import { StateTag } from '../../../ui/StateTag';
import { CenterMark } from '../../../ui/three-centers/CenterMark';
import { type LinkWord, ThreeCenters } from '../../../ui/three-centers/ThreeCenters';
import { useMay } from '../../../ui/viewer-context';
import { WideTable } from '../../../ui/WideTable';
import { LinkModeCell } from '../components/LinkModeCell';
import { LossPanel } from '../components/LossPanel';
import { type DrLink, PathsDialog } from '../components/PathsDialog';
import { DrLinkFacts, DrPictureQuery } from '../dr.gql';
import { lagText } from '../dr-words';
import { useDrLive } from '../use-dr-live';

const WORST_FIRST: readonly DrGroupGrade[] = ['BROKEN', 'UNKNOWN', 'AT_RISK', 'KEPT'];
/** 两地三中心: the links with how far behind they are, the groups by center, and what the loss of one would mean. */
export function DrPicturePage() {
  const { t } = useTranslation();
  const may = useMay();
  const [params, setParams] = useSearchParams();
  // Whoever is sent the address sees the same.
  const lost = params.get('lost') || null;
  const setLost = (id: string | null) => setParams(id === null ? {} : { lost: id }, { replace: true });
  const [editing, setEditing] = useState<DrLink | null>(null);
  const [{ data, error, fetching, stale }, ask] = useQuery({
    query: DrPictureQuery,
    requestPolicy: 'cache-and-network',
  });
  useDrLive({ fetching, stale }, ask);
  if (!data)
    return error ? (
      <FailureState wholePage failure={failureOf(error)} onRetry={() => ask({ requestPolicy: 'network-only' })} />
    ) : (
      <LoadingState rows={12} />
    );
  const links = data.drPicture.links.map((link) => readFragment(DrLinkFacts, link));
  const planned = new Map(
    data.drPicture.centers.map(({ center, grades }) => {
      const lines = WORST_FIRST.flatMap((grade) => {
        const groups = grades.find((one) => one.grade === grade)?.groups ?? 0;
        return groups === 0 ? [] : [t('dr.gradeCount', { grade: t(`dr.grade.${grade}`), n: count(groups) })];
      });
      return [center.id, lines.length > 0 ? lines : [t('dr.noGroupsHere')]] as const;
    }),
  );
  const wordOf = (remote: boolean): LinkWord | undefined => {
    const own = links.filter(({ to }) => (to.role === 'RECOVERY') === remote);
    const [first] = own;
    if (!first) return undefined;
    const lags = own.flatMap(({ lagSeconds }) => (lagSeconds === null ? [] : [lagSeconds]));
    const unknown = own.reduce((sum, one) => sum + one.unknown, 0);
    const lag = lags.length === 0 ? t('dr.lagShort') : lagText(t, Math.max(...lags), unknown);
    return [t(`dr.linkShort.${first.mode}`), lag];
  };
  return (
    <>
      <PageHeader title={t('dr.pictureTitle')} back={<Link to={routes.drGroups()}>{t('dr.title')}</Link>}>
        {t('dr.pictureLead')}
      </PageHeader>
      <ul className="jy-dr-grades">
        {WORST_FIRST.map((grade) => (
          <li key={grade}>
            <Link to={routes.drGroups({ grades: grade })}>
              <StateTag look={drGrades[grade]} word={t(`dr.grade.${grade}`)} />{' '}
              <strong className="jy-number">
                {count(data.drPicture.grades.find((one) => one.grade === grade)?.groups ?? 0)}
              </strong>
            </Link>
          </li>
        ))}
      </ul>
      <Panel title={t('center.picture')}>
        <p className="jy-quiet-text jy-dr-hint jy-not-printed">{t('dr.whatIfHint')}</p>
        <ThreeCenters
          centers={data.centers}
          planned={planned}
          compact
          linkWords={{ sameCity: wordOf(false), remote: wordOf(true) }}
          selectedId={lost}
          onSelect={setLost}
        />
      </Panel>
      {lost && <LossPanel centerId={lost} onClose={() => setLost(null)} />}
      <Panel title={t('dr.links')}>
        <WideTable label={t('dr.links')}>
          <table className="jy-small-table">
            <thead>
              <tr>
                <th scope="col">{t('dr.link')}</th>
                <th scope="col">{t('dr.linkModeLabel')}</th>
                <th scope="col" className="jy-cell-number">
                  {t('dr.lag')}
                </th>
                <th scope="col">{t('dr.linkTiers')}</th>
                <th scope="col">{t('dr.arbiter')}</th>
                {may('DR_GROUP', 'EDIT') && (
                  <th scope="col" className="jy-not-printed">
                    {t('life.acts')}
                  </th>
                )}
              </tr>
            </thead>
            <tbody>
              {links.map((link) => (
                <tr key={link.id}>
                  <th scope="row" className="jy-dr-link-ends">
                    <span className="jy-drexec-way">
                      <CenterMark role={link.from.role} name={link.from.name} />
                      <span aria-hidden>{link.to.role === 'RECOVERY' ? '→' : '↔'}</span>
                      <CenterMark role={link.to.role} name={link.to.name} />
                    </span>
                  </th>
                  <td>
                    <LinkModeCell link={link} />
                  </td>
                  <td className="jy-cell-number">
                    {link.lagSeconds === null ? t('dr.lagUnknown') : lagText(t, link.lagSeconds, link.unknown)}
                  </td>
                  <td>
                    {t('dr.linkTiersText', {
                      ...{ n: count(link.tiers), late: count(link.late), unknown: count(link.unknown) },
                    })}
                  </td>
                  <td>
                    {link.arbiterPaths.length === 0
                      ? t('dr.noPaths')
                      : link.arbiterPaths
                          .map(({ from, via }) => t('dr.pathOf', { center: t(`center.role.${from}`), via }))
                          .join(t('dr.semicolon'))}
                    {link.arbiterReach.map(({ from, level, percent }) => (
                      <div key={from}>
                        <StateTag
                          look={drLevels[level]}
                          word={t('dr.arbiterReach', { center: t(`center.role.${from}`), percent })}
                        />
                      </div>
                    ))}
                  </td>
                  {may('DR_GROUP', 'EDIT') && (
                    <td className="jy-not-printed">
                      <Button
                        size="small"
                        aria-label={`${t('dr.editPaths')} ${link.from.name} ${link.to.name}`}
                        onClick={() => setEditing(link)}
                      >
                        {t('dr.editPaths')}
                      </Button>
                    </td>
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </WideTable>
      </Panel>
      {editing && <PathsDialog link={editing} onClose={() => setEditing(null)} />}
    </>
  );
}
