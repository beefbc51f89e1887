import { graphql } from '../../graphql/tada';

export const OfferRow = graphql(`
  fragment OfferRow on Offer { id code name family architecture domesticCpu vcpu memoryMib monthlyPrice }
`);

export const UnitPrices = graphql(`
  fragment UnitPrices on Catalog { unitPrices { meter unit monthlyPrice synthetic } }
`);

export const CatalogPageQuery = graphql(
  `
    query CatalogPage {
      catalog {
        offers { id ...OfferRow }
        ...UnitPrices
      }
    }
  `,
  [OfferRow, UnitPrices],
);
