import { useTranslation } from 'react-i18next';
import { yuanOfFen } from '../../../lib/money';
import { Money } from '../../../ui/Money';
import type { Comparison } from '../selfbuild-words';

const BOX = { width: 640, height: 160 };

/** What each side has come to by the end of each year; the table beside it says the same to the fen. */
export function CumulativeChart({ found }: { found: Comparison }) {
  const { t } = useTranslation();
  const high = Math.max(1, ...found.byYear.flatMap(({ jiyun, selfBuild }) => [Number(jiyun), Number(selfBuild)]));
  // From the end of the first year to that of the last.
  const step = BOX.width / Math.max(1, found.years - 1);
  const points = (side: 'selfBuild' | 'jiyun') =>
    found.byYear
      .map((at) => `${(at.year - 1) * step},${BOX.height - (Number(at[side]) / high) * BOX.height}`)
      .join(' ');
  return (
    <div className="jy-self-build-chart">
      <figure>
        <svg
          role="img"
          aria-label={t('selfBuild.chartLabel', {
            years: found.years,
            selfBuild: yuanOfFen(found.selfBuild),
            jiyun: yuanOfFen(found.jiyun),
          })}
          viewBox={`0 0 ${BOX.width} ${BOX.height}`}
          preserveAspectRatio="none"
        >
          {found.byYear.map(({ year }) => (
            <line
              key={year}
              className="jy-cost-axis"
              x1={(year - 1) * step}
              x2={(year - 1) * step}
              y1={0}
              y2={BOX.height}
            />
          ))}
          <line className="jy-cost-axis" x1={0} x2={BOX.width} y1={BOX.height} y2={BOX.height} />
          <polyline className="jy-self-build-line" data-side="selfBuild" points={points('selfBuild')} />
          <polyline className="jy-self-build-line" data-side="jiyun" points={points('jiyun')} />
        </svg>
        <figcaption aria-hidden="true">
          <span data-side="selfBuild">
            <i /> {t('selfBuild.selfBuildSide')}
          </span>
          <span data-side="jiyun">
            <i /> {t('selfBuild.jiyunSide')}
          </span>
        </figcaption>
      </figure>
      <table className="jy-small-table jy-finance-table" aria-label={t('selfBuild.chart')}>
        <thead>
          <tr>
            <th scope="col">{t('selfBuild.years')}</th>
            <th scope="col" className="jy-cell-number">
              {t('selfBuild.selfBuildSide')}
            </th>
            <th scope="col" className="jy-cell-number">
              {t('selfBuild.jiyunSide')}
            </th>
          </tr>
        </thead>
        <tbody>
          {found.byYear.map(({ jiyun, selfBuild, year }) => (
            <tr key={year}>
              <th scope="row">{t('selfBuild.year', { n: year })}</th>
              <td className="jy-cell-number">
                <Money fen={selfBuild} compact />
              </td>
              <td className="jy-cell-number">
                <Money fen={jiyun} compact />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
