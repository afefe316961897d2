import type { RegionPrices } from './price.ts';

/**
 * Regions beside us-east-1, in US dollars: what a price list of 3 September 2022 has of them (see `of2022` in sources.ts). AWS has seldom
 * changed the price of a type that it has; newer types, and the nodes of domains, are not in it.
 */
export const REGIONS: Readonly<Record<string, RegionPrices>> = {
  'us-east-2': { nat: 0.045, nodeDisk: 0.08, node: { 't3.medium': 0.0416, 't3.large': 0.0832, 't3.xlarge': 0.1664, 'm5.large': 0.096, 'm5.xlarge': 0.192, 'm5.2xlarge': 0.384, 'c5.xlarge': 0.17, 'r5.large': 0.126 } },
  'us-west-1': { nat: 0.048, nodeDisk: 0.096, node: { 't3.medium': 0.0496, 't3.large': 0.0992, 't3.xlarge': 0.1984, 'm5.large': 0.112, 'm5.xlarge': 0.224, 'm5.2xlarge': 0.448, 'c5.xlarge': 0.212, 'r5.large': 0.14 } },
  'us-west-2': { nat: 0.045, nodeDisk: 0.08, node: { 't3.medium': 0.0416, 't3.large': 0.0832, 't3.xlarge': 0.1664, 'm5.large': 0.096, 'm5.xlarge': 0.192, 'm5.2xlarge': 0.384, 'c5.xlarge': 0.17, 'r5.large': 0.126 } },
  'ca-central-1': { nat: 0.05, nodeDisk: 0.088, node: { 't3.medium': 0.0464, 't3.large': 0.0928, 't3.xlarge': 0.1856, 'm5.large': 0.107, 'm5.xlarge': 0.214, 'm5.2xlarge': 0.428, 'c5.xlarge': 0.186, 'r5.large': 0.138 } },
  'eu-central-1': { nat: 0.052, nodeDisk: 0.0952, node: { 't3.medium': 0.048, 't3.large': 0.096, 't3.xlarge': 0.192, 'm5.large': 0.115, 'm5.xlarge': 0.23, 'm5.2xlarge': 0.46, 'c5.xlarge': 0.194, 'r5.large': 0.152 } },
  'eu-north-1': { nat: 0.046, nodeDisk: 0.0836, node: { 't3.medium': 0.0432, 't3.large': 0.0864, 't3.xlarge': 0.1728, 'm5.large': 0.102, 'm5.xlarge': 0.204, 'm5.2xlarge': 0.408, 'c5.xlarge': 0.182, 'r5.large': 0.134 } },
  'eu-south-1': { nat: 0.05, nodeDisk: 0.0924, node: { 't3.medium': 0.0479, 't3.large': 0.0958, 't3.xlarge': 0.1917, 'm5.large': 0.112, 'm5.xlarge': 0.224, 'm5.2xlarge': 0.448, 'c5.xlarge': 0.202, 'r5.large': 0.148 } },
  'eu-west-1': { nat: 0.048, nodeDisk: 0.088, node: { 't3.medium': 0.0456, 't3.large': 0.0912, 't3.xlarge': 0.1824, 'm5.large': 0.107, 'm5.xlarge': 0.214, 'm5.2xlarge': 0.428, 'c5.xlarge': 0.192, 'r5.large': 0.141 } },
  'eu-west-2': { nat: 0.05, nodeDisk: 0.0928, node: { 't3.medium': 0.0472, 't3.large': 0.0944, 't3.xlarge': 0.1888, 'm5.large': 0.111, 'm5.xlarge': 0.222, 'm5.2xlarge': 0.444, 'c5.xlarge': 0.202, 'r5.large': 0.148 } },
  'eu-west-3': { nat: 0.05, nodeDisk: 0.0928, node: { 't3.medium': 0.0472, 't3.large': 0.0944, 't3.xlarge': 0.1888, 'm5.large': 0.112, 'm5.xlarge': 0.224, 'm5.2xlarge': 0.448, 'c5.xlarge': 0.202, 'r5.large': 0.148 } },
  'ap-northeast-1': { nat: 0.062, nodeDisk: 0.096, node: { 't3.medium': 0.0544, 't3.large': 0.1088, 't3.xlarge': 0.2176, 'm5.large': 0.124, 'm5.xlarge': 0.248, 'm5.2xlarge': 0.496, 'c5.xlarge': 0.214, 'r5.large': 0.152 } },
  'ap-northeast-2': { nat: 0.059, nodeDisk: 0.0912, node: { 't3.medium': 0.052, 't3.large': 0.104, 't3.xlarge': 0.208, 'm5.large': 0.118, 'm5.xlarge': 0.236, 'm5.2xlarge': 0.472, 'c5.xlarge': 0.192, 'r5.large': 0.152 } },
  'ap-south-1': { nat: 0.056, nodeDisk: 0.0912, node: { 't3.medium': 0.0448, 't3.large': 0.0896, 't3.xlarge': 0.1792, 'm5.large': 0.101, 'm5.xlarge': 0.202, 'm5.2xlarge': 0.404, 'c5.xlarge': 0.17, 'r5.large': 0.13 } },
  'ap-southeast-1': { nat: 0.059, nodeDisk: 0.096, node: { 't3.medium': 0.0528, 't3.large': 0.1056, 't3.xlarge': 0.2112, 'm5.large': 0.12, 'm5.xlarge': 0.24, 'm5.2xlarge': 0.48, 'c5.xlarge': 0.196, 'r5.large': 0.152 } },
  'ap-southeast-2': { nat: 0.059, nodeDisk: 0.096, node: { 't3.medium': 0.0528, 't3.large': 0.1056, 't3.xlarge': 0.2112, 'm5.large': 0.12, 'm5.xlarge': 0.24, 'm5.2xlarge': 0.48, 'c5.xlarge': 0.222, 'r5.large': 0.151 } },
  'sa-east-1': { nat: 0.093, nodeDisk: 0.152, node: { 't3.medium': 0.0672, 't3.large': 0.1344, 't3.xlarge': 0.2688, 'm5.large': 0.153, 'm5.xlarge': 0.306, 'm5.2xlarge': 0.612, 'c5.xlarge': 0.262, 'r5.large': 0.201 } },
};
