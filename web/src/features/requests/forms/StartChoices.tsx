import {
  CloudServerOutlined,
  ContainerOutlined,
  CustomerServiceOutlined,
  HddOutlined,
  SwapOutlined,
} from '@ant-design/icons';
import type { ComponentType, ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { RequestLineKind } from '../../../graphql/enums';
import { routes } from '../../../lib/routes';
import { Field } from '../../../ui/forms/Field';
import { lineKinds } from './line-draft';
import type { ChosenSystem } from './request-draft';
import { SystemPicker } from './SystemPicker';

const icons: Record<RequestLineKind, ComponentType<{ 'aria-hidden'?: boolean }>> = {
  VM: CloudServerOutlined,
  SERVER: HddOutlined,
  CABINET: ContainerOutlined,
  SERVICE: CustomerServiceOutlined,
};

type Props = {
  /** The last used first. */
  systems: readonly ChosenSystem[];
  chosen: ChosenSystem | null;
  onChoose: (system: ChosenSystem) => void;
  /** Other ways to begin: from a file, from an old request. */
  children?: ReactNode;
};

/** For which system, and what of: one press each, and the form stands filled in as far as is known. */
export function StartChoices({ systems, chosen, onChoose, children }: Props) {
  const { t } = useTranslation();
  const [searching, setSearching] = useState(false);
  const listed = chosen && !systems.some(({ id }) => id === chosen.id) ? [chosen, ...systems] : systems;
  return (
    <>
      <section className="jy-panel" aria-labelledby="start-system">
        <h2 id="start-system">{t('requestStart.system')}</h2>
        {/* biome-ignore lint/a11y/useSemanticElements: a choice among buttons, not a group of form fields. */}
        <div className="jy-start-systems" role="group" aria-labelledby="start-system">
          {listed.map((system) => (
            <button
              key={system.id}
              type="button"
              className="jy-start-system"
              aria-pressed={system.id === chosen?.id}
              onClick={() => onChoose(system)}
            >
              <span className="jy-strong">{system.name}</span>
              <span className="jy-quiet-text">
                {system.code} · {t(`localMode.${system.localMode}`)} · {t(`remoteMode.${system.remoteMode}`)}
              </span>
            </button>
          ))}
          {!searching && (
            <button type="button" className="jy-start-system" data-other onClick={() => setSearching(true)}>
              {t('requestStart.otherSystem')}
            </button>
          )}
        </div>
        {searching && (
          <Field field="start-system" label={t('requestStart.findSystem')} errors={[]}>
            {(control) => <SystemPicker control={control} value={chosen} onChoose={onChoose} />}
          </Field>
        )}
      </section>
      <section className="jy-panel" aria-labelledby="start-kind">
        <h2 id="start-kind">{t('requestStart.kind')}</h2>
        <p className="jy-hint">{t('requestStart.kindHint')}</p>
        <ul className="jy-start-cards">
          {lineKinds.map((kind) => {
            const Icon = icons[kind];
            return (
              <li key={kind}>
                <Link className="jy-start-card" to={routes.newRequest({ kind, system: chosen?.id })}>
                  <Icon aria-hidden />
                  <span className="jy-strong">{t(`lineKind.${kind}`)}</span>
                  <span className="jy-quiet-text">{t(`requestStart.about.${kind}`)}</span>
                </Link>
              </li>
            );
          })}
          <li>
            <Link className="jy-start-card" to={routes.changeRequest([], chosen?.id)}>
              <SwapOutlined aria-hidden />
              <span className="jy-strong">{t('change.start')}</span>
              <span className="jy-quiet-text">{t('change.startAbout')}</span>
            </Link>
          </li>
        </ul>
      </section>
      {children}
    </>
  );
}
