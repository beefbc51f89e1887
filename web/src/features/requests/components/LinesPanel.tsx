import { useTranslation } from 'react-i18next';
import { type FragmentOf, readFragment } from '../../../graphql/tada';
import { count, sizedName } from '../../../lib/quantity';
import { Money } from '../../../ui/Money';
import { Panel } from '../../../ui/Panel';
import { CenterMark } from '../../../ui/three-centers/CenterMark';
import { RequestLines } from '../requests.gql';
import { useOfferMarks } from '../use-offer-marks';

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
            <p>
              {sizedName(line.offer.name, line.offer.vcpu, line.offer.memoryMib)}
              {marksOf(line.offer).map((mark) => (
                <span key={mark} className="jy-mark">
                  {mark}
                </span>
              ))}
            </p>
            <p className="jy-quiet-text">
              {line.image.name} · {t(`tier.${line.storageTier}`)} {count(line.diskGib)} GiB · {t(`zone.${line.zone}`)}
            </p>
            <p className="jy-line-place">
              <CenterMark role={line.center.role} name={line.center.name} />
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
          </li>
        ))}
      </ol>
    </Panel>
  );
}
