import { useTranslation } from 'react-i18next';

const LOOKS = ['OCCUPIED', 'ALLOCATED', 'HELD', 'BLOCKED', 'FOREIGN'] as const;
const [WIDTH, HEIGHT] = [28, 16];

/** The patterns with their words; the same marks as on the picture. */
export function RackLegend() {
  const { t } = useTranslation();
  return (
    <ul className="jy-rack-legend" aria-label={t('cabinet.legend')}>
      {LOOKS.map((look) => {
        const pattern = look === 'HELD' ? 'held' : look === 'BLOCKED' ? 'blocked' : null;
        const inside = { x: 1, y: 1, width: WIDTH - 2, height: HEIGHT - 2, rx: 2 };
        return (
          <li key={look}>
            <svg width={WIDTH} height={HEIGHT} aria-hidden="true">
              <g className="jy-unit" data-state={look}>
                <rect className="jy-unit-ground" {...inside} />
                {pattern && <rect {...inside} fill={`url(#jy-${pattern})`} />}
                <rect className="jy-unit-edge" {...inside} />
                {!pattern && <rect className="jy-unit-bar" x={1} y={1} width={4} height={HEIGHT - 2} />}
              </g>
            </svg>
            {look === 'FOREIGN' ? t('cabinet.foreign') : t(`cabinet.state.${look}`)}
          </li>
        );
      })}
      <li>
        <span aria-hidden="true">↔</span>
        {t('cabinet.face.BOTH')}
      </li>
    </ul>
  );
}
