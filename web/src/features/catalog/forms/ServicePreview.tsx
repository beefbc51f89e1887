import { useTranslation } from 'react-i18next';
import { Panel } from '../../../ui/Panel';
import { FieldTable } from '../components/FieldTable';
import type { DefinitionDraft } from './definition-draft';

/** The service as whoever asks for it will find it, while it is being written. */
export function ServicePreview({ draft }: { draft: DefinitionDraft }) {
  const { t, i18n } = useTranslation();
  const inEnglish = i18n.language === 'en';
  const of = (part: 'name' | 'summary' | 'unit') => draft[`${part}${inEnglish ? 'En' : 'Zh'}`].trim();
  return (
    <Panel title={t('serviceEditor.preview')} className="jy-preview">
      <p>
        <strong>{of('name') || t('serviceEditor.unnamed')}</strong>
      </p>
      <p className="jy-quiet-text">{of('summary')}</p>
      <ul className="jy-preview-facts">
        <li>{t('catalog.quantityMaximum', { count: draft.quantityMaximum ?? 0, unit: of('unit') })}</li>
        <li>
          {draft.priceMeter === null ? t('serviceEditor.free') : <span className="jy-code">{draft.priceMeter}</span>}
        </li>
        <li>{t(`catalog.fulfilment.${draft.fulfilment}`)}</li>
      </ul>
      {draft.fields.length > 0 && (
        <FieldTable
          fields={draft.fields.map((field, number) => ({
            ...field,
            key: field.rowKey,
            label: (inEnglish ? field.labelEn : field.labelZh) || t('serviceEditor.question', { number: number + 1 }),
            minimum: field.type === 'NUMBER' ? field.minimum : null,
            maximum: field.type === 'NUMBER' ? field.maximum : null,
            lengthMaximum: field.type === 'TEXT' ? field.lengthMaximum : null,
            choices: (field.type === 'CHOICE' ? field.choices : []).map((choice) => ({
              value: choice.rowKey,
              label: (inEnglish ? choice.labelEn : choice.labelZh) || choice.value,
            })),
          }))}
        />
      )}
    </Panel>
  );
}
