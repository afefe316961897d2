/** The region of which every price is known. */
export const FIRST_REGION = 'us-east-1';

/** Nodes of a cluster in us-east-1, in US dollars an hour; source `nodes`. */
export const NODES: Readonly<Record<string, number>> = {
  't3.medium': 0.0416, 't3.large': 0.0832, 't3.xlarge': 0.1664, 't3.2xlarge': 0.3328,
  't3a.medium': 0.0376, 't3a.large': 0.0752, 't3a.xlarge': 0.1504,
  't4g.medium': 0.0336, 't4g.large': 0.0672, 't4g.xlarge': 0.1344,
  'm5.large': 0.096, 'm5.xlarge': 0.192, 'm5.2xlarge': 0.384, 'm5.4xlarge': 0.768, 'm5a.large': 0.086, 'm5a.xlarge': 0.172,
  'm6i.large': 0.096, 'm6i.xlarge': 0.192, 'm6i.2xlarge': 0.384, 'm6a.large': 0.0864, 'm6a.xlarge': 0.1728, 'm6g.large': 0.077, 'm6g.xlarge': 0.154, 'm6g.2xlarge': 0.308,
  'm7i.large': 0.1008, 'm7i.xlarge': 0.2016, 'm7i.2xlarge': 0.4032, 'm7g.large': 0.0816, 'm7g.xlarge': 0.1632, 'm7g.2xlarge': 0.3264, 'm7i-flex.large': 0.09576, 'm7i-flex.xlarge': 0.19152,
  'c5.large': 0.085, 'c5.xlarge': 0.17, 'c5.2xlarge': 0.34, 'c6i.large': 0.085, 'c6i.xlarge': 0.17, 'c7i.large': 0.08925, 'c7i.xlarge': 0.1785,
  'r5.large': 0.126, 'r5.xlarge': 0.252, 'r6i.large': 0.126, 'r6i.xlarge': 0.252, 'r7i.large': 0.1323, 'r7i.xlarge': 0.2646,
};

/** Nodes of a domain in us-east-1, in US dollars an hour; source `domainNodes`. */
export const DOMAIN_NODES: Readonly<Record<string, number>> = {
  't3.small.search': 0.036, 't3.medium.search': 0.073,
  'm5.large.search': 0.142, 'm5.xlarge.search': 0.283, 'm5.2xlarge.search': 0.566,
  'm6g.large.search': 0.128, 'm6g.xlarge.search': 0.256, 'm6g.2xlarge.search': 0.511, 'm6g.4xlarge.search': 1.023,
  'm7g.medium.search': 0.068, 'm7g.large.search': 0.135, 'm7g.xlarge.search': 0.271, 'm7g.2xlarge.search': 0.542, 'm7i.large.search': 0.161, 'm7i.xlarge.search': 0.323,
  'r5.large.search': 0.186, 'r5.xlarge.search': 0.372, 'r6g.large.search': 0.167, 'r6g.xlarge.search': 0.335, 'r6g.2xlarge.search': 0.669, 'r6g.4xlarge.search': 1.339,
  'r7g.medium.search': 0.089, 'r7g.large.search': 0.178, 'r7g.xlarge.search': 0.356, 'r7g.2xlarge.search': 0.711, 'r7g.4xlarge.search': 1.422,
  'c5.large.search': 0.125, 'c6g.large.search': 0.113, 'c6g.xlarge.search': 0.226, 'c7g.large.search': 0.12, 'c7g.xlarge.search': 0.241,
  'or1.medium.search': 0.105, 'or1.large.search': 0.209, 'or1.xlarge.search': 0.419, 'or1.2xlarge.search': 0.836,
};

/** The rest in us-east-1: US dollars an hour, disks a GB and month. */
export const REST = { cluster: 0.1, nat: 0.045, endpoint: 0.01, address: 0.005, nodeDisk: 0.08, domainDisk: 0.122 } as const;
