/** Engine versions; see https://docs.aws.amazon.com/opensearch-service/latest/developerguide/what-is.html#choosing-version. */
export const ENGINE_VERSIONS: readonly string[] = ['OpenSearch_3.3', 'OpenSearch_3.1', 'OpenSearch_2.19', 'OpenSearch_2.17', 'OpenSearch_2.15', 'OpenSearch_2.13', 'OpenSearch_2.11', 'OpenSearch_1.3', 'Elasticsearch_7.10'];

/** Some of the instance types; see https://docs.aws.amazon.com/opensearch-service/latest/developerguide/supported-instance-types.html. */
export const INSTANCE_TYPES: readonly string[] = [
  ...['t3.small', 't3.medium'],
  ...['m6g', 'm7g', 'r6g', 'r7g', 'c6g', 'c7g'].flatMap((family) => ['large', 'xlarge', '2xlarge', '4xlarge'].map((size) => `${family}.${size}`)),
  ...['or1', 'or2'].flatMap((family) => ['medium', 'large', 'xlarge', '2xlarge'].map((size) => `${family}.${size}`)),
].map((type) => `${type}.search`);

/** The versions that one can be upgraded to: newer ones of its line, and the next line from its last. */
export function targetsOf(source: string): readonly string[] {
  const [engine = '', number = ''] = source.split('_');
  const [major = 0, minor = 0] = number.split('.').map(Number);
  return ENGINE_VERSIONS.filter((each) => {
    const [otherEngine = '', other = ''] = each.split('_');
    const [otherMajor = 0, otherMinor = 0] = other.split('.').map(Number);
    if (engine !== otherEngine) return engine === 'Elasticsearch' && other === '1.3';
    return otherMajor === major ? otherMinor > minor : otherMajor === major + 1 && (source === 'OpenSearch_1.3' || source === 'OpenSearch_2.19');
  });
}
