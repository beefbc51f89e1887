import { graphql } from '../../graphql/tada';
import { UserErrorFields } from '../../graphql/user-error.gql';
import { PackageContent, RequestChoices } from './request-form.gql';

export const PackageRow = graphql(
  `
    fragment PackageRow on RequestPackage {
      id
      state
      version
      number
      publishedAt
      publishedBy
      content { ...PackageContent }
    }
  `,
  [PackageContent],
);

export const PackagesPageQuery = graphql(
  `
    query PackagesPage {
      requestPackages { id ...PackageRow }
    }
  `,
  [PackageRow],
);

export const PackagePageQuery = graphql(
  `
    query PackagePage {
      ...RequestChoices
      requestPackages { id ...PackageRow }
    }
  `,
  [RequestChoices, PackageRow],
);

export const SavePackageMutation = graphql(
  `
    mutation SavePackage($input: SavePackageInput!) {
      outcome: savePackage(input: $input) {
        requestPackage { id ...PackageRow }
        errors { ...UserErrorFields }
      }
    }
  `,
  [PackageRow, UserErrorFields],
);

export const PublishPackageMutation = graphql(
  `
    mutation PublishPackage($input: PackageActInput!) {
      outcome: publishPackage(input: $input) {
        requestPackage { id ...PackageRow }
        errors { ...UserErrorFields }
      }
    }
  `,
  [PackageRow, UserErrorFields],
);

export const WithdrawPackageMutation = graphql(
  `
    mutation WithdrawPackage($input: PackageActInput!) {
      outcome: withdrawPackage(input: $input) {
        requestPackage { id ...PackageRow }
        errors { ...UserErrorFields }
      }
    }
  `,
  [PackageRow, UserErrorFields],
);
