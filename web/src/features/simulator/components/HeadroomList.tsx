import { CheckCircleOutlined, CloseCircleOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { count, gibOfMib } from '../../../lib/quantity';
import { StateTag } from '../../../ui/StateTag';
import { CenterMark } from '../../../ui/three-centers/CenterMark';
import type { Simulation } from './LineResults';

const looks = {
  kept: { tone: 'good', icon: CheckCircleOutlined },
  gone: { tone: 'bad', icon: CloseCircleOutlined },
} as const;

/** N-1: whether the loss of the other active center would still find its room. */
export function HeadroomList({ simulation }: { simulation: Simulation }) {
  const { t } = useTranslation();
  if (simulation.headroom.length === 0) return <p className="jy-quiet-text">{t('simulator.headroomNone')}</p>;
  return (
    <ul className="jy-what-if-headroom">
      {simulation.headroom.map((row) => (
        <li key={`${row.center.id} ${row.architecture} ${row.zone}`}>
          <CenterMark role={row.center.role} name={row.center.name} />
          <span>
            {t(`architecture.${row.architecture}`)} · {t(`zone.${row.zone}`)}
          </span>
          <span className="jy-quiet-text">
            {t('simulator.headroomText', {
              vcpu: count(row.vcpu),
              vcpuFree: count(row.vcpuFree),
              memory: gibOfMib(row.memoryMib),
              memoryFree: gibOfMib(row.memoryMibFree),
            })}
          </span>
          <StateTag
            look={row.kept ? looks.kept : looks.gone}
            word={t(row.kept ? 'simulator.headroomKept' : 'simulator.headroomGone')}
          />
        </li>
      ))}
    </ul>
  );
}
