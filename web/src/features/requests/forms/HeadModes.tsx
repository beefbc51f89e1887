import { useTranslation } from 'react-i18next';
import type { LocalMode, RemoteMode } from '../../../graphql/enums';
import { count } from '../../../lib/quantity';
import { ChoiceBox } from '../../../ui/forms/fields';
import type { FormError } from '../../../ui/forms/form-errors';
import type { RequestModes } from './line-draft';
import { localModes, remoteModes } from './PlaceFields';

type Group = { kind: string; lineCount: number; localMode: LocalMode; remoteMode: RemoteMode };

type Props = {
  value: RequestModes;
  /** The lines as they are, those that stand alike as one. */
  plan: readonly Group[];
  errors: readonly FormError[];
  onChange: (patch: Partial<RequestModes>) => void;
};

/** DR modes of many lines: each keeps its own until one is chosen for all of them. */
export function HeadModes({ value, plan, errors, onChange }: Props) {
  const { t } = useTranslation();
  const placed = plan.filter(({ kind }) => kind !== 'SERVICE');
  return (
    <div className="jy-fields-row">
      <ChoiceBox
        field="localMode"
        label={t('requestLine.localMode')}
        hint={told(placed, ({ localMode }) => t(`localMode.${localMode}`))}
        errors={errors}
        value={value.localMode ?? 'KEEP'}
        onChange={(mode) => onChange({ localMode: mode === 'KEEP' ? null : mode })}
        options={[
          { value: 'KEEP' as const, label: t('manyLines.keepModes') },
          ...localModes.map((mode) => ({
            value: mode,
            label: t('manyLines.allModes', { mode: t(`localMode.${mode}`) }),
          })),
        ]}
      />
      <ChoiceBox
        field="remoteMode"
        label={t('requestLine.remoteMode')}
        hint={told(placed, ({ remoteMode }) => t(`remoteMode.${remoteMode}`))}
        errors={errors}
        value={value.remoteMode ?? 'KEEP'}
        onChange={(mode) => onChange({ remoteMode: mode === 'KEEP' ? null : mode })}
        options={[
          { value: 'KEEP' as const, label: t('manyLines.keepModes') },
          ...remoteModes.map((mode) => ({
            value: mode,
            label: t('manyLines.allModes', { mode: t(`remoteMode.${mode}`) }),
          })),
        ]}
      />
    </div>
  );

  /** "单中心 800 行 · 同城双活 200 行" */
  function told(groups: readonly Group[], wordOf: (group: Group) => string): string {
    const lines = new Map<string, number>();
    for (const group of groups) lines.set(wordOf(group), (lines.get(wordOf(group)) ?? 0) + group.lineCount);
    return [...lines].map(([mode, all]) => t('manyLines.linesOf', { mode, lines: count(all), count: all })).join(' · ');
  }
}
