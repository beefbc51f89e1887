import type { NetworkZone } from '../../../graphql/enums';
import type { ResultOf, VariablesOf } from '../../../graphql/tada';
import type { FormError } from '../../../ui/forms/form-errors';
import type { CreateNetworkMutation, EditNetworkPageQuery } from '../networks.gql';

export type RangeDraft = { first: string; last: string; note: string };
export type NetworkDraft = {
  code: string;
  name: string;
  centerId: string;
  zone: NetworkZone;
  vlanId: number | null;
  ipv4Prefix: string;
  ipv4Gateway: string;
  ipv6Prefix: string;
  ipv6Gateway: string;
  singleStackReason: string;
  reserved: readonly RangeDraft[];
};

export const emptyNetwork: NetworkDraft = {
  code: '',
  name: '',
  centerId: '',
  zone: 'GOVERNMENT_EXTRANET',
  vlanId: null,
  ipv4Prefix: '',
  ipv4Gateway: '',
  ipv6Prefix: '',
  ipv6Gateway: '',
  singleStackReason: '',
  reserved: [],
};
export const emptyRange: RangeDraft = { first: '', last: '', note: '' };

export function draftOfNetwork(network: ResultOf<typeof EditNetworkPageQuery>['network']): NetworkDraft {
  return {
    code: network.code,
    name: network.name,
    centerId: network.center.id,
    zone: network.zone,
    vlanId: network.vlanId,
    ipv4Prefix: network.ipv4Prefix ?? '',
    ipv4Gateway: network.ipv4Gateway ?? '',
    ipv6Prefix: network.ipv6Prefix ?? '',
    ipv6Gateway: network.ipv6Gateway ?? '',
    singleStackReason: network.singleStackReason ?? '',
    reserved: network.reserved.map(({ first, last, note }) => ({ first, last, note })),
  };
}

/** One family only, so far: the reason for it is asked. */
export const isSingleStack = ({ ipv4Prefix, ipv6Prefix }: NetworkDraft): boolean =>
  (ipv4Prefix.trim() === '') !== (ipv6Prefix.trim() === '');

type Content = VariablesOf<typeof CreateNetworkMutation>['input']['facts'];

export function contentOfNetwork(draft: NetworkDraft): Content {
  const text = (value: string) => value.trim() || null;
  return {
    code: draft.code.trim(),
    name: draft.name.trim(),
    centerId: draft.centerId,
    zone: draft.zone,
    vlanId: draft.vlanId,
    ipv4Prefix: text(draft.ipv4Prefix),
    ipv4Gateway: text(draft.ipv4Gateway),
    ipv6Prefix: text(draft.ipv6Prefix),
    ipv6Gateway: text(draft.ipv6Gateway),
    singleStackReason: isSingleStack(draft) ? text(draft.singleStackReason) : null,
    // One address alone is a range of one.
    reserved: draft.reserved.map(({ first, last, note }) => ({
      first: first.trim(),
      last: last.trim() || first.trim(),
      note: note.trim(),
    })),
  };
}

/** What is refused, at the control that can put it right; what no control can belongs to the form. */
export function atControls(errors: readonly FormError[]): FormError[] {
  return errors.map((error) => {
    const field = error.field.replace(/^facts(\.|$)/, '').replace(/^reserved\.(\d+)$/, 'reserved.$1.first');
    return { ...error, field: field === 'expectedVersion' || field === 'id' ? '' : field };
  });
}
