import { useTranslation } from 'react-i18next';
import type { DrDataKind, DrTierLayer, DrTierParty, DrTierSource } from '../../../graphql/enums';
import { ChoiceBox, TextBox } from '../../../ui/forms/fields';
import type { FormError } from '../../../ui/forms/form-errors';

export type TierWords = {
  layer: DrTierLayer;
  dataKind: DrDataKind;
  source: DrTierSource;
  party: DrTierParty;
  partyName: string;
};

const LAYERS: readonly DrTierLayer[] = ['APPLICATION', 'DATABASE', 'STORAGE', 'BACKUP'];
const KINDS: readonly DrDataKind[] = ['STATELESS', 'SINGLE_WRITER', 'QUORUM'];
const SOURCES: readonly DrTierSource[] = ['CLUSTER', 'PROBE', 'NONE'];
const PARTIES: readonly DrTierParty[] = ['CENTER', 'DEPARTMENT', 'VENDOR'];
const NAME_LONGEST = 60;

type Props = { words: TierWords; errors: readonly FormError[]; onChange: (words: TierWords) => void };

/** What a person says of a tier, whether it formed or is composed. */
export function TierChoices({ words, errors, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <>
      <ChoiceBox
        field="layer"
        label={t('dr.layerLabel')}
        errors={errors}
        value={words.layer}
        options={LAYERS.map((value) => ({ value, label: t(`dr.layer.${value}`) }))}
        onChange={(layer) => onChange({ ...words, layer })}
      />
      <ChoiceBox
        field="dataKind"
        label={t('dr.dataKindLabel')}
        errors={errors}
        value={words.dataKind}
        options={KINDS.map((value) => ({ value, label: t(`dr.dataKind.${value}`) }))}
        onChange={(dataKind) => onChange({ ...words, dataKind })}
      />
      <ChoiceBox
        field="source"
        label={t('dr.tierSourceLabel')}
        errors={errors}
        value={words.source}
        options={SOURCES.map((value) => ({ value, label: t(`dr.tierSource.${value}`) }))}
        onChange={(source) => onChange({ ...words, source })}
      />
      <ChoiceBox
        field="party"
        label={t('dr.party')}
        errors={errors}
        value={words.party}
        options={PARTIES.map((value) => ({ value, label: t(`dr.parties.${value}`) }))}
        onChange={(party) => onChange({ ...words, party })}
      />
      <TextBox
        field="partyName"
        label={t('dr.partyName')}
        optional
        errors={errors}
        max={NAME_LONGEST}
        value={words.partyName}
        onChange={(partyName) => onChange({ ...words, partyName })}
      />
    </>
  );
}
