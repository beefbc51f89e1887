import { graphql } from '../../graphql/tada';
import { UserErrorFields } from '../../graphql/user-error.gql';

export const OfferRow = graphql(`
  fragment OfferRow on Offer {
    id code name status version family architecture domesticCpu vcpu memoryMib accelerator acceleratorCount standbyRatioPercent monthlyPrice
  }
`);

export const ServerOfferRow = graphql(`
  fragment ServerOfferRow on ServerOffer {
    id code name status version architecture cpuMaker cores memoryMib disks accelerator acceleratorCount monthlyPrice
  }
`);

export const CabinetOfferRow = graphql(`
  fragment CabinetOfferRow on CabinetOffer { id code name status version form zone heightUnits includedW monthlyPrice }
`);

export const ServiceOfferRow = graphql(`
  fragment ServiceOfferRow on ServiceOffer {
    id
    code
    name
    status
    version
    definition {
      id
      number
      summary
      unit
      quantityMaximum
      priceMeter
      monthlyPrice
      fulfilment
      fields { key label type required minimum maximum lengthMaximum choices { value label } }
    }
  }
`);

export const ImageRow = graphql(`
  fragment ImageRow on Image { id code name status version architecture minimumDiskGib source checksum devicePreference }
`);

export const CatalogPageQuery = graphql(
  `
    query CatalogPage($withdrawn: Boolean!) {
      catalog(includeWithdrawn: $withdrawn) {
        offers { id ...OfferRow }
        serverOffers { id ...ServerOfferRow }
        cabinetOffers { id ...CabinetOfferRow }
        services { id ...ServiceOfferRow }
        images { id ...ImageRow }
      }
    }
  `,
  [OfferRow, ServerOfferRow, CabinetOfferRow, ServiceOfferRow, ImageRow],
);

export const RenameOfferMutation = graphql(
  `
    mutation RenameOffer($input: RenameCatalogEntryInput!) {
      outcome: renameOffer(input: $input) {
        entry { id code name status version }
        errors { ...UserErrorFields }
      }
    }
  `,
  [UserErrorFields],
);

export const WithdrawOfferMutation = graphql(
  `
    mutation WithdrawOffer($input: CatalogEntryInput!) {
      outcome: withdrawOffer(input: $input) {
        entry { id code name status version }
        errors { ...UserErrorFields }
      }
    }
  `,
  [UserErrorFields],
);

export const RestoreOfferMutation = graphql(
  `
    mutation RestoreOffer($input: CatalogEntryInput!) {
      outcome: restoreOffer(input: $input) {
        entry { id code name status version }
        errors { ...UserErrorFields }
      }
    }
  `,
  [UserErrorFields],
);

export const AddOfferMutation = graphql(
  `
    mutation AddOffer($input: AddOfferInput!) {
      outcome: addOffer(input: $input) {
        entry { id code name status version }
        errors { ...UserErrorFields }
      }
    }
  `,
  [UserErrorFields],
);

export const AddServerOfferMutation = graphql(
  `
    mutation AddServerOffer($input: AddServerOfferInput!) {
      outcome: addServerOffer(input: $input) {
        entry { id code name status version }
        errors { ...UserErrorFields }
      }
    }
  `,
  [UserErrorFields],
);

export const AddCabinetOfferMutation = graphql(
  `
    mutation AddCabinetOffer($input: AddCabinetOfferInput!) {
      outcome: addCabinetOffer(input: $input) {
        entry { id code name status version }
        errors { ...UserErrorFields }
      }
    }
  `,
  [UserErrorFields],
);

export const AddImageMutation = graphql(
  `
    mutation AddImage($input: AddImageInput!) {
      outcome: addImage(input: $input) {
        entry { id code name status version }
        errors { ...UserErrorFields }
      }
    }
  `,
  [UserErrorFields],
);
