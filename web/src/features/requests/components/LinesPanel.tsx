import { useTranslation } from 'react-i18next';
import { type FragmentOf, readFragment } from '../../../graphql/tada';
import { count, sizedName } from '../../../lib/quantity';
import { Money } from '../../../ui/Money';
import { Panel } from '../../../ui/Panel';
import { CenterMark } from '../../../ui/three-centers/CenterMark';
import { RequestLines } from '../requests.gql';
import { useOfferMarks } from '../use-offer-marks';
import { CandidateTable } from './CandidateTable';
import { CheckList } from './CheckList';

/** What is asked for, and, once submitted, into which pool each machine goes. */
export function LinesPanel({ request: masked }: { request: FragmentOf<typeof RequestLines> }) {
  const { t } = useTranslation();
  const marksOf = useOfferMarks();
  const { lines } = readFragment(RequestLines, masked);
  return (
    <Panel title={t('request.lines')}>
      <ol className="jy-lines">
        {lines.map((line) => (
          <li key={line.id}>
            <div className="jy-line-head">
              <span className="jy-strong">{line.name}</span>
              <span className="jy-number">× {count(line.count)}</span>
              <span className="jy-line-cost">
                <Money fen={line.monthlyCost} />
                <span className="jy-quiet-text"> {t('request.perMonth')}</span>
              </span>
            </div>
            {line.vm ? (
              <>
                <p>
                  {sizedName(line.vm.offer.name, line.vm.offer.vcpu, line.vm.offer.memoryMib)}
                  {marksOf(line.vm.offer).map((mark) => (
                    <span key={mark} className="jy-mark">
                      {mark}
                    </span>
                  ))}
                </p>
                <p className="jy-quiet-text">
                  {line.vm.image.name} · {t(`tier.${line.vm.storageTier}`)} {count(line.vm.diskGib)} GiB ·{' '}
                  {t(`zone.${line.vm.zone}`)}
                </p>
              </>
            ) : (
              <p>
                {(line.server ?? line.cabinet ?? line.service)?.offer.name}
                {line.cabinet ? ` · ${line.cabinet.heightUnits} U · ${count(line.cabinet.powerW)} W` : null}
              </p>
            )}
            <p className="jy-line-place">
              {line.center ? <CenterMark role={line.center.role} name={line.center.name} /> : null}
              {line.center
                ? null
                : line.shares.map((share) =>
                    share.center ? (
                      <CenterMark key={share.share} role={share.center.role} name={share.center.name} />
                    ) : null,
                  )}
              {line.placements.length > 0 ? (
                line.placements.map((placement) => (
                  <span key={placement.pool.id} className="jy-code">
                    {placement.pool.code} × {count(placement.count)}
                  </span>
                ))
              ) : (
                <span className="jy-quiet-text">{t('request.notPlaced')}</span>
              )}
            </p>
            {line.relations.length > 0 && (
              <p className="jy-quiet-text">
                {line.relations
                  .map(({ kind, scope, line: name }) => t(`requestForm.relation.${kind}_${scope}`, { name }))
                  .join('；')}
              </p>
            )}
            {line.checks.length > 0 && (
              <details>
                <summary>{t('placement.why')}</summary>
                <CheckList checks={line.checks} />
                {line.candidates.length > 0 && (
                  <CandidateTable
                    candidates={line.candidates}
                    label={t('placement.candidates')}
                    last={{ title: t('placement.taken'), of: ({ taken }) => (taken > 0 ? count(taken) : '–') }}
                  />
                )}
              </details>
            )}
          </li>
        ))}
      </ol>
    </Panel>
  );
}
