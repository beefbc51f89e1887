import { CopyOutlined, DeleteOutlined } from '@ant-design/icons';
import { Button, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { LocalMode, RemoteMode } from '../../../graphql/enums';
import { Field } from '../../../ui/forms/Field';
import { NumberBox, TextBox } from '../../../ui/forms/fields';
import type { FormError } from '../../../ui/forms/form-errors';
import { CabinetFields } from './CabinetFields';
import { type Choices, type LineDraft, relationChoices } from './line-draft';
import { PlaceFields } from './PlaceFields';
import { ServerFields } from './ServerFields';
import { ServiceFields } from './ServiceFields';
import { VmFields } from './VmFields';

const NAME_LONGEST = 40;

type Props = {
  line: LineDraft;
  number: number;
  /** All lines of the form. */
  lines: readonly LineDraft[];
  choices: Choices;
  modes: { localMode: LocalMode; remoteMode: RemoteMode };
  errors: readonly FormError[];
  onChange: (line: LineDraft) => void;
  onCopy: () => void;
  /** null = the only line stays. */
  onRemove: (() => void) | null;
};

/** One line of things that are alike: what they are, how many, where, and what they are called. */
export function LineFields({ line, number, lines, choices, modes, errors, onChange, onCopy, onRemove }: Props) {
  const { t } = useTranslation();
  const at = (field: string) => `lines.${number}.${field}`;
  const shared = { at, choices, errors };
  const related = relationChoices(line, lines);
  const twins = line.kind !== 'SERVICE' && (line.localMode ?? modes.localMode) === 'DUAL_ACTIVE';
  return (
    <fieldset className="jy-line-fields" data-line={number}>
      <legend>{t('requestLine.legend', { line: number + 1, kind: t(`lineKind.${line.kind}`) })}</legend>
      <div className="jy-line-tools">
        <Button
          type="text"
          icon={<CopyOutlined aria-hidden />}
          aria-label={t('requestForm.copyLine', { line: number + 1 })}
          title={t('requestForm.copy')}
          onClick={onCopy}
        />
        {onRemove && (
          <Button
            type="text"
            icon={<DeleteOutlined aria-hidden />}
            aria-label={t('requestForm.removeLine', { line: number + 1 })}
            title={t('requestForm.remove')}
            onClick={onRemove}
          />
        )}
      </div>
      {line.kind === 'VM' && <VmFields {...shared} line={line} onChange={onChange} />}
      {line.kind === 'SERVER' && <ServerFields {...shared} line={line} onChange={onChange} />}
      {line.kind === 'CABINET' && <CabinetFields {...shared} line={line} onChange={onChange} />}
      {line.kind === 'SERVICE' && <ServiceFields {...shared} line={line} onChange={onChange} />}
      <div className="jy-fields-row">
        <NumberBox
          field={at('count')}
          label={t('requestForm.count')}
          hint={twins ? t('requestLine.countTwins') : undefined}
          errors={errors}
          suffix={unitOf(line, choices) ?? t(`lineUnit.${line.kind}`, { count: line.count ?? 0 })}
          value={line.count}
          onChange={(count) => onChange({ ...line, count })}
        />
        <TextBox
          field={at('name')}
          label={t('requestForm.name')}
          hint={line.kind === 'VM' ? t('requestForm.nameHint') : undefined}
          errors={errors}
          max={NAME_LONGEST}
          value={line.name}
          onChange={(name) => onChange({ ...line, name: name.toLowerCase() })}
        />
      </div>
      {line.kind !== 'SERVICE' && <PlaceFields {...shared} line={line} modes={modes} onChange={onChange} />}
      {related.length > 0 && (
        <Field
          field={at('relations')}
          label={t('requestForm.relations')}
          hint={t(line.kind === 'VM' ? 'requestForm.relationsHint' : 'requestForm.placeRelationsHint')}
          errors={errors}
          optional
        >
          {(control) => (
            <Select
              {...control}
              className="jy-full"
              mode="multiple"
              allowClear
              placeholder={t('requestForm.relationsNone')}
              value={line.relations.filter((value) => related.some((one) => one.value === value))}
              onChange={(relations: string[]) => onChange({ ...line, relations })}
              options={related.map(({ value, kind, scope, name }) => ({
                value,
                label: t(`requestForm.relation.${kind}_${scope}`, { name }),
              }))}
            />
          )}
        </Field>
      )}
    </fieldset>
  );
}

/** Of a service its own definition says what a quantity counts. */
function unitOf(line: LineDraft, { catalog }: Choices): string | undefined {
  if (line.kind !== 'SERVICE') return undefined;
  return catalog.services.find(({ id }) => id === line.offerId)?.definition.unit;
}
